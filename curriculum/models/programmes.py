"""How much time a programme gives each pair, and what each side does first."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models import Programme
from training.models import TrackPage


class ProgrammeCurriculum(models.Model):
    """A programme's budget and preparation; made with its defaults when first asked for."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="curriculum")
    budget_minutes = models.PositiveIntegerField(
        _("minutes for each pair"), default=720, validators=[MinValueValidator(1)]
    )
    budget_sessions = models.PositiveSmallIntegerField(_("sessions for each pair"), default=6)
    mentor_preparation = models.ForeignKey(
        TrackPage,
        verbose_name=_("preparation of mentors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    mentee_preparation = models.ForeignKey(
        TrackPage,
        verbose_name=_("preparation of mentees"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("curriculum of a programme")

    def __str__(self) -> str:
        return str(self.programme)
