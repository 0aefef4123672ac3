"""What the two, and a coordinator, say about a pair."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from matching.enums import PairStage
from matching.forms.people import QueryForm
from matching.registries import pair_filters


def _as_bool(value: Any) -> bool:
    return str(value) == "yes"


class AnswerForm(forms.Form):
    """Yes or no after the coffee; the two buttons of the page are its choices."""

    is_yes = forms.TypedChoiceField(
        choices=(("yes", _("Yes")), ("no", _("No"))), coerce=_as_bool, empty_value=None
    )


class AgreementForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("I agree to work together in this way."),
        error_messages={"required": _("Tick the box if you agree, then send it again.")},
    )


class MoveForm(forms.Form):
    """Another stage for a pair; which ones are allowed is the business of the table of moves."""

    to = forms.ChoiceField(label=_("Move to"), choices=PairStage.choices)
    note = forms.CharField(
        label=_("A word about it"),
        max_length=300,
        required=False,
        help_text=_("Kept with the move."),
    )


class OwnMoveForm(MoveForm):
    """The moves that one of the two may ask for."""

    note = forms.CharField(
        label=_("Anything your coordinator should know"), max_length=300, required=False
    )


STAGES = (
    ("", _("All")),
    ("running", _("Meeting")),
    ("finished", _("Completed, with follow-ups")),
    *((stage, capfirst(word)) for stage, word in PairStage.choices),
)


def _filters() -> list[tuple[str, str]]:
    return [("", str(_("All"))), *((one.key, capfirst(str(one.label))) for one in pair_filters)]


class PairFilterForm(QueryForm):
    search = forms.CharField(label=_("Name of either"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=STAGES, required=False)
    only = forms.ChoiceField(label=_("Only those"), choices=_filters, required=False)

    @property
    def stage_alone(self) -> str | None:
        """The stage whose tab is the open one: none when the list is narrower than the tab."""
        return None if self.wanted["only"] or self.wanted["search"] else self.wanted["stage"]
