"""The base of every page, and the page that greets a visitor."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from portal.links import absolute


class BasePage(Page):
    """What all pages share: a summary for lists, cards and search."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences; shown wherever this page is listed."),
    )

    content_panels = (*Page.content_panels, FieldPanel("summary"))

    class Meta:
        abstract = True

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Under BASE_URL, the one place that says where the portal stands; for letters."""
        url = self.get_url(request)
        return url and absolute(url)

    full_url = property(get_full_url)


class HomePage(BasePage):
    """Says to a visitor what this is; sends a signed-in person on to their desk."""

    welcome = RichTextField(
        _("welcome"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("In your own words: who the programme is for and how to join."),
    )

    template = "portal/home.html"
    max_count_per_parent = 1
    parent_page_types = ("wagtailcore.Page",)
    content_panels = (*BasePage.content_panels, FieldPanel("welcome"))

    class Meta:
        verbose_name = _("home page")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and not getattr(request, "is_preview", False):
            return redirect(settings.DESK_URL_NAME)
        return super().serve(request, *args, **kwargs)
