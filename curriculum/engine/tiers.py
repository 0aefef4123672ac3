"""The exact optimum of a task, tier by tier, where the search over facts would take too long.

First the most value that fits, then the fewest minutes for it, then the rest of a cost (see
`task`): kept tracks and shared interests, and last the editors' order. Each tier is a question of
its own for `branching`, with all tiers before it as limits; the prices found for one are where the
next one starts, scaled so that breaking an earlier tier costs more than the later one can save.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from .branching import Branching
from .prices import Prices
from .relaxation import FRACTION
from .settling import Aim, Row, row
from .support import Support, numbers
from .task import Task


def best_by_tiers(task: Task) -> int | None:
    """The cost of the one best set of moves of a pruned task, as `search.cheapest_best`."""
    return _Tiers(task).run()


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

    def run(self) -> int | None:
        self._most_value()
        if self._best is None:
            return None
        self._least(self._minutes)
        count = len(self._task.ranked)
        saved = [
            cost - (minutes << self._task.width)
            for cost, minutes in zip(self._costs, self._minutes, strict=True)
        ]
        # A saving is -(pleasure << count | place), whole and below 0; forced moves save nothing.
        pleasure = [-(-saving >> count) for saving in saved]
        self._least(pleasure)
        self._least([s + (-p << count) for s, p in zip(saved, pleasure, strict=True)])
        return sum(self._costs[n] for n in numbers(self._best))

    def _most_value(self) -> None:
        task = self._task
        step = gcd(*(worth for ladder in task.ladders for worth in ladder.worth)) or 1
        aim = Aim(row(self._minutes, task.minutes), self._limits, 0, True, step)
        self._answer(aim)
        if self._best is not None:
            facts, _ = self._support.walked(0, self._best)
            self._value = self._support.value(facts)

    def _least(self, takes: Sequence[int]) -> None:
        """Make the best plan one that takes least, and keep to that from now on."""
        assert self._best is not None
        taken = sum(takes[n] for n in numbers(self._best))
        step = gcd(*takes)
        if step:
            if len(self._limits) > len(self._prices.limits):
                factor = sum(map(abs, takes)) + 1
                self._prices = self._prices.times(factor)
                self._prices.limits.append(factor << FRACTION)
            aim = Aim(row(takes, taken - step), self._limits, self._value, False, step)
            self._answer(aim)
            taken = sum(takes[n] for n in numbers(self._best))
            self._limits = (*self._limits, row(takes, taken))

    def _answer(self, aim: Aim) -> None:
        branching = Branching(self._support, aim, self._prices)
        better = branching.run()
        self._prices = branching.prices
        if better is not None:
            self._best = better
