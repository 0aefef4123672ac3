"""The editors' menu: one place a kind of page, and the skills that tracks lift."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.models import Skill
from training.models import ModulePage, SessionPlanPage, TopicPage, TrackPage
from training.queries.shelf import kind_counts, skills_without_track
from training.queries.skills import uses_of_skill


def _with(*columns: Column) -> list[Any]:
    """Wagtail's own columns with ours after the title."""
    base = list(PageListingViewSet.index_view_class.base_columns)
    return [*base[:1], *columns, *base[1:]]


class TopicListing(PageListingViewSet):
    model = TopicPage
    name = "training_topics"
    icon = "folder-open-inverse"
    menu_label = _("Topics")


class TrackListing(PageListingViewSet):
    model = TrackPage
    name = "training_tracks"
    icon = "list-ol"
    menu_label = _("Tracks")
    list_filter = ("purpose", "is_self_guided")


class ModuleListing(PageListingViewSet):
    model = ModulePage
    name = "training_modules"
    icon = "doc-full"
    menu_label = _("Modules")
    columns = _with(Column("minutes", label=_("Minutes"), sort_key="minutes", width="8%"))


class SessionPlanListing(PageListingViewSet):
    model = SessionPlanPage
    name = "training_session_plans"
    icon = "group"
    menu_label = _("Session plans")
    columns = _with(Column("minutes", label=_("Minutes"), width="8%"))


class SkillDeleteView(DeleteView):
    def run_before_hook(self) -> HttpResponse | None:
        """Leads back with a reason where Wagtail would only say that one may not."""
        if not (uses := uses_of_skill(self.object)):
            return None
        told = _("“%(skill)s” stays, because it is used: %(uses)s.")
        messages.error(self.request, told % {"skill": self.object, "uses": uses})
        return redirect(self.get_success_url())


class SkillViewSet(ModelViewSet):
    """Skills side by side: how each begins, stands alone, and shapes what others do."""

    model = Skill
    name = "skills"
    icon = "tag"
    menu_label = _("Skills")
    list_display = ("name", "level_1", "level_3", "level_5")
    search_fields = ("name",)
    copy_view_enabled = False
    delete_view_class = SkillDeleteView


class TrainingViewSetGroup(ViewSetGroup):
    menu_label = _("Training")
    menu_icon = "glasses"
    menu_order = 110
    items = (TopicListing, TrackListing, ModuleListing, SessionPlanListing, SkillViewSet)


class ShelfPanel(Component):
    """The first thing an editor sees: what there is of each kind, and where to write the next."""

    name = "training_shelf"
    order = 50
    template_name = "training/admin/shelf_panel.html"
    listings: tuple[type[PageListingViewSet], ...] = (
        TopicListing,
        TrackListing,
        ModuleListing,
        SessionPlanListing,
    )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        counts = kind_counts([listing.model for listing in self.listings])
        return {
            "rows": [
                {
                    "label": listing.menu_label,
                    "count": count,
                    "list_url": reverse(f"{listing.name}:index"),
                    "write_url": reverse(f"{listing.name}:choose_parent"),
                }
                for listing, count in zip(self.listings, counts, strict=True)
            ],
            "skills": skills_without_track(),
        }
