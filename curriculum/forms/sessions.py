"""What the two tell about a session."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from curriculum.models import Session
from curriculum.moments import own_clock
from curriculum.queries.meetings import (
    days_it_may_have_been,
    first_day_too_far,
    is_live,
    likely_day,
)
from curriculum.services.sessions import NewCommitment

LONGEST_NOTES = 20_000


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker; its value has no zone, so the person's own is meant."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MeetingTimeField(forms.DateTimeField):
    """A moment to come, by the clock of whoever fills the form in, and not too far off.

    The day is asked as it was typed: a time at either end of all years cannot be compared.
    """

    widget = DateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(input_formats=formats, **kwargs)
        self.too_far: date | None = None

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is None:
            return
        day = value.date()
        refuse_too_far(day, self.too_far)
        if day < timezone.localdate() or value < timezone.now():
            raise forms.ValidationError(_("This time is over. Choose one that is still to come."))


def refuse_too_far(day: date, too_far: date | None) -> None:
    if too_far is not None and day >= too_far:
        said = {"date": date_format(too_far, "j F Y")}
        raise forms.ValidationError(_("Choose a date before %(date)s.") % said)


class DateForm(forms.Form):
    at = MeetingTimeField(label=_("Date and time"))

    def __init__(self, data: Any, session: Session) -> None:
        super().__init__(data, initial={"at": session.scheduled_at})
        at: Any = self.fields["at"]
        at.too_far, at.help_text = first_day_too_far(session.pair), _clock()


def _clock() -> str:
    """Whose time a field means, as a sentence."""
    clock = own_clock()
    return f"{clock[0].upper()}{clock[1:]}."


class NotesField(forms.CharField):
    """Browsers count an end of line as one sign and send it as two."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).replace("\r\n", "\n")


class NotesForm(forms.Form):
    """`go` says where a button leads after saving: a part of the session, or its end.

    `part` is the part it stood at, `seen` the version of the notes that the window had read.
    """

    text = NotesField(required=False, max_length=LONGEST_NOTES, strip=False)
    go = forms.CharField(required=False, max_length=10)
    part = forms.CharField(required=False, max_length=10)
    seen = forms.CharField(required=False, max_length=64)

    def where_next(self, session_id: int) -> str:
        go, part = self.data.get("go", ""), self.data.get("part", "")
        if go == "close":
            close = reverse("curriculum:close_session", args=[session_id])
            return f"{close}?part={part}" if part.isdecimal() else close
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
    """Commitments of both (some to choose with one tap) and the next date.

    Of a session that was not run here today it asks first on which day it was.
    """

    held_on = forms.DateField(label=_("When was it?"), widget=DayInput)

    chosen = forms.MultipleChoiceField(
        label=_("What the mentee will do"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mentee_text = forms.CharField(
        label=_("Or in the mentee’s own words"), required=False, max_length=300
    )
    mentor_text = forms.CharField(
        label=_("What you will do for it"), required=False, max_length=300
    )
    due_on = forms.DateField(label=_("Both by"), required=False, widget=DayInput)
    next_at = MeetingTimeField(label=_("Next session"), required=False)

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
        self._set_days(has_next)

    def _set_days(self, has_next: bool) -> None:
        self.too_far = first_day_too_far(self.session.pair)
        if is_live(self.session):
            del self.fields["held_on"]
        else:
            self.initial["held_on"] = likely_day(self.session)
        if has_next:
            next_at: Any = self.fields["next_at"]
            asked = _("%(clock)s The other one is asked to say yes.") % {"clock": _clock()}
            next_at.too_far, next_at.help_text = self.too_far, asked
        else:
            del self.fields["next_at"]

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        first, last = days_it_may_have_been(self.session)
        if day > last:
            raise forms.ValidationError(_("This day is still to come. Choose the day you met."))
        if day < first:
            said = {"date": date_format(first, "j F Y")}
            raise forms.ValidationError(_("You two began on %(date)s. Choose a later day.") % said)
        return day

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day from today on."))
        if day is not None:
            refuse_too_far(day, self.too_far)
        return day

    @property
    def asked(self) -> dict[str, Any]:
        """What closing takes: the commitments, the next date if one was set, the day it was."""
        given = self.cleaned_data
        days = {"next_at": given.get("next_at"), "held_on": given.get("held_on")}
        return {"commitments": self.commitments, **days}

    @property
    def commitments(self) -> list[NewCommitment]:
        pair, data = self.session.pair, self.cleaned_data
        mentee = [self.suggested[int(n)] for n in data.get("chosen", [])] + [data["mentee_text"]]
        found = [(pair.mentee, text) for text in mentee] + [(pair.mentor, data["mentor_text"])]
        return [NewCommitment(who, text, data["due_on"]) for who, text in found if text.strip()]
