"""Whose portal this is."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from portal.colour import mix, readable_on, text_on


@register_setting(icon="pick")
class Branding(BaseSiteSetting):
    """The organisation as people see it: on every page, in mails and on certificates."""

    organisation_name = models.CharField(
        _("organisation"), max_length=120, blank=True, help_text=_("Stands beside the mark.")
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits: #c8401f."))
        ],
        help_text=_("For buttons and marks, as # and six digits. Empty: the house's vermilion."),
    )
    signatory_name = models.CharField(_("who signs certificates"), max_length=120, blank=True)
    signatory_title = models.CharField(_("their title"), max_length=120, blank=True)
    signature = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("signature"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture with a transparent background. Empty: a line to sign on."),
    )
    contact_email = models.EmailField(
        _("contact"), blank=True, help_text=_("Where people write when something is wrong.")
    )

    panels = (
        MultiFieldPanel(
            [
                FieldPanel("organisation_name"),
                FieldPanel("logo"),
                FieldPanel("accent"),
                FieldPanel("contact_email"),
            ],
            heading=_("The organisation"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("signatory_name"),
                FieldPanel("signatory_title"),
                FieldPanel("signature"),
            ],
            heading=_("Certificates"),
        ),
    )

    class Meta:
        verbose_name = _("branding")

    @property
    def stylesheet_url(self) -> str:
        """The sheet with the organisation's own accent; empty when it has none."""
        return f"{reverse('branding')}?{self.accent[1:]}" if self.accent else ""

    def shades(self, paper: str, far: str) -> dict[str, str]:
        """The accent as it can be read on `paper`; `far` is the end of the scale away from it."""
        accent = readable_on(paper, self.accent, far)
        return {
            "accent": accent,
            "strong": mix(accent, far, 0.25),
            "wash": mix(paper, accent, 0.15),
            "text": text_on(accent),
        }
