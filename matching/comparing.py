"""Two answers of the engine side by side: whose partner differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Partner and score, in thousandths of a point.
Partner = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One mentee, and the mentors that only the one or the other answer gives them."""

    mentee: str
    before: tuple[Partner, ...]
    after: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`kept` counts pairs that stand in both. `gone` and `new` are mentees with a pair in one
    alone; `moved` have other mentors in each."""

    kept: int
    moved: tuple[Change, ...]
    new: tuple[Change, ...]
    gone: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return (*self.moved, *self.gone, *self.new)


def compare_pairs(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Comparison:
    """`before` and `after` hold pairs with mentor, mentee and score; standing ones too."""
    then, now = _by_mentee(before), _by_mentee(after)
    kept = 0
    moved, new, gone = [], [], []
    for mentee in sorted({*then, *now}, key=_in_order):
        had, has = then.get(mentee, {}), now.get(mentee, {})
        kept += len(had.keys() & has.keys())
        change = Change(mentee, _without(had, has), _without(has, had))
        if change.before and change.after:
            moved.append(change)
        elif change.before:
            gone.append(change)
        elif change.after:
            new.append(change)
    return Comparison(kept, tuple(moved), tuple(new), tuple(gone))


def _by_mentee(pairs: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for pair in pairs:
        found.setdefault(pair["mentee"], {})[pair["mentor"]] = pair["score"]
    return found


def _without(ones: dict[str, int], others: dict[str, int]) -> tuple[Partner, ...]:
    return tuple((mentor, score) for mentor, score in ones.items() if mentor not in others)


def _in_order(key: str) -> tuple[int, str]:
    """Ids are numbers written out; 9 comes before 10."""
    return len(key), key
