"""A mentor and a mentee who go the way together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.enums import Actor, PairStage, Question
from matching.models.participants import Participant
from matching.models.programmes import Programme
from matching.models.rounds import Suggestion


class Pair(models.Model):
    """Two participants and the stage of their way; every move leaves a `PairMove`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="pairs_as_mentor"
    )
    mentee = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="pairs_as_mentee"
    )
    suggestion = models.OneToOneField(
        Suggestion, null=True, blank=True, on_delete=models.SET_NULL, related_name="pair"
    )
    stage = models.CharField(
        _("stage"), max_length=12, choices=PairStage.choices, default=PairStage.SUGGESTED
    )
    stage_since = models.DateTimeField(_("at this stage since"), default=timezone.now)
    score = models.PositiveIntegerField(_("score, in thousandths of a point"), default=0)
    parts = models.JSONField(_("score by criterion, in thousandths"), default=dict)
    covers = models.JSONField(_("goals it covers"), default=list)
    began_at = models.DateTimeField(_("became active"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        ordering = ("mentor__person__name", "mentee__person__name", "pk")
        indexes = (models.Index(fields=("programme", "stage"), name="pair_by_stage"),)
        constraints = (
            models.UniqueConstraint(
                fields=("mentor", "mentee"),
                condition=~Q(stage="ended"),
                name="pair_once_unless_ended",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="pair_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}"


class PairMove(models.Model):
    """One line of a pair's history: who moved it, when, from where to where."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="moves")
    from_stage = models.CharField(max_length=12, choices=PairStage.choices)
    to_stage = models.CharField(max_length=12, choices=PairStage.choices)
    actor = models.CharField(max_length=11, choices=Actor.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.pair}: {self.from_stage} → {self.to_stage}"


class PairAnswer(models.Model):
    """What one of the two answered before they begin; the last answer counts."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=10, choices=Question.choices)
    is_yes = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(
                fields=("pair", "participant", "question"), name="pair_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participant}: {self.question} {self.is_yes}"
