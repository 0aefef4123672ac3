"""What coordinators decided, so that it can be read and taken back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.enums import DecisionKind
from matching.models.pairs import Pair
from matching.models.participants import Participant
from matching.models.programmes import Programme
from matching.models.rounds import Bar, Lock, Suggestion
from portal.models import Job


class Decision(models.Model):
    """One decision about two people, or about many suggestions at once.

    It points at what it made (pair, bar, lock): taking it back removes that and nothing else.
    Many at once are one decision with a `part` for each; its `job` says how far it is.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=11, choices=DecisionKind.choices)
    mentor = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(
        Suggestion, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    pair = models.ForeignKey(Pair, null=True, on_delete=models.SET_NULL, related_name="decisions")
    bar = models.ForeignKey(Bar, null=True, on_delete=models.SET_NULL, related_name="decisions")
    lock = models.ForeignKey(Lock, null=True, on_delete=models.SET_NULL, related_name="decisions")
    part_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts")
    job = models.OneToOneField(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("programme", "-at", "-id"), name="decision_latest"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.mentor} – {self.mentee}"
