"""Topics group tracks and hold the modules and session plans they are made of."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from training.models.base import TrainingPage


class TopicPage(TrainingPage):
    """Social media, digital tools, diversity …: a shelf of tracks, modules and session plans."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"]
    )

    template = "training/topic_page.html"
    page_description = _("A shelf of tracks, modules and session plans on one subject.")
    parent_page_types = ("training.TrainingRootPage",)
    subpage_types = ("training.TrackPage", "training.ModulePage", "training.SessionPlanPage")
    content_panels = (*TrainingPage.content_panels, FieldPanel("introduction"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
