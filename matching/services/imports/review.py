"""A dry run as a person looks at it: counts, and the rows they asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.services.imports.planning import ImportPlan, Outcome, RowPlan
from matching.services.imports.problems import Problem

WORDS = {
    Outcome.CREATED: (gettext_lazy("new"), "good"),
    Outcome.CHANGED: (gettext_lazy("changed"), "info"),
    Outcome.UNCHANGED: (gettext_lazy("unchanged"), "quiet"),
    Outcome.REFUSED: (gettext_lazy("problem"), "wrong"),
}


@dataclass(frozen=True)
class ReviewRow:
    row: RowPlan
    label: str
    state: str


@dataclass(frozen=True)
class Review:
    """`file_problems` are those that stand in no person's row: header, encoding."""

    rows: list[ReviewRow]
    tabs: list[dict[str, Any]]
    file_problems: tuple[Problem, ...]
    plan: ImportPlan

    @property
    def changes_nothing(self) -> bool:
        return self.plan.is_clean and not (
            self.plan.count(Outcome.CREATED) or self.plan.count(Outcome.CHANGED)
        )


def review_plan(plan: ImportPlan, show: str) -> Review:
    """The rows of one outcome, or all of them with problems first."""
    rows = [row for row in plan.rows if not show or row.outcome == show]
    rows.sort(key=lambda row: (row.outcome != Outcome.REFUSED, row.number))
    told = {problem for row in plan.rows for problem in row.problems}
    return Review(
        rows=[_row(row) for row in rows],
        tabs=_tabs(plan, show),
        file_problems=tuple(problem for problem in plan.problems if problem not in told),
        plan=plan,
    )


def _row(row: RowPlan) -> ReviewRow:
    label, state = WORDS[row.outcome]
    return ReviewRow(row, str(label), state)


def _tabs(plan: ImportPlan, show: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        Outcome.REFUSED: _("Problems"),
        Outcome.CREATED: _("New"),
        Outcome.CHANGED: _("Changed"),
        Outcome.UNCHANGED: _("Unchanged"),
    }
    return [
        {
            "label": label,
            "url": f"?show={outcome}" if outcome else "?",
            "current": show == outcome,
            "count": plan.count(Outcome(outcome)) if outcome else len(plan.rows),
        }
        for outcome, label in labels.items()
    ]
