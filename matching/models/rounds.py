"""One run of the matching engine, kept with what went in and what came out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.enums import LeftOverCause, Role, SuggestionState
from matching.models.participants import Participant
from matching.models.programmes import Programme
from portal.models import Skill


class Round(models.Model):
    """Who ran the engine when, on which problem, and what it answered (both as in the contract).

    Both grow to many MB with the people; what a page shows of a round has columns and rows of
    its own, and a page leaves the two big ones in the database.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    problem = models.JSONField(_("input"))
    result = models.JSONField(_("result"))
    seconds = models.FloatField(_("seconds"), default=0)
    count = models.PositiveIntegerField(_("pairs suggested"), default=0)
    worst = models.PositiveIntegerField(_("lowest score, in thousandths"), null=True, blank=True)
    total = models.PositiveBigIntegerField(_("sum of scores, in thousandths"), default=0)
    bound = models.PositiveBigIntegerField(_("most the sum could be, in thousandths"), default=0)
    optimal = models.BooleanField(_("proved to be the best"), default=False)
    lapsed = models.PositiveIntegerField(
        _("matches that fell away while it ran"),
        default=0,
        help_text=_("Somebody left, was kept apart or found a partner meanwhile."),
    )
    locks_left_out = models.PositiveIntegerField(
        _("kept together, but against a rule or without a place"), default=0
    )

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
    covered = models.ManyToManyField(
        Skill, related_name="+", blank=True, verbose_name=_("skills it covers")
    )
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
    version = models.PositiveIntegerField(
        default=0, help_text=_("Grows with each decision, so that nobody decides on an old page.")
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("-score", "pk")
        indexes = (models.Index(fields=("round", "state", "score"), name="suggestion_by_state"),)
        constraints = (
            models.UniqueConstraint(fields=("round", "mentor", "mentee"), name="suggestion_once"),
        )

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}"


class LeftOver(models.Model):
    """Somebody whom a round found no partner for, and the engine’s reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="left_over")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="times_left_over"
    )
    side = models.CharField(_("part"), max_length=6, choices=Role.choices[:2])
    cause = models.CharField(_("cause"), max_length=18, choices=LeftOverCause.choices)
    detail = models.JSONField(_("people by the rule that bars them"), default=dict, blank=True)

    class Meta:
        verbose_name = _("left over")
        verbose_name_plural = _("left over")
        indexes = (models.Index(fields=("round", "cause"), name="left_over_by_cause"),)
        constraints = (
            models.UniqueConstraint(fields=("round", "participant"), name="left_over_once"),
        )

    def __str__(self) -> str:
        return f"{self.participant}: {self.cause}"


class Lock(models.Model):
    """Two people whom every round keeps together until they are a pair."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="locks")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        constraints = (models.UniqueConstraint(fields=("mentor", "mentee"), name="lock_once"),)

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
