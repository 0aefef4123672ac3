"""What makes a track teachable, as plain rules over plain values; no Django models.

Pages ask them when they are published, the editor's form asks them row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which field or list, in which row of it (None: the list as a whole)."""

    where: str
    message: "Text"
    row: int | None = None
    field: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A row of outcomes: any value may be missing while somebody is still writing."""

    skill: Any
    from_level: int | None
    to_level: int | None


@dataclass(frozen=True)
class Item:
    """A row of items: `kind` is "module", "session" or "" for a page that is neither."""

    page: Any
    kind: str
    is_live: bool


@dataclass(frozen=True)
class Prerequisite:
    """A row of prerequisites; `key` is the same in every language."""

    key: Any
    is_live: bool
    is_learning: bool


def audience_problems(*, is_learning: bool, is_for_both: bool) -> list[Problem]:
    """Learning is for a pair."""
    if not is_learning or is_for_both:
        return []
    told = _("Learning is done by a pair. Choose “both”, or make this preparation.")
    return [Problem("audience", told)]


def outcome_problems(outcomes: Sequence[Outcome], *, is_learning: bool) -> list[Problem]:
    """Outcomes rise, name a skill once, and stand in learning tracks only."""
    if not is_learning:
        told = _("Preparation has no outcomes: take them out, or make this track learning.")
        return [Problem("outcomes", told)] if outcomes else []
    if not outcomes:
        return [
            Problem("outcomes", _("Say which skill this track lifts, and from where to where."))
        ]
    problems = []
    for row, outcome in enumerate(outcomes):
        if (
            outcome.from_level is not None
            and outcome.to_level is not None
            and outcome.to_level <= outcome.from_level
        ):
            told = _("An outcome has to rise: “to” is above “from”.")
            problems.append(Problem("outcomes", told, row, "to_level"))
    told = _("This skill is listed twice. Keep one outcome for it.")
    problems += [
        Problem("outcomes", told, row, "skill") for row in repeats(o.skill for o in outcomes)
    ]
    return problems


def item_problems(items: Sequence[Item], *, is_learning: bool) -> list[Problem]:
    """A track has modules and session plans, each once, something of it live."""
    if not items:
        return [Problem("items", _("A track needs at least one module or session plan."))]
    problems = []
    for row, item in enumerate(items):
        if not item.kind:
            told = _("Choose a module or a session plan.")
            problems.append(Problem("items", told, row, "page"))
        elif item.kind == "session" and not is_learning:
            told = _("Preparation is done alone, before the first meeting: modules only.")
            problems.append(Problem("items", told, row, "page"))
    told = _("This page is in the track twice. Keep it at one place.")
    problems += [Problem("items", told, row, "page") for row in repeats(i.page for i in items)]
    if not any(item.is_live for item in items):
        problems.append(
            Problem("items", _("None of these pages is live. Publish at least one of them first."))
        )
    return problems


def prerequisite_problems(
    key: Any, prerequisites: Sequence[Prerequisite], requires: Mapping[Any, Iterable[Any]]
) -> list[Problem]:
    """What comes before is live, learning, named once, and never comes after too.

    `requires` holds the prerequisites of all other tracks: {key: keys}.
    """
    problems = []
    for row, before in enumerate(prerequisites):
        if before.key == key:
            told: Text = _("A track cannot come before itself.")
        elif not before.is_learning:
            told = _("Preparation comes before every track anyway. Choose a learning track.")
        elif not before.is_live:
            told = _("This track is not live. Publish it first, or take it out here.")
        elif reaches(before.key, key, requires):
            told = _("That would go round in a circle: this track itself comes before that one.")
        else:
            continue
        problems.append(Problem("prerequisites", told, row, "requires"))
    told = _("This track is listed twice. Keep it once.")
    problems += [
        Problem("prerequisites", told, row, "requires")
        for row in repeats(before.key for before in prerequisites)
    ]
    return problems


def reaches(start: Any, goal: Any, requires: Mapping[Any, Iterable[Any]]) -> bool:
    """Whether `goal` comes somewhere before `start`."""
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(requires.get(here, ()))
    return False


def repeats(values: Iterable[Any]) -> list[int]:
    """The places of values that stood before; None never repeats."""
    seen, again = set(), []
    for place, value in enumerate(values):
        if value is not None and value in seen:
            again.append(place)
        seen.add(value)
    return again
