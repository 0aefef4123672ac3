"""Looking for suggestions on the board, and deciding on them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from matching.forms.people import QueryForm
from matching.models import Participant, Programme, Suggestion
from matching.queries.left_over import GROUPS

STATES = (("", _("To decide")), ("kept", _("Kept together")), ("decided", _("Decided")))
BANDS = (
    ("", _("Any score")),
    ("strong", _("Upper third")),
    ("middle", _("Middle third")),
    ("weak", _("Lower third")),
)
SORTS = (
    ("", _("Best first")),
    ("weakest", _("Weakest first")),
    ("name", _("By the mentor’s name")),
)

# These stand behind a summary, to leave the phone to the suggestions.
FURTHER = ("department", "skill", "band", "sort")


class BoardFilterForm(QueryForm):
    search = forms.CharField(label=_("Name or job title of either"), required=False)
    department = forms.ChoiceField(label=_("Department of either"), required=False)
    skill = forms.ChoiceField(label=_("Skill it covers"), required=False)
    band = forms.ChoiceField(label=_("Score"), choices=BANDS, required=False)
    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)

    def __init__(self, data: Any, *, departments: list[str], skills: list[tuple[int, str]]) -> None:
        super().__init__(data)
        any_one = [("", _("Any"))]
        self.fields["department"].choices = any_one + [(name, name) for name in departments]
        self.fields["skill"].choices = any_one + [(str(key), name) for key, name in skills]

    @property
    def narrows(self) -> bool:
        """Whether fewer are found than wait; another order finds as many."""
        return any(value for name, value in self.wanted.items() if name != "sort")

    @property
    def search_is_on(self) -> bool:
        return bool(self.wanted["search"]) or self.looks_further

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in FURTHER]

    @property
    def looks_further(self) -> bool:
        return any(self.wanted[name] for name in FURTHER)


class LeftOverFilterForm(QueryForm):
    search = forms.CharField(label=_("Name, department or job title"), required=False)
    can = forms.ChoiceField(
        label=_("What can be done"),
        choices=(("", _("Everyone left over")), *GROUPS.items()),
        required=False,
    )


class KeysField(forms.Field):
    """Numbers of rows, each an input of its own; nonsense among them is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        return [int(one) for one in value or [] if str(one).isdecimal() and len(str(one)) < 19]


class AcceptingForm(forms.Form):
    """Which suggestions are accepted at once: those ticked, or all that a search finds."""

    ticked = forms.BooleanField(required=False)
    only = KeysField(required=False)
    query = forms.CharField(required=False)
    seen = forms.CharField(required=False)

    @property
    def search(self) -> QueryDict:
        return QueryDict(self.cleaned_data.get("query", ""))


class DecisionForm(forms.Form):
    """`seen` is the version the page showed, `query` the search it was found by."""

    decision = forms.ChoiceField(choices=(("accept", _("Accept")), ("refuse", _("Refuse"))))
    reason = forms.CharField(max_length=300, required=False)
    seen = forms.IntegerField(required=False)

    def words_about(self, suggestion: Suggestion) -> str:
        both = {"mentor": suggestion.mentor, "mentee": suggestion.mentee}
        if self.cleaned_data["decision"] == "accept":
            text = _("Accepted: %(mentor)s and %(mentee)s have a letter and may meet for coffee.")
        else:
            text = _("Refused: %(mentor)s and %(mentee)s are not suggested to each other again.")
        return str(text) % both


class ParticipantField(forms.CharField):
    """Somebody of one programme, by the number of their row or by their address."""

    programme: Programme

    def clean(self, value: Any) -> Participant:
        text = super().clean(value)
        by = (
            {"pk": text} if text.isdecimal() and len(text) < 19 else {"person__email__iexact": text}
        )
        found = self.programme.participants.select_related("person").filter(**by).first()
        if found is None:
            raise ValidationError(
                _("Nobody in this programme has the address “%(text)s”."), params={"text": text}
            )
        return found


class TwoForm(forms.Form):
    mentor = ParticipantField(
        label=_("Address of the mentor"), error_messages={"required": _("Name a mentor.")}
    )
    mentee = ParticipantField(
        label=_("Address of the mentee"), error_messages={"required": _("Name a mentee.")}
    )

    def __init__(self, data: Any = None, *, programme: Programme) -> None:
        super().__init__(data)
        for name in ("mentor", "mentee"):
            self.fields[name].programme = programme

    @property
    def first_error(self) -> str:
        return next((str(one) for told in self.errors.values() for one in told), "")


class BarForm(TwoForm):
    reason = forms.CharField(
        label=_("Why? Only coordinators see it."), max_length=300, required=False
    )
