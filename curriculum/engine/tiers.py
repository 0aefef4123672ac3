"""The exact optimum of a task, tier by tier, where the search over facts would take too long.

First the most value that fits, then the fewest minutes for it, then the rest of a cost (see
`task`): kept tracks, shared interests, and last the editors' order. Each tier is a question of
its own for `branching`, with all tiers before it as limits; the prices found for one are where the
next one starts, in its own units. A plan that is best so far has no superset that is as good, for
a track takes a minute at least: so the search may stop at the first plan on each way down.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from math import gcd

from .branching import Branching
from .prices import Prices
from .relaxation import FRACTION
from .settling import Aim, Row, row
from .support import Support, numbers
from .task import Task

Steps = Generator[None, None, int | None]


def best_by_tiers(task: Task) -> Steps:
    """The search for the one best set of moves of a pruned task, a node a step. It returns the
    cost of the set, or None, as `search.cheapest_best`. Nothing is built before the first step."""
    return (yield from _Tiers(task).steps())


WEIGHT = 12
"""How much dearer than the tier in question, on average, breaking the one before it starts."""


class _Tiers:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._support = Support(task)
        moves = (*task.moves, *task.forced)
        self._costs = [move.cost for move in moves]
        self._limits: tuple[Row, ...] = ()
        self._best: int | None = None
        self._value = 0
        self._minutes = [-(-cost >> task.width) for cost in self._costs]
        self._prices = Prices([0] * self._support.links, 0, [])
        if task.sessions is not None:
            self._limits = (row([move.sessions for move in moves], task.sessions),)
            self._prices.limits.append((task.minutes << FRACTION) // max(task.sessions, 1))

    def steps(self) -> Steps:
        yield from self._most_value()
        if self._best is None:
            return None
        for takes in self._by_tier():
            yield from self._least(takes)
        return sum(self._costs[n] for n in numbers(self._best))

    def _by_tier(self) -> list[list[int]]:
        """The parts of the costs: minutes, and what kept, shared and early tracks take off."""
        task = self._task
        count = len(task.ranked)
        gains = [
            (minutes << task.width) - cost
            for cost, minutes in zip(self._costs, self._minutes, strict=True)
        ]
        liked = [gain >> count for gain in gains]
        return [
            self._minutes,
            [-(gain // task.scale) for gain in liked],
            [-(gain % task.scale) for gain in liked],
            [-(gain & ((1 << count) - 1)) for gain in gains],
        ]

    def _most_value(self) -> Generator[None, None, None]:
        task = self._task
        step = gcd(*(worth for ladder in task.ladders for worth in ladder.worth)) or 1
        aim = Aim(row(self._minutes, task.minutes), self._limits, 0, True, step)
        yield from self._answer(aim)
        if self._best is not None:
            facts, _ = self._support.walked(0, self._best)
            self._value = self._support.value(facts)

    def _least(self, takes: Sequence[int]) -> Generator[None, None, None]:
        """Make the best plan one that takes least, and keep to that from now on."""
        assert self._best is not None
        taken = sum(takes[n] for n in numbers(self._best))
        step = gcd(*takes)
        if step:
            if len(self._limits) > len(self._prices.limits):
                now = WEIGHT * sum(map(abs, takes))
                before = sum(map(abs, self._limits[-1].takes))
                self._prices = self._prices.times(now, before)
                self._prices.limits.append((now << FRACTION) // before)
            aim = Aim(row(takes, taken - step), self._limits, self._value, False, step)
            yield from self._answer(aim)
            taken = sum(takes[n] for n in numbers(self._best))
            self._limits = (*self._limits, row(takes, taken))

    def _answer(self, aim: Aim) -> Generator[None, None, None]:
        branching = Branching(self._support, aim, self._prices)
        better = yield from branching.steps()
        self._prices = branching.prices
        if better is not None:
            self._best = better
