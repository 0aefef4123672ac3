"""Questions to a match, out of an address or a form."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching.enums import Role
from matching.forms.people import QueryForm
from matching.models import Participant, Programme
from matching.queries.questions import PERSON, RELAXATION, REPAIR, WHY, Question, key_asked_about

KINDS = ("capacity", "level", "bar", "hours", "minimum", "junior", "language", "style")
# More people on a side are searched by name instead of chosen from one list.
LONGEST_LIST = 200
MOST_FOUND = 50
NEEDED = {
    "capacity": ("person",),
    "level": ("person", "skill", "value"),
    "bar": ("mentor", "mentee"),
    "hours": ("value",),
    "minimum": ("value",),
}


class WhyForm(QueryForm):
    """Two people: chosen from a list, or where there are many found by name first."""

    def __init__(self, data: QueryDict, programme: Programme) -> None:
        super().__init__(data)
        for side, search, label in (
            (Role.MENTOR, _("Search mentors by name"), _("Mentor")),
            (Role.MENTEE, _("Search mentees by name"), _("Mentee")),
        ):
            people = programme.participants.filter(role__in=(side, Role.BOTH))
            people = people.filter(withdrawn_at__isnull=True).select_related("person")
            listed = list(people.order_by("person__name", "pk")[: LONGEST_LIST + 1])
            if len(listed) > LONGEST_LIST:
                self.fields[f"{side}_name"] = forms.CharField(
                    label=search,
                    required=False,
                    help_text=_("Write part of a name and ask; then choose among those found."),
                )
                listed = _found(people, data.get(f"{side}_name", ""), data.get(side, ""))
            choices = [("", _("Choose")), *((str(one.pk), _known_as(one)) for one in listed)]
            self.fields[str(side)] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def two(self) -> dict[str, str]:
        """The ids of the two, once both are chosen."""
        chosen = {side: self.wanted[side] for side in ("mentor", "mentee")}
        return chosen if all(chosen.values()) else {}


def _found(people: Any, name: str, chosen: str) -> list[Participant]:
    """Those whose name fits, with the one who is chosen already."""
    matching = people
    for word in name.split():
        matching = matching.filter(person__name__icontains=word)
    listed = list(matching.order_by("person__name", "pk")[:MOST_FOUND]) if name.split() else []
    if chosen.isdecimal() and chosen not in {str(one.pk) for one in listed}:
        listed += people.filter(pk=chosen)
    return listed


def _known_as(participant: Participant) -> str:
    place = participant.job_title or participant.department
    return f"{participant} · {place}" if place else str(participant)


class RelaxationForm(forms.Form):
    """One thing made less strict, as `Relaxation.as_json` has it."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    person = forms.IntegerField(min_value=1, required=False)
    skill = forms.CharField(max_length=120, required=False)
    mentor = forms.IntegerField(min_value=1, required=False)
    mentee = forms.IntegerField(min_value=1, required=False)
    value = forms.IntegerField(min_value=0, max_value=1000, required=False)
    was = forms.IntegerField(min_value=0, max_value=1000, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in NEEDED.get(found.get("kind", ""), ()):
            if found.get(name) in (None, ""):
                self.add_error(name, _("This is missing."))
        return found

    @property
    def relaxation(self) -> dict[str, Any]:
        values = self.cleaned_data
        found: dict[str, Any] = {"kind": values["kind"]}
        needed = NEEDED.get(values["kind"], ())
        if "person" in needed:
            found["person"] = str(values["person"])
        if "mentor" in needed:
            found["pair"] = [str(values["mentor"]), str(values["mentee"])]
        found |= {name: values[name] for name in ("skill", "value") if name in needed}
        return found


def question_in(
    about: str, data: QueryDict, programme: Programme, *, by: int
) -> tuple[Question, str] | None:
    """The question in an address or a form, and the page that answers it; None without one."""
    if about == REPAIR and data.get("pair", "").isdecimal():
        page = reverse("programmes:others", args=[programme.slug, data["pair"]])
        return {"about": REPAIR, "pair": int(data["pair"]), "by": by}, page
    latest = programme.rounds.values_list("pk", flat=True).first()
    if latest is None:
        return None
    question: Question = {"about": about, "round": latest}
    if about == WHY and (two := WhyForm(data, programme).two):
        page = reverse("programmes:why", args=[programme.slug])
        question |= {"round": key_asked_about(programme, two)}
        return question | two, f"{page}?{urlencode(two)}"
    if about == PERSON and data.get("person", "").isdecimal():
        page = reverse("programmes:help", args=[programme.slug, data["person"]])
        return question | {"person": data["person"]}, page
    form = RelaxationForm(data)
    if about == RELAXATION and form.is_valid():
        values = {name: data[name] for name in form.fields if data.get(name)}
        page = reverse("programmes:try_change", args=[programme.slug])
        return question | {"relaxation": form.relaxation}, f"{page}?{urlencode(values)}"
    return None
