"""The tracks that the engine assigned to one pair, frozen as they were that day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from curriculum.enums import ItemKind, UnmetCause
from matching.models import Pair
from training.models import TrackPage


class Plan(models.Model):
    """One plan of a pair; a newer one supersedes it and this one is kept."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="plans")
    created_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    value = models.PositiveIntegerField(_("weighted goal levels gained"), default=0)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    sessions = models.PositiveSmallIntegerField(_("sessions"), default=0)
    is_optimal = models.BooleanField(_("proved best"), default=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("pair",),
                condition=Q(superseded_at__isnull=True),
                name="plan_current_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.pair)


class PlanStep(models.Model):
    """One track at its place, with the reason, and a frozen copy of what it promised."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    track = models.ForeignKey(
        TrackPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    track_key = models.UUIDField(_("the track in every language"))
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=300, blank=True)
    outcomes = models.JSONField(default=list, help_text="[{skill, from, to}]")
    minutes = models.PositiveIntegerField()
    sessions = models.PositiveSmallIntegerField(default=0)
    content_hash = models.CharField(max_length=64)
    gains = models.JSONField(default=list, help_text="[{skill, from, to}]: each level truly raised")
    serves = models.JSONField(default=list, help_text="goal skills it raises")
    supports = models.JSONField(default=list, help_text="titles of steps that need this one first")
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("plan", "position")
        constraints = (
            models.UniqueConstraint(fields=("plan", "position"), name="step_position_once"),
            models.UniqueConstraint(fields=("plan", "track_key"), name="step_track_once"),
        )

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """A module or session plan of a step, as it stood in the track when the plan was made."""

    step = models.ForeignKey(PlanStep, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=ItemKind.choices)
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_key = models.UUIDField(_("the page in every language"))
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("item of a step")
        ordering = ("step", "position")
        constraints = (
            models.UniqueConstraint(fields=("step", "position"), name="item_position_once"),
        )

    def __str__(self) -> str:
        return self.title


class UnmetGoal(models.Model):
    """A goal that the plan does not reach whole, and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="unmet")
    skill = models.CharField(max_length=120)
    reached = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=12, choices=UnmetCause.choices)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("unmet goal")
        ordering = ("plan", "skill")
        constraints = (models.UniqueConstraint(fields=("plan", "skill"), name="unmet_once"),)

    def __str__(self) -> str:
        return f"{self.skill}: {self.cause}"
