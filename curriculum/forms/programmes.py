"""A programme's time, its preparation, and letting a pair begin without it."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from curriculum.models import ProgrammeCurriculum
from training.enums import Audience, TrackPurpose
from training.models import TrackPage

# What a pair can do in one programme: from one short meeting to one every week of a year.
LIMITS = {
    "budget_minutes": (
        15,
        6000,
        _("Choose between 15 and 6,000 minutes: from one short meeting to a hundred hours."),
    ),
    "budget_sessions": (1, 50, _("Choose between 1 and 50 sessions: 50 is one every week.")),
}


class CurriculumForm(forms.ModelForm[ProgrammeCurriculum]):
    class Meta:
        model = ProgrammeCurriculum
        fields = ("budget_minutes", "budget_sessions", "mentor_preparation", "mentee_preparation")
        help_texts = {
            "budget_minutes": _(
                "All the time a pair gives to its plan, modules and sessions together. 720 minutes"
                " are six sessions of an hour and as much again for reading and practice. From 15"
                " to 6,000."
            ),
            "budget_sessions": _(
                "Six over six months is what works in most programmes. From 1 to 50."
            ),
            "mentor_preparation": _("Done before the first session. Empty: nothing to prepare."),
            "mentee_preparation": _("Done before the first session. Empty: nothing to prepare."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        tracks = TrackPage.objects.live().filter(purpose=TrackPurpose.PREPARATION)
        for side in (Audience.MENTOR, Audience.MENTEE):
            field = self.fields[f"{side}_preparation"]
            field.queryset = tracks.filter(audience__in=[side, Audience.BOTH])  # type: ignore[attr-defined]
            field.empty_label = _("Nothing to prepare")  # type: ignore[attr-defined]
        for name, (least, most, words) in LIMITS.items():
            # In place of the database's own: one sentence says what is allowed.
            self.fields[name].validators = [
                MinValueValidator(least, words),
                MaxValueValidator(most, words),
            ]
            self.fields[name].widget.attrs |= {"min": least, "max": most}


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept with the pair."),
    )
