"""One run of the matching engine, kept with what went in and what came out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.enums import LeftOverCause, Role, RoundKind, SuggestionState
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
    kind = models.CharField(
        _("for whom"), max_length=4, choices=RoundKind.choices, default=RoundKind.FULL
    )
    free_places = models.PositiveIntegerField(
        _("places with mentors that were free after it"), null=True, blank=True
    )
    problem = models.JSONField(_("input"))
    result = models.JSONField(_("result"))
    advice = models.JSONField(_("what would help those left over"), default=dict, blank=True)
    seconds = models.FloatField(_("seconds"), default=0)
    lapsed = models.PositiveIntegerField(
        _("matches that fell away while it ran"),
        default=0,
        help_text=_("Somebody left, was kept apart or found a partner meanwhile."),
    )
    locks_left_out = models.PositiveIntegerField(
        _("kept together, but against a rule or without a place"), default=0
    )

    # Figures of the result, so that a list need not load it; scores in thousandths of a point.
    count = models.PositiveIntegerField(_("pairs"), default=0)
    worst = models.PositiveIntegerField(_("worst score"), null=True, blank=True)
    total = models.PositiveBigIntegerField(_("total"), default=0)
    bound = models.PositiveBigIntegerField(_("highest possible total"), default=0)
    is_optimal = models.BooleanField(_("proved"), default=False)
    median = models.PositiveIntegerField(_("median score"), null=True, blank=True)
    left_over = models.PositiveIntegerField(_("left over"), default=0)

    mentors = models.PositiveIntegerField(_("mentors"), default=0)
    mentees = models.PositiveIntegerField(_("mentees"), default=0)
    held = models.JSONField(
        _("people whom standing pairs outside the problem hold"), default=list, blank=True
    )
    problem_digest = models.CharField(_("fingerprint of the input"), max_length=64, blank=True)
    result_digest = models.CharField(_("fingerprint of the result"), max_length=64, blank=True)
    engine = models.CharField(_("fingerprint of the engine"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.programme}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_late(self) -> bool:
        return self.kind == RoundKind.LATE


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
    is_repair = models.BooleanField(
        _("chosen among the other matches of a pair"),
        default=False,
        help_text=_("Then it came after the round, which proved nothing about it."),
    )
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

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="people_left_over")
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
