"""The taxonomy that goals, expertise and tracks share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from portal.enums import Level


class Skill(TranslatableMixin, index.Indexed, models.Model):
    """Something that can be taught, with a sentence of observable behaviour for each level."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    level_0 = models.CharField(_("0 · none"), max_length=300, blank=True)
    level_1 = models.CharField(_("1 · aware"), max_length=300, blank=True)
    level_2 = models.CharField(_("2 · with help"), max_length=300, blank=True)
    level_3 = models.CharField(_("3 · on my own"), max_length=300, blank=True)
    level_4 = models.CharField(_("4 · helps others"), max_length=300, blank=True)
    level_5 = models.CharField(_("5 · shapes practice"), max_length=300, blank=True)

    panels = (
        FieldPanel("name"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel(f"level_{level}") for level in Level.values],
            heading=_("What each level looks like"),
            help_text=_("One sentence each, of what one can see the person do."),
        ),
    )
    search_fields = (index.SearchField("name"), index.AutocompleteField("name"))

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("name", "locale"),
                name="skill_name_once_a_language",
                violation_error_message=_("There is already a skill of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def validate_constraints(self, exclude: Any = None) -> None:
        """Whoever writes a skill is told of its twin, also of one in other capitals.

        The admin's form leaves out the language: Django would then skip the rule on names.
        """
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        others = Skill.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        name = self.name.casefold()
        if any(other.casefold() == name for other in others.values_list("name", flat=True)):
            raise ValidationError({"name": _("There is already a skill of this name.")})
        super().validate_constraints(exclude)

    def behaviour(self, level: int) -> str:
        """The sentence of observable behaviour at `level` (0 to 5); may be empty."""
        return str(getattr(self, f"level_{Level(level).value}"))
