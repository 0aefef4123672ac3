"""What the editor's form checks beyond its fields: each problem is told at its row.

These stand with the models because Wagtail asks the page class for its form.
"""

from typing import Any

from django.forms import Select
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from training.enums import Audience, TrackPurpose
from training.rules import (
    Item,
    Outcome,
    Prerequisite,
    Problem,
    audience_problems,
    item_problems,
    outcome_problems,
    prerequisite_problems,
)


class LevelSelect(Select):
    """Levels with their numbers, as everybody else reads them: 1 · aware."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        numbered = label if value == "" else f"{value} · {label}"
        return super().create_option(name, value, numbered, *args, **kwargs)


class TrainingPageForm(WagtailAdminPageForm):
    """The form of every training page. Blocks and fields check themselves."""


class TrackPageForm(TrainingPageForm):
    """Checks the three lists of a track against each other once each row is sound."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for formset in self.formsets.values():
            # Told of drafts too, since the database refuses a row that stands there twice.
            formset.get_unique_error_message = lambda _check: _("Something is listed twice here.")
            formset.get_form_error = lambda: _("This is listed twice. Keep it once.")

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        problems = [] if self.is_deferred_validation else self._problems()
        for problem in problems:
            self._tell(problem)
        return not problems

    def _problems(self) -> list[Problem]:
        is_learning = self.cleaned_data.get("purpose") == TrackPurpose.LEARNING
        outcomes = [
            Outcome(row.get("skill"), row.get("from_level"), row.get("to_level"))
            for row in self._rows("outcomes")
        ]
        pages = [row.get("page") for row in self._rows("items")]
        items = [
            Item(page, self.instance.kind_of(page), bool(page and page.live)) for page in pages
        ]
        before = [
            Prerequisite(track.translation_key, track.live, track.purpose == TrackPurpose.LEARNING)
            for row in self._rows("prerequisites")
            if (track := row.get("requires"))
        ]
        is_for_both = self.cleaned_data.get("audience") == Audience.BOTH
        return [
            *audience_problems(is_learning=is_learning, is_for_both=is_for_both),
            *outcome_problems(outcomes, is_learning=is_learning),
            *item_problems(items, is_learning=is_learning),
            *prerequisite_problems(
                self.instance.translation_key, before, self.instance.prerequisites_of_others()
            ),
        ]

    def _live_forms(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        return [
            form
            for form in (formset.ordered_forms if formset is not None else [])
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self._live_forms(name)]

    def _tell(self, problem: Problem) -> None:
        if problem.row is not None:
            self._live_forms(problem.where)[problem.row].add_error(problem.field, problem.message)
        elif problem.where in self.fields:
            self.add_error(problem.where, problem.message)
        else:
            formset: BaseFormSet[Any] = self.formsets[problem.where]
            formset.non_form_errors().append(problem.message)
