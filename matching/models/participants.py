"""A person in one programme, with what they know and what they want to learn."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.enums import Meets, Role, Style
from matching.models.programmes import Programme
from portal.enums import Level
from portal.models import Skill


class Participant(models.Model):
    """One person's part in one programme; the fields are those of the participants file."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=6, choices=Role.choices)
    department = models.CharField(_("department"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    location = models.CharField(_("location"), max_length=200, blank=True)
    seniority_years = models.DecimalField(
        _("years of seniority"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    manager_email = models.EmailField(_("manager"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    meets = models.CharField(_("meets"), max_length=9, choices=Meets.choices, default=Meets.EITHER)
    style = models.CharField(_("style"), max_length=8, choices=Style.choices, default=Style.EITHER)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("pairs at once"), default=1, validators=[MinValueValidator(1)]
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    joined_at = models.DateTimeField(_("first signed in"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("person__name", "person__email")
        constraints = (
            models.UniqueConstraint(fields=("programme", "person"), name="participant_once"),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_mentor(self) -> bool:
        return self.role in {Role.MENTOR, Role.BOTH}

    @property
    def is_mentee(self) -> bool:
        return self.role in {Role.MENTEE, Role.BOTH}


class Expertise(models.Model):
    """The level a participant is at, as teacher or learner."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="expertise")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level.choices, validators=[MaxValueValidator(5)]
    )

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertise")
        ordering = ("skill__name",)
        constraints = (
            models.UniqueConstraint(fields=("participant", "skill"), name="expertise_once"),
        )

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"


class Goal(models.Model):
    """What a participant wants to learn: from baseline to target, and how much it matters."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="goals")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    baseline = models.PositiveSmallIntegerField(
        _("level at the start"), choices=Level.choices, default=0
    )
    target = models.PositiveSmallIntegerField(
        _("wanted level"),
        choices=Level.choices[1:],
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    weight = models.PositiveSmallIntegerField(
        _("how much it matters"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("-weight", "skill__name")
        constraints = (models.UniqueConstraint(fields=("participant", "skill"), name="goal_once"),)

    def __str__(self) -> str:
        return f"{self.skill}: {self.baseline} → {self.target}"
