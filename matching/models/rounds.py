"""One run of the matching engine, kept with what went in and what came out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.enums import SuggestionState
from matching.models.participants import Participant
from matching.models.programmes import Programme


class Round(models.Model):
    """Who ran the engine when, on which problem, and what it answered (both as in the contract)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    problem = models.JSONField(_("input"))
    result = models.JSONField(_("result"))
    advice = models.JSONField(_("what would help those left over"), default=dict, blank=True)
    seconds = models.FloatField(_("seconds"), default=0)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.programme}, {self.created_at:%Y-%m-%d %H:%M}"


class Suggestion(models.Model):
    """A match that the engine proposes, with its reasons, waiting for a coordinator."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="suggestions")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveIntegerField(_("score"), help_text=_("In thousandths of a point."))
    parts = models.JSONField(_("score by criterion, in thousandths"), default=dict)
    covers = models.JSONField(_("goals it covers"), default=list)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SuggestionState.choices,
        default=SuggestionState.OPEN,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("-score", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "mentor", "mentee"), name="suggestion_once"),
        )

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}"


class Bar(models.Model):
    """Two people who must not be suggested as a pair; nobody but coordinators sees it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="bars")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bar")
        verbose_name_plural = _("bars")
        constraints = (models.UniqueConstraint(fields=("mentor", "mentee"), name="bar_once"),)

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}"
