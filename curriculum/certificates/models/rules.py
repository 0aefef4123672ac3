"""What has to be shown before a certificate is awarded."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models import Programme


class CertificateRule(models.Model):
    """A programme's rule; made with its defaults when first asked for."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="certificate_rule"
    )
    needs_preparation = models.BooleanField(_("preparation is done"), default=True)
    needs_steps = models.BooleanField(_("every step of the plan is done"), default=True)
    minimum_sessions = models.PositiveSmallIntegerField(_("sessions held, at least"), default=4)

    class Meta:
        verbose_name = _("rule for certificates")
        constraints = (
            models.CheckConstraint(
                condition=Q(needs_steps=True) | Q(minimum_sessions__gte=1),
                name="rule_asks_for_something",
                violation_error_message=_(
                    "Ask for the steps of the plan or for at least one session:"
                    " a certificate without either would say nothing."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.programme)
