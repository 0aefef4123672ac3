"""A programme, its rules and weights, each with what it means in plain words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from matching.models import Programme
from matching.models.programmes import CRITERIA

WEIGHTS = tuple(f"weight_{name}" for name in CRITERIA)
RULES = (
    "mentor_is_junior",
    "shared_language",
    "working_hours_overlap",
    "minimum_score",
    "style",
    "objective",
)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


NUMBER_WORDS = {
    "required": _("Write a number, 0 if it does not matter."),
    "invalid": _("Write a whole number."),
    "min_value": _("Write %(limit_value)s or more."),
    "max_value": _("Write %(limit_value)s or less."),
}
DAY_WORDS = {
    "required": _("Choose a day."),
    "invalid": _("Write the day as 2027-01-31."),
}


class ProgrammeForm(forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = ("name", "purpose", "starts_on", "ends_on", *RULES, *WEIGHTS)
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }
        error_messages = {
            "name": {"required": _("Give the programme a name.")},
            "slug": {
                "invalid": _("Only letters, digits, hyphens and underscores, as digital-2027."),
                "unique": _("Another programme has this short name. Choose one of its own."),
            },
            "starts_on": DAY_WORDS,
            "ends_on": DAY_WORDS,
            **dict.fromkeys(("working_hours_overlap", "minimum_score", *WEIGHTS), NUMBER_WORDS),
        }
        help_texts = {
            "purpose": _(
                "What the programme is to change, in a sentence or two; for the invitation."
            ),
            "mentor_is_junior": _("A mentor has fewer years in the job than the mentee."),
            "shared_language": _("Both named a language that the other speaks too."),
            "working_hours_overlap": _("Hours in which both are at work, from nine to five each."),
            "minimum_score": _("In points. Below it, nobody is better than this somebody."),
            "style": _("Whether quiet people are matched with quiet ones or with outgoing ones."),
            "objective": _("Whether the weakest match counts first, or the sum of all."),
            "weight_skill_gap": _("Points if the mentor can lift every goal all the way."),
            "weight_interests": _("Points for three shared interests or more."),
            "weight_wishes": _(
                "Points if each asked for the other. "
                "Nobody can enter wishes yet: these points are out of reach."
            ),
            "weight_distance": _("Half for another department, half for another place."),
            "weight_way_of_working": _("How they like to meet and to talk, and hours in common."),
        }

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {*RULES, *WEIGHTS}]

    @property
    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in RULES]

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in WEIGHTS]


class NewProgrammeForm(ProgrammeForm):
    class Meta(ProgrammeForm.Meta):
        fields = ("name", "slug", "purpose", "starts_on", "ends_on", *RULES, *WEIGHTS)
        help_texts = {
            **ProgrammeForm.Meta.help_texts,
            "slug": _("As digital-2027. Left empty, it is made from the name."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:60]
        if not slug:
            raise ValidationError(_("Choose another short name, as digital-2027."))
        return slug
