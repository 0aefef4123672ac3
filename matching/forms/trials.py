"""Two sets of rules side by side, in the address of a page."""

from copy import copy
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from matching.forms.rules import RulesForm
from matching.models import Programme
from matching.rules import RULES, WEIGHTS, RuleSet, rules_in_text, rules_of

# How far a slider goes; a number beside it may be higher.
MOST = {"working_hours_overlap": 8, **dict.fromkeys(("minimum_score", *WEIGHTS), 100)}
FIRST, SECOND = "first", "second"


class SetForm(RulesForm):
    """One of the two sets: without its explanations, which stand in the programme's own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.help_text = ""
            field.slides_to = MOST.get(name)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> RuleSet | None:
        """The rules as they stand in the form; None while they make no sense."""
        if self.is_bound and not self.is_valid():
            return None
        return rules_of(self.instance)


class TrialForms:
    """The first set begins as the programme's rules, the second as these or as given."""

    def __init__(
        self, data: QueryDict, programme: Programme, *sets: RuleSet, seen: RuleSet | None = None
    ) -> None:
        bound = data if f"{SECOND}-objective" in data else None
        starts = sets or (rules_of(programme),) * 2
        self.first, self.second = (
            SetForm(bound, instance=_with_rules(programme, rules), prefix=prefix)
            for rules, prefix in zip(starts, (FIRST, SECOND), strict=True)
        )
        self.seen = rules_in_text(data.get("seen", "")) or rules_of(programme)

    @property
    def both(self) -> tuple[SetForm, SetForm]:
        return self.first, self.second

    @property
    def faults(self) -> list[str]:
        """What keeps the two from being compared, each with the name of its field."""
        return [
            f"{form[name].label}: {text}" if name != NON_FIELD_ERRORS else text
            for form in self.both
            for name, texts in form.errors.items()
            for text in texts
        ]

    @property
    def chosen(self) -> list[RuleSet] | None:
        """Both sets; None while one of them makes no sense."""
        found = [form.chosen for form in self.both]
        return [rules for rules in found if rules] if all(found) else None


class UseForm(RulesForm):
    """A set that becomes the programme's; `seen` are the rules somebody saw when they chose."""

    seen = forms.CharField()

    def clean_seen(self) -> RuleSet:
        found = rules_in_text(self.cleaned_data["seen"])
        if found is None:
            raise forms.ValidationError("")
        return found


def _with_rules(programme: Programme, rules: RuleSet) -> Programme:
    """A copy that a form may write to."""
    copied = copy(programme)
    for name, value in rules.as_json().items():
        setattr(copied, name, value)
    return copied


def set_as_fields(rules: RuleSet) -> dict[str, Any]:
    """As a form of the browser sends them: an empty box not at all."""
    values = {name: getattr(rules, name) for name in (*RULES, *WEIGHTS)}
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not False
    }


def sets_as_query(first: RuleSet, second: RuleSet) -> str:
    """The address of the page on which these two are compared."""
    fields = {f"{FIRST}-{name}": value for name, value in set_as_fields(first).items()}
    fields |= {f"{SECOND}-{name}": value for name, value in set_as_fields(second).items()}
    return urlencode(fields)
