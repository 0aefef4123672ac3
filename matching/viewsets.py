"""Wagtail's screens for coordinators: single rows corrected, outside the way of the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from matching.forms.participants import ParticipantForm
from matching.models import Bar, Expertise, Goal, Participant, Programme


def rows_with(*related: str) -> type[IndexView]:
    """A list whose rows bring the names they show, instead of asking for each."""

    class RowsWithNames(IndexView):
        def get_base_queryset(self) -> QuerySet[Any]:
            return super().get_base_queryset().select_related(*related)

    return RowsWithNames


class ProgrammeViewSet(ModelViewSet):
    model = Programme
    name = "programmes_admin"
    url_prefix = "programmes"
    icon = "calendar"
    menu_label = _("Programmes")
    list_display = ("name", "starts_on", "ends_on")
    search_fields = ("name", "slug")


class ParticipantViewSet(ModelViewSet):
    """Who somebody is and in which programme is settled by the import."""

    model = Participant
    name = "participants_admin"
    url_prefix = "participants"
    icon = "group"
    menu_label = _("Participants")
    list_display = ("person", "programme", "role", "department")
    list_filter = ("programme", "role")
    index_view_class = rows_with("person", "programme")
    search_fields = ("person__name", "person__email", "department")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("role"), FieldPanel("capacity")]),
            FieldPanel("job_title"),
            FieldPanel("department"),
            FieldPanel("location"),
            FieldRowPanel([FieldPanel("seniority_years"), FieldPanel("manager_email")]),
            FieldPanel("time_zone"),
            FieldRowPanel([FieldPanel("meets"), FieldPanel("style")]),
        ],
        base_form_class=ParticipantForm,
    )


class GoalViewSet(ModelViewSet):
    model = Goal
    name = "goals_admin"
    url_prefix = "goals"
    icon = "pick"
    menu_label = _("Goals")
    list_display = ("participant", "skill", "baseline", "target", "weight")
    list_filter = ("skill", "participant__programme")
    index_view_class = rows_with("participant__person", "skill")
    search_fields = ("participant__person__name", "skill__name")
    panels = (
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("target")]),
        FieldPanel("weight"),
    )


class ExpertiseViewSet(ModelViewSet):
    model = Expertise
    name = "expertise_admin"
    url_prefix = "expertise"
    icon = "tick"
    menu_label = _("Expertise")
    list_display = ("participant", "skill", "level")
    list_filter = ("skill", "participant__programme")
    index_view_class = rows_with("participant__person", "skill")
    search_fields = ("participant__person__name", "skill__name")
    panels = (FieldPanel("level"),)


class BarViewSet(ModelViewSet):
    """Deleting a bar lets the two be suggested to each other again."""

    model = Bar
    name = "bars_admin"
    url_prefix = "bars"
    icon = "no-view"
    menu_label = _("Bars")
    list_display = ("mentor", "mentee", "programme", "reason")
    list_filter = ("programme",)
    index_view_class = rows_with("mentor__person", "mentee__person", "programme")
    search_fields = ("mentor__person__name", "mentee__person__name")
    panels = (FieldPanel("reason"),)


class ProgrammesGroup(ViewSetGroup):
    """The coordinators' menu."""

    menu_label = _("Programmes")
    menu_icon = "group"
    menu_order = 250
    items = (
        ProgrammeViewSet,
        ParticipantViewSet,
        GoalViewSet,
        ExpertiseViewSet,
        BarViewSet,
    )
