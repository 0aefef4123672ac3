"""Two matches of the same people held side by side."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.engine.pairing import solve_valid
from matching.engine.problem import OBJECTIVES, Problem
from matching.engine.result import Pair, Result

Ids = tuple[str, str]
MENTOR, MENTEE = "mentor", "mentee"
FAIR = OBJECTIVES[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on one side; who stands on both has an entry on each."""

    id: str
    side: str

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "side": self.side}


@dataclass(frozen=True, slots=True)
class Tie:
    """A partner, and what the two are worth together in thousandths of a point."""

    partner: str
    score: int

    def as_json(self) -> dict[str, Any]:
        return {"partner": self.partner, "score": self.score}


@dataclass(frozen=True, slots=True)
class Moved:
    """Whose partners differ: those they have before only, and those they have after only."""

    id: str
    side: str
    before: tuple[Tie, ...]
    after: tuple[Tie, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "side": self.side,
            "before": [tie.as_json() for tie in self.before],
            "after": [tie.as_json() for tie in self.after],
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the objective asks about; `worst` is None without pairs."""

    count: int
    worst: int | None
    total: int

    def aims(self, objective: str) -> tuple[int, ...]:
        """The figures in the order of the objective; the higher the better."""
        if (objective or FAIR) == FAIR:
            return (self.count, self.worst or 0, self.total)
        return (self.count, self.total)

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "worst": self.worst, "total": self.total}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One match, then the other. Pairs that are locked in the first count in neither outcome.

    `order` is 1 if the second is better by the objective, -1 if it is worse, else 0. `left` lose
    every partner they had, `placed` had none, `moved` are all others whose partners differ.
    """

    before: Outcome
    after: Outcome
    order: int
    left: tuple[Moved, ...]
    placed: tuple[Moved, ...]
    moved: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "before": self.before.as_json(),
            "after": self.after.as_json(),
            "order": self.order,
            "left": [one.as_json() for one in self.left],
            "placed": [one.as_json() for one in self.placed],
            "moved": [one.as_json() for one in self.moved],
        }


def compare(problem: Problem, changed: Problem, result: Result | None = None) -> Comparison:
    """The match of a problem beside that of a changed one; `result` is the first's, if at hand.

    Expects problems that `validate` finds nothing wrong with. Solves once, or twice without
    `result`.
    """
    first = solve_valid(problem) if result is None else result
    return compare_results(problem, first, solve_valid(changed))


def compare_results(problem: Problem, first: Result, second: Result) -> Comparison:
    """Two results side by side, of which the first is that of `problem`."""
    locked = set(problem.locked)
    before, after = (outcome_of(result.pairs, locked) for result in (first, second))
    aims = [outcome.aims(problem.objective) for outcome in (before, after)]
    had, has = ties_of(first.pairs), ties_of(second.pairs)
    differing = [
        _moved(entry, had.get(entry, {}), has.get(entry, {}))
        for entry in sorted({*had, *has}, key=lambda entry: (entry.side != MENTOR, entry.id))
        if had.get(entry, {}).keys() != has.get(entry, {}).keys()
    ]
    by_fate: dict[str, list[Moved]] = {"left": [], "placed": [], "moved": []}
    for one in differing:
        entry = Entry(one.id, one.side)
        fate = "placed" if entry not in had else "left" if entry not in has else "moved"
        by_fate[fate].append(one)
    return Comparison(
        before=before,
        after=after,
        order=(aims[1] > aims[0]) - (aims[1] < aims[0]),
        **{fate: tuple(people) for fate, people in by_fate.items()},
    )


def outcome_of(pairs: Iterable[Pair], left_out: Collection[Ids]) -> Outcome:
    """The figures of these pairs without those `left_out`, whether they are locked or not."""
    scores = [pair.score for pair in pairs if (pair.mentor, pair.mentee) not in left_out]
    return Outcome(len(scores), min(scores, default=None), sum(scores))


def ties_of(pairs: Iterable[Pair]) -> dict[Entry, dict[str, int]]:
    """The score with each partner, for everybody who has one."""
    found: dict[Entry, dict[str, int]] = defaultdict(dict)
    for pair in pairs:
        found[Entry(pair.mentor, MENTOR)][pair.mentee] = pair.score
        found[Entry(pair.mentee, MENTEE)][pair.mentor] = pair.score
    return dict(found)


def ties(partners: Mapping[str, int]) -> tuple[Tie, ...]:
    return tuple(Tie(partner, score) for partner, score in sorted(partners.items()))


def _moved(entry: Entry, had: Mapping[str, int], has: Mapping[str, int]) -> Moved:
    return Moved(
        id=entry.id,
        side=entry.side,
        before=ties({partner: score for partner, score in had.items() if partner not in has}),
        after=ties({partner: score for partner, score in has.items() if partner not in had}),
    )
