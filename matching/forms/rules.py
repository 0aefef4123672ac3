"""Rules and weights, each with what it means in plain words; the model refuses what makes no
sense together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Programme
from matching.rules import RULES, WEIGHTS

NUMBER_WORDS = {
    "required": _("Write a number, 0 if it does not matter."),
    "invalid": _("Write a whole number."),
    "min_value": _("Write %(limit_value)s or more."),
    "max_value": _("Write %(limit_value)s or less."),
}


class RulesForm(forms.ModelForm):
    """The part of a programme that the engine goes by."""

    class Meta:
        model = Programme
        fields: tuple[str, ...] = (*RULES, *WEIGHTS)
        error_messages: dict[str, Any] = dict.fromkeys(
            ("working_hours_overlap", "minimum_score", *WEIGHTS), NUMBER_WORDS
        )
        help_texts: dict[str, Any] = {
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
    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in RULES]

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in WEIGHTS]
