"""A programme, its rules and weights, each with what it means in plain words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from matching.forms.rules import RulesForm
from matching.rules import RULES, WEIGHTS


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


DAY_WORDS = {
    "required": _("Choose a day."),
    "invalid": _("Write the day as 2027-01-31."),
}


class ProgrammeForm(RulesForm):
    class Meta(RulesForm.Meta):
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
            **RulesForm.Meta.error_messages,
        }
        help_texts = {
            "purpose": _(
                "What the programme is to change, in a sentence or two; for the invitation."
            ),
            **RulesForm.Meta.help_texts,
        }

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {*RULES, *WEIGHTS}]


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
