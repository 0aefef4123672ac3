"""A spreadsheet tried out without bringing anyone in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models.programmes import Programme


class Simulation(models.Model):
    """People of a file and what a round would make of them, for one coordinator and one day.

    `gathered` and `result` are the engine's input and answer, people by the number of their row;
    `people` holds name and address by that number. The file itself is never kept.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="simulations")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("deleted at"), db_index=True)
    file_name = models.CharField(_("file"), max_length=200)
    with_standing = models.BooleanField(_("together with the people already in"), default=False)
    rules = models.JSONField(_("rules and weights"))
    new_skills = models.JSONField(_("skills that do not exist here"), default=list)
    people = models.JSONField(_("names and addresses"))
    gathered = models.JSONField(_("input"))
    result = models.JSONField(_("result"), null=True, blank=True)
    held = models.JSONField(_("people whom pairs outside the problem hold"), default=list)

    class Meta:
        verbose_name = _("simulation")
        verbose_name_plural = _("simulations")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
