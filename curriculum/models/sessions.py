"""The meetings of a pair: held by a session plan, with commitments that follow."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from curriculum.enums import SessionState
from curriculum.models.plans import PlanItem
from matching.models import Pair, Participant


class Session(models.Model):
    """One meeting of one pair; keeps the title and revision of the session plan it was held by."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="guided_sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="guided_sessions"
    )
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_key = models.UUIDField(_("the session plan in every language"), null=True, blank=True)
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField(default=60)
    content_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=SessionState.choices, default=SessionState.PLANNED
    )
    scheduled_at = models.DateTimeField(_("date and time"), null=True, blank=True)
    mentor_agreed_at = models.DateTimeField(_("the mentor said yes"), null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(_("the mentee said yes"), null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("pair", "number")
        constraints = (
            models.UniqueConstraint(fields=("pair", "number"), name="session_number_once"),
            models.UniqueConstraint(
                fields=("pair", "item"),
                condition=Q(item__isnull=False) & ~Q(state="cancelled"),
                name="session_item_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in {SessionState.HELD, SessionState.CANCELLED}

    def has_yes_of(self, participant: Participant) -> bool:
        """Whether this one of the two said yes to the date."""
        is_mentor = participant.pk == self.pair.mentor_id
        return (self.mentor_agreed_at if is_mentor else self.mentee_agreed_at) is not None

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes to the date."""
        return None not in (self.mentor_agreed_at, self.mentee_agreed_at)


class SessionNote(models.Model):
    """The pair's own notes of a session: shown to the two of them and to nobody else."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="note")
    text = models.TextField(_("notes"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("notes of a session")

    def __str__(self) -> str:
        return str(self.session)


class SessionRating(models.Model):
    """What one of the two says after a session: was it useful, could they be candid (1 to 5)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    took_place = models.BooleanField(_("it took place"), default=True)
    useful = models.PositiveSmallIntegerField(
        _("useful"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    candid = models.PositiveSmallIntegerField(
        _("candid"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("rating of a session")
        constraints = (
            models.UniqueConstraint(fields=("session", "participant"), name="rating_once"),
        )

    def __str__(self) -> str:
        return f"{self.participant}: {self.session}"


class Commitment(models.Model):
    """Something one of the two will do before the next session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="commitments")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="commitments"
    )
    text = models.CharField(_("commitment"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is still open."""
        return (
            self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
        )


class PreparationWaiver(models.Model):
    """A coordinator's word that a pair may begin before both have prepared, with the reason."""

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="waiver")
    reason = models.CharField(_("reason"), max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("waiver of preparation")

    def __str__(self) -> str:
        return f"{self.pair}: {self.reason}"
