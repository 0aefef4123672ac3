"""What a dry run says: the words of its rows, its tabs and its verdict."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.services.imports.planning import Outcome
from matching.services.imports.review import Review, ReviewRow, Verdict, in_parts

WORDS = {
    Outcome.CREATED: (gettext_lazy("new"), "good"),
    Outcome.CHANGED: (gettext_lazy("changed"), "info"),
    Outcome.UNCHANGED: (gettext_lazy("unchanged"), "quiet"),
    Outcome.REFUSED: (gettext_lazy("problem"), "wrong"),
}


def trouble_in_words(verdict: Verdict) -> str:
    """In a line, why nothing can be applied."""
    if not verdict.file_problems:
        return ngettext(
            "%(rows)d row has a problem, so nothing can be applied",
            "%(rows)d rows have a problem, so nothing can be applied",
            verdict.refused,
        ) % {"rows": verdict.refused}
    if not verdict.lacks:
        return _("This file cannot be read")
    return ngettext(
        "This file needs a column %(names)s",
        "This file needs the columns %(names)s",
        len(verdict.lacks),
    ) % {"names": get_text_list(list(verdict.lacks), _("and"))}


def rows_with_badges(rows: list[ReviewRow]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "label": WORDS[Outcome(row.outcome)][0],
            "state": WORDS[Outcome(row.outcome)][1],
        }
        for row in rows
    ]


def review_tabs(review: Review, show: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        Outcome.REFUSED: _("Problems"),
        Outcome.CHANGED: _("Changed"),
        Outcome.CREATED: _("New"),
        Outcome.UNCHANGED: _("Unchanged"),
    }
    counts = review.verdict.counts
    return [
        {
            "label": label,
            "url": f"?show={outcome}" if outcome else "?",
            "current": show == outcome,
            "count": counts.get(outcome, 0) if outcome else review.verdict.rows,
        }
        for outcome, label in labels.items()
    ]


def review_as_table(review: Review, show: str) -> Iterator[tuple[object, ...]]:
    """The review for a spreadsheet: a line for each thing that is told of a row."""
    yield (
        *(_("row"), _("email"), _("name"), _("what happens")),
        *(_("column"), _("now"), _("then, or what is wrong")),
    )
    for problem in review.verdict.file_problems:
        yield problem.row, "", "", WORDS[Outcome.REFUSED][0], problem.column, "", problem.problem
    for row in in_parts(review.shown(show)):
        head = (row.number, row.email, row.name, WORDS[Outcome(row.outcome)][0])
        told: list[tuple[str, str, str]] = [(column, "", text) for column, text in row.told]
        told += [*row.changes, *(("", "", note) for note in row.notes)]
        for column, before, after in told or [("", "", "")]:
            yield *head, column, before, after
