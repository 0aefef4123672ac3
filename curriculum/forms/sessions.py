"""What the two tell about a session."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.models import Session
from curriculum.services.sessions import NewCommitment

LONGEST_NOTES = 20_000


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker; its value has no zone, so the person's own is meant."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DateForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Date and time"),
        widget=DateTimeInput,
        help_text=_("In your own time zone."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at < timezone.now():
            raise forms.ValidationError(_("This time is over. Choose one that is still to come."))
        return at


class NotesForm(forms.Form):
    """`go` says where a button leads after saving: a part of the session, or its end."""

    text = forms.CharField(required=False, max_length=LONGEST_NOTES, strip=False)
    go = forms.CharField(required=False, max_length=10)

    def where_next(self, session_id: int) -> str:
        go = self.data.get("go", "")
        if go == "close":
            return reverse("curriculum:close_session", args=[session_id])
        if go == "session":
            return reverse("curriculum:session", args=[session_id])
        run = reverse("curriculum:run_session", args=[session_id])
        return f"{run}?part={go}" if go.isdecimal() else run


class RatingForm(forms.Form):
    SCALE = [(str(n), str(n)) for n in range(1, 6)]

    useful = forms.TypedChoiceField(
        label=_("Was it useful?"),
        help_text=_("1: not at all. 5: very."),
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
    )
    candid = forms.TypedChoiceField(
        label=_("Could you be candid?"),
        help_text=_("1: not at all. 5: entirely."),
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
    )


class CloseForm(forms.Form):
    """Commitments of both (some to choose with one tap) and the next date."""

    chosen = forms.MultipleChoiceField(
        label=_("What the mentee will do"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mentee_text = forms.CharField(
        label=_("Or in the mentee’s own words"), required=False, max_length=300
    )
    mentor_text = forms.CharField(
        label=_("What you will do for it"), required=False, max_length=300
    )
    due_on = forms.DateField(
        label=_("Both by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    next_at = forms.DateTimeField(
        label=_("Next session"),
        required=False,
        widget=DateTimeInput,
        help_text=_("In your own time zone. The other one is asked to say yes."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(
        self, data: Any, session: Session, suggested: Sequence[str], *, has_next: bool
    ) -> None:
        super().__init__(data)
        self.session = session
        name = str(session.pair.mentee)
        self.fields["chosen"].choices = [(str(n), text) for n, text in enumerate(suggested)]
        self.fields["chosen"].label = _("What %(name)s will do") % {"name": name}
        self.suggested = list(suggested)
        if not suggested:
            del self.fields["chosen"]
            self.fields["mentee_text"].label = _("What %(name)s will do") % {"name": name}
        if not has_next:
            del self.fields["next_at"]

    def clean_next_at(self) -> Any:
        at = self.cleaned_data["next_at"]
        if at is not None and at < timezone.now():
            raise forms.ValidationError(_("This time is over. Choose one that is still to come."))
        return at

    @property
    def asked(self) -> dict[str, Any]:
        """What closing the session takes: the commitments, and the next date if one was set."""
        return {"commitments": self.commitments, "next_at": self.cleaned_data.get("next_at")}

    @property
    def commitments(self) -> list[NewCommitment]:
        pair, data = self.session.pair, self.cleaned_data
        mentee = [self.suggested[int(n)] for n in data.get("chosen", [])] + [data["mentee_text"]]
        found = [(pair.mentee, text) for text in mentee] + [(pair.mentor, data["mentor_text"])]
        return [NewCommitment(who, text, data["due_on"]) for who, text in found if text.strip()]
