"""A programme's time, its preparation, and letting a pair begin without it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.models import ProgrammeCurriculum
from training.enums import Audience, TrackPurpose
from training.models import TrackPage


class CurriculumForm(forms.ModelForm[ProgrammeCurriculum]):
    class Meta:
        model = ProgrammeCurriculum
        fields = ("budget_minutes", "budget_sessions", "mentor_preparation", "mentee_preparation")
        help_texts = {
            "budget_minutes": _(
                "All the time a pair gives to its plan, modules and sessions together. 720 minutes"
                " are six sessions of an hour and as much again for reading and practice."
            ),
            "budget_sessions": _("Six over six months is what works in most programmes."),
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


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept with the pair."),
    )
