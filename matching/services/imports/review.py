"""A dry run as a person looks at it: counts, and the rows they asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.services.imports.planning import ImportPlan, Outcome, RowPlan
from matching.services.imports.problems import Problem

WORDS = {
    Outcome.CREATED: (gettext_lazy("new"), "good"),
    Outcome.CHANGED: (gettext_lazy("changed"), "info"),
    Outcome.UNCHANGED: (gettext_lazy("unchanged"), "quiet"),
    Outcome.REFUSED: (gettext_lazy("problem"), "wrong"),
}
ORDER = (Outcome.REFUSED, Outcome.CHANGED, Outcome.CREATED, Outcome.UNCHANGED)


@dataclass(frozen=True)
class ReviewRow:
    row: RowPlan
    label: str
    state: str


@dataclass(frozen=True)
class Review:
    """`file_problems` are those of a file that is no list of people: header, encoding."""

    rows: list[ReviewRow]
    tabs: list[dict[str, Any]]
    file_problems: tuple[Problem, ...]
    plan: ImportPlan

    @property
    def trouble(self) -> str:
        """In a line, why nothing can be applied."""
        if not self.file_problems:
            return ngettext(
                "%(rows)d row has a problem, so nothing can be applied",
                "%(rows)d rows have a problem, so nothing can be applied",
                self.plan.refused,
            ) % {"rows": self.plan.refused}
        if not self.plan.lacks:
            return _("This file cannot be read")
        return ngettext(
            "This file needs a column %(names)s",
            "This file needs the columns %(names)s",
            len(self.plan.lacks),
        ) % {"names": get_text_list(list(self.plan.lacks), _("and"))}

    @property
    def changes_nothing(self) -> bool:
        return self.plan.is_clean and not (
            self.plan.count(Outcome.CREATED) or self.plan.count(Outcome.CHANGED)
        )


def review_plan(plan: ImportPlan, show: str) -> Review:
    """The rows of one outcome, or all of them: first what wants to be looked at."""
    rows = [row for row in plan.rows if not show or row.outcome == show]
    rows.sort(key=lambda row: (ORDER.index(row.outcome), row.number))
    return Review(
        rows=[_row(row) for row in rows],
        tabs=_tabs(plan, show),
        file_problems=() if plan.rows else plan.problems,
        plan=plan,
    )


def _row(row: RowPlan) -> ReviewRow:
    label, state = WORDS[row.outcome]
    return ReviewRow(row, str(label), state)


def _tabs(plan: ImportPlan, show: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        Outcome.REFUSED: _("Problems"),
        Outcome.CHANGED: _("Changed"),
        Outcome.CREATED: _("New"),
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
