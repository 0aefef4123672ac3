"""A page that guides one meeting of a pair."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from training.blocks import AgendaBlock, CommitmentListBlock, SourceListBlock
from training.models.base import TrainingPage

PROSE = ["bold", "italic", "link", "ol", "ul"]


class SessionPlanPage(TrainingPage):
    """Objective, prework for both, a timed agenda with prompts, and commitments to choose from."""

    objective = RichTextField(_("objective"), features=["bold", "italic"])
    prework_mentor = RichTextField(_("before: the mentor"), blank=True, features=PROSE)
    prework_mentee = RichTextField(_("before: the mentee"), blank=True, features=PROSE)
    agenda = StreamField(AgendaBlock(), verbose_name=_("agenda"))
    commitments = StreamField(CommitmentListBlock(), verbose_name=_("commitments"), blank=True)
    notes = RichTextField(_("notes to the mentor"), blank=True, features=["h3", *PROSE])
    sources = StreamField(SourceListBlock(), verbose_name=_("sources"), blank=True)

    template = "training/session_plan_page.html"
    page_description = _("Guides one meeting: objective, prework, timed agenda, commitments.")
    parent_page_types = ("training.TopicPage",)
    subpage_types = ()
    content_panels = (
        *TrainingPage.content_panels,
        FieldPanel("objective"),
        MultiFieldPanel(
            [FieldPanel("prework_mentor"), FieldPanel("prework_mentee")], heading=_("Before")
        ),
        FieldPanel("agenda"),
        FieldPanel("commitments"),
        FieldPanel("notes"),
        FieldPanel("sources"),
    )

    class Meta:
        verbose_name = _("session plan")
        verbose_name_plural = _("session plans")

    @property
    def parts(self) -> list[Any]:
        """The agenda's parts in order, each with title, minutes, say, prompts and guidance."""
        return [child.value for child in self.agenda]

    @property
    def minutes(self) -> int:
        """Whole minutes of the agenda."""
        return sum(int(part["minutes"] or 0) for part in self.parts)
