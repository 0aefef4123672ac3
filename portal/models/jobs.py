"""Work that goes on after the answer to a request, where a person can watch it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.enums import JobState


class Job(models.Model):
    """One long piece of work: what it does, how far it is, and how it ended.

    The row, not the broker's message, is the truth: a message may be lost or come twice, and
    a sweeper queues again what has stalled.
    """

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    task = models.CharField(_("dotted path of the task"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    key = models.CharField(
        _("key"),
        max_length=120,
        blank=True,
        help_text=_("Two unfinished jobs never share a key."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    refused = models.PositiveIntegerField(_("steps refused"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result = models.JSONField(_("result"), default=dict, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last sign of life"), auto_now=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("state", "touched_at"), name="job_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(state__in=["queued", "running"]) & ~Q(key=""),
                name="job_key_once_unfinished",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}
