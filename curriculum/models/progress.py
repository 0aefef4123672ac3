"""What a person has done; it stays with the person, whatever happens to pair or page."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from matching.models import Participant


class ModuleProgress(models.Model):
    """One module and one person: done once, done in every track and programme that has it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="module_progress"
    )
    module_key = models.UUIDField(_("the module in every language"))
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a module")
        constraints = (
            models.UniqueConstraint(fields=("person", "module_key"), name="module_progress_once"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"


class QuizAttempt(models.Model):
    """One answering of a module's quiz, graded on the server, with the quiz as it was."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_attempts"
    )
    module_key = models.UUIDField(_("the module in every language"))
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    content_hash = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)
    result = models.JSONField(default=dict, help_text="each question as asked, its grade, feedback")
    points = models.PositiveSmallIntegerField(_("points"))
    points_in_all = models.PositiveSmallIntegerField(_("points in all"))
    is_passed = models.BooleanField(_("passed"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("quiz attempt")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "module_key"), name="attempt_by_module"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"


class PreparationRecord(models.Model):
    """That a participant had prepared, with which modules; one added later undoes nothing.

    Each module says for which `side` it was done; one that does not counts for both.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="preparation_record"
    )
    modules = models.JSONField(default=list, help_text="[{key, title, minutes}]")
    completed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("preparation done")

    def __str__(self) -> str:
        return str(self.participant)
