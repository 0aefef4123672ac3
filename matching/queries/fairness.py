"""How groups of people fare with the pairs that stand and the suggestions that are open."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matching.enums import PairStage, Role
from matching.fairness import Cell, Fare, band_of, cells_by_name, cells_in_order
from matching.models import Programme
from matching.queries.suggestions import to_decide
from matching.wording import band_in_words, group_in_words

# What people are grouped by: where and how long they work. Nothing else is known, nor asked.
FIELDS = ("department", "location", "seniority_years")


@dataclass(frozen=True)
class Row:
    """One line of a table; `share` and `spread` are places on its pictures, in percent."""

    label: str
    cell: Cell
    share: dict[str, float]
    spread: dict[str, float]

    @property
    def half(self) -> float:
        """How wide the middle half is; never so narrow that nobody sees it."""
        return max(round(self.spread["three_quarters"] - self.spread["quarter"], 2), 0.5)


@dataclass(frozen=True)
class Side:
    """One table: mentors, or mentees, by one thing; without rows there is nothing to compare."""

    key: str
    label: str
    people: int
    rows: list[Row]


@dataclass(frozen=True)
class Grouping:
    key: str
    title: str
    sides: list[Side]


@dataclass(frozen=True)
class Fairness:
    groupings: list[Grouping]
    matches: int
    most: int

    @property
    def is_empty(self) -> bool:
        return not any(side.rows for one in self.groupings for side in one.sides)


def describe_fairness(programme: Programme) -> Fairness:
    """Three queries, however many people."""
    people = list(
        programme.participants.filter(withdrawn_at__isnull=True, person__is_active=True)
        .order_by("pk")
        .values_list("pk", "role", *FIELDS)
    )
    pairs = programme.pairs.exclude(stage=PairStage.ENDED).order_by()
    named = to_decide(programme).order_by()
    matches = [
        *pairs.values_list("mentor_id", "mentee_id", "score"),
        *named.values_list("mentor_id", "mentee_id", "score"),
    ]
    # Pairs may be from a time of other weights: the scale holds all of them.
    most = max([programme.most_points, *(score / 1000 for *_both, score in matches)]) or 1.0
    sides = [
        (str(role), label, _fares(people, matches, place, role))
        for place, (role, label) in enumerate(
            ((Role.MENTOR, _("Mentors")), (Role.MENTEE, _("Mentees")))
        )
    ]
    return Fairness(
        groupings=[
            Grouping(
                key=field,
                title=title,
                sides=[_side(key, label, fares, place, most) for key, label, fares in sides],
            )
            for place, (field, title) in enumerate(
                zip(
                    FIELDS,
                    (_("By department"), _("By place"), _("By seniority")),
                    strict=True,
                )
            )
        ],
        matches=len(matches),
        most=round(most),
    )


Grouped = list[tuple[list[Any], Fare]]


def _fares(
    people: Iterable[tuple[Any, ...]],
    matches: Iterable[tuple[int, int, int]],
    place: int,
    role: str,
) -> Grouped:
    """Everyone on one side: what they are grouped by, and how they fare."""
    scores: dict[int, list[float]] = defaultdict(list)
    for match in matches:
        scores[match[place]].append(match[2] / 1000)
    return [
        (values, Fare(key in scores, tuple(scores.get(key, ()))))
        for key, part, *values in people
        if part in {role, Role.BOTH}
    ]


def _side(key: str, label: str, fares: Grouped, field: int, most: float) -> Side:
    is_band = FIELDS[field] == "seniority_years"
    name: Callable[[Any], str] = _band if is_band else _name
    groups: dict[str, list[Fare]] = defaultdict(list)
    ordered = sorted(fares, key=lambda one: _rank(one[0][field]) if is_band else 0)
    for values, fare in ordered:
        groups[name(values[field])].append(fare)
    cells = cells_in_order(groups) if is_band else cells_by_name(groups)
    rows = [
        Row(
            label=group_in_words(cell.groups, is_ordered=is_band),
            cell=cell,
            share=_places(cell.share, 1),
            spread=_places(cell.spread, most) if cell.spread else {},
        )
        for cell in cells
    ]
    return Side(key=key, label=label, people=len(fares), rows=rows)


def _name(text: str) -> str:
    return text or _("not told")


def _band(years: Any) -> str:
    return band_in_words(band_of(None if years is None else float(years)))


def _rank(years: Any) -> float:
    """Who tells nothing stands after everyone."""
    return float("inf") if years is None else float(years)


def _places(found: Any, most: float) -> dict[str, float]:
    """Where each figure stands on a line from 0 to `most`, in percent of its length."""
    names = [name for name in found.__slots__ if name != "matches"]
    return {name: round(getattr(found, name) / most * 100, 2) for name in names}
