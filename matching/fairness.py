"""How groups of people fare, in figures that give nobody away and claim no more than they know.

Plain functions without a database. A group of fewer than five people is never shown, nor can it be
worked out from what is: it is shown only together with another group, so that each figure stands
for at least five people, and each sum that holds a small group holds another as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import median

FEWEST = 5
# Years of seniority up to which each band goes; the last has no end.
BANDS = (2, 5, 10, 20)
# With so few a single person moves a figure by five points of a hundred or more.
FEW = 20
# 95 times in a hundred, such an interval holds what a much larger group would show.
Z = 1.96
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Fare:
    """One person on one side: whether somebody stands beside them, and what their matches score."""

    has_partner: bool
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores in points: the middle one, its interval, the middle half, both ends."""

    matches: int
    lowest: float
    quarter: float
    middle: float
    three_quarters: float
    highest: float
    middle_from: float
    middle_to: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people, 0 to 1, with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of one group, or of several shown as one; `spread` is None for too few."""

    groups: tuple[str, ...]
    people: int
    share: Share
    spread: Spread | None

    @property
    def is_few(self) -> bool:
        return self.people < FEW


def band_of(years: float | None) -> int | None:
    """The place of a band in `BANDS`, one past its end for the longest; None if nothing is told."""
    if years is None:
        return None
    return next((place for place, most in enumerate(BANDS) if years <= most), len(BANDS))


def cells_by_name(groups: Mapping[str, Sequence[Fare]]) -> list[Cell]:
    """Groups without an order. Small ones are shown as one; while that is still too few, as it is
    for one alone, the next smallest joins them. Fewer than two cells are no comparison, and none.
    """
    sizes = sorted((len(people), name) for name, people in groups.items() if people)
    together = [name for size, name in sizes if size < FEWEST]
    alone = [name for size, name in sizes if size >= FEWEST]
    while together and alone and _gives_away(groups, together):
        together.append(alone.pop(0))
    parts: list[tuple[str, ...]] = [(name,) for name in sorted(alone, key=str.casefold)]
    return _cells(
        groups, [*parts, tuple(sorted(together, key=str.casefold))] if together else parts
    )


def cells_in_order(groups: Mapping[str, Sequence[Fare]]) -> list[Cell]:
    """Groups in an order, as bands of years: a small one joins the smaller of its neighbours."""
    parts: list[tuple[str, ...]] = [(name,) for name, people in groups.items() if people]
    while len(parts) > 1:
        sizes = [_people(groups, part) for part in parts]
        small = [one for one, part in enumerate(parts) if _gives_away(groups, part)]
        if not small:
            break
        place = min(small, key=lambda one: (sizes[one], one))
        beside = [one for one in (place - 1, place + 1) if 0 <= one < len(parts)]
        other = min(beside, key=lambda one: sizes[one])
        first, second = sorted((place, other))
        parts[first : second + 1] = [parts[first] + parts[second]]
    return _cells(groups, parts)


def _people(groups: Mapping[str, Sequence[Fare]], names: Sequence[str]) -> int:
    return sum(len(groups[name]) for name in names)


def _gives_away(groups: Mapping[str, Sequence[Fare]], names: Sequence[str]) -> bool:
    """Whether these are too few to be shown; or as many as there are groups, so that everyone can
    see that each holds one."""
    people = _people(groups, names)
    return people < FEWEST or 1 < len(names) == people


def _cells(groups: Mapping[str, Sequence[Fare]], parts: Sequence[tuple[str, ...]]) -> list[Cell]:
    if len(parts) < 2 or any(_gives_away(groups, part) for part in parts):
        return []
    return [_cell(part, [one for name in part for one in groups[name]]) for part in parts]


def _cell(names: tuple[str, ...], people: Sequence[Fare]) -> Cell:
    matched = sum(one.has_partner for one in people)
    scored = [one for one in people if one.scores]
    scores = [score for one in scored for score in one.scores]
    return Cell(
        groups=names,
        people=len(people),
        share=share_of(matched, len(people)),
        spread=spread_of(scores) if len(scored) >= FEWEST else None,
    )


def share_of(some: int, of: int) -> Share:
    """With Wilson's interval, which stays sound for few people and for none or all of them."""
    value = some / of
    wide = 1 + Z * Z / of
    centre = (value + Z * Z / (2 * of)) / wide
    half = Z * sqrt(value * (1 - value) / of + Z * Z / (4 * of * of)) / wide
    return Share(value, max(centre - half, 0.0), min(centre + half, 1.0))


def spread_of(scores: Sequence[float]) -> Spread:
    ranked = sorted(scores)
    low, high = _middle_interval(len(ranked))
    return Spread(
        matches=len(ranked),
        lowest=ranked[0],
        quarter=_at(ranked, 0.25),
        middle=float(median(ranked)),
        three_quarters=_at(ranked, 0.75),
        highest=ranked[-1],
        middle_from=ranked[low],
        middle_to=ranked[high],
    )


def _at(ranked: Sequence[float], share: float) -> float:
    """A quantile, in a straight line between the two scores beside it."""
    place = (len(ranked) - 1) * share
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)


def _middle_interval(number: int) -> tuple[int, int]:
    """Ranks between which the middle of a much larger group would lie: a coin decides for each
    score whether it is below. For a handful that is from the lowest to the highest.
    """
    if number > 1_000:
        half = Z * sqrt(number) / 2
        return max(int((number - 1) / 2 - half), 0), min(int((number + 1) / 2 + half), number - 1)
    outside = (1 - CONFIDENCE) / 2 * 2**number
    low, tail = 0, comb(number, 0)
    while low < (number - 1) // 2 and tail + comb(number, low + 1) <= outside:
        low += 1
        tail += comb(number, low)
    return low, number - 1 - low
