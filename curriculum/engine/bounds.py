"""How much value can still be gained, and at what cost at least.

The bound looks at each ladder by itself: a move's cost is split evenly among the ladders it climbs,
and what it needs elsewhere is ignored. Then the cheapest way up one ladder, from each rung to each,
is a small table; ladders together are a knapsack, one number of rungs from each. Splits add up to
no more than the cost, so no plan is cheaper than its bound. Frontiers are kept by the rungs held,
and shared between states whose later ladders agree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .task import Ladder, Task

_SESSION = 5040
"""Parts of a session, so that one splits evenly among up to ten ladders."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Gains that can't be ruled out, rising, each with the least it can cost, rising too. None at
    all: what must be reached is out of reach."""

    gains: list[int]
    costs: list[int]


_NOTHING_LEFT = Frontier([0], [0])


@dataclass(frozen=True, slots=True)
class _Climb:
    """One move on one ladder: from `foot` rungs held (or more) up to `head`, for `cost`."""

    foot: int
    head: int
    cost: int


class LadderBounds:
    """Bounds of one resource (cost, or sessions) over all ladders."""

    def __init__(
        self,
        ladders: Sequence[Ladder],
        climbs: Sequence[Sequence[_Climb]],
        limit: int,
    ) -> None:
        self._ladders = ladders
        self._climbs = climbs
        self._limit = limit
        self._masks = [_mask(ladder) for ladder in ladders]
        self._tails = [0] * (len(ladders) + 1)
        for n in reversed(range(len(ladders))):
            self._tails[n] = self._tails[n + 1] | self._masks[n]
        self._frontiers: list[dict[int, Frontier]] = [{} for _ in ladders]
        self._options: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def frontier(self, facts: int, first: int = 0) -> Frontier:
        """Over the ladders from the `first` on."""
        if first == len(self._ladders):
            return _NOTHING_LEFT
        key = facts & self._tails[first]
        known = self._frontiers[first].get(key)
        if known is None:
            held = (facts & self._masks[first]).bit_count()
            known = self._combined(
                self._climb_options(first, held), self.frontier(facts, first + 1)
            )
            self._frontiers[first][key] = known
        return known

    def _combined(self, options: Sequence[tuple[int, int]], rest: Frontier) -> Frontier:
        cheapest: dict[int, int] = {}
        limit = self._limit
        for gain, cost in options:
            for more, extra in zip(rest.gains, rest.costs, strict=True):
                total = cost + extra
                if total > limit:
                    break
                known = cheapest.get(gain + more)
                if known is None or total < known:
                    cheapest[gain + more] = total
        gains: list[int] = []
        costs: list[int] = []
        for gain in sorted(cheapest, reverse=True):
            if not costs or cheapest[gain] < costs[-1]:
                gains.append(gain)
                costs.append(cheapest[gain])
        gains.reverse()
        costs.reverse()
        return Frontier(gains, costs)

    def _climb_options(self, number: int, held: int) -> list[tuple[int, int]]:
        """(gain, least cost) of ending on each rung of a ladder, from `held` rungs."""
        known = self._options.get((number, held))
        if known is not None:
            return known
        ladder = self._ladders[number]
        least: list[int | None] = [0] * (held + 1)
        for rung in range(held + 1, len(ladder.rungs) + 1):
            best: int | None = None
            for climb in self._climbs[number]:
                if climb.foot < rung <= climb.head:
                    below = least[climb.foot]
                    if below is not None and (best is None or below + climb.cost < best):
                        best = below + climb.cost
            least.append(best)
        options = []
        gain = 0
        for rung in range(held, len(least)):
            if rung > held:
                gain += ladder.worth[rung - 1]
            cost = least[rung]
            if rung >= ladder.floor and cost is not None:
                options.append((gain, cost))
        self._options[number, held] = options
        return options


class Bounds:
    """Bounds of a task under both budgets."""

    def __init__(self, task: Task) -> None:
        self._room = task.minutes << task.width
        self._cost = LadderBounds(task.ladders, _climbs(task, by_sessions=False), self._room)
        self._sessions: LadderBounds | None = None
        if task.sessions is not None:
            self._sessions = LadderBounds(
                task.ladders, _climbs(task, by_sessions=True), task.sessions * _SESSION
            )
            self._session_room = task.sessions * _SESSION

    def ahead(self, facts: int, cost: int, sessions: int) -> tuple[int, int] | None:
        """(gain, cost): no plan that goes on from here gains more, nor gains as much for less.
        None: no plan does what must be done."""
        frontier = self._cost.frontier(facts)
        last = bisect_right(frontier.costs, self._room - cost) - 1
        if last < 0:
            return None
        if self._sessions is None:
            return frontier.gains[last], frontier.costs[last]
        other = self._sessions.frontier(facts)
        end = bisect_right(other.costs, self._session_room - sessions * _SESSION) - 1
        if end < 0:
            return None
        gain = frontier.gains[last]
        if other.gains[end] >= gain:
            return gain, frontier.costs[last]
        gain = other.gains[end]
        return gain, frontier.costs[bisect_left(frontier.gains, gain)]


def _mask(ladder: Ladder) -> int:
    mask = 0
    for rung in ladder.rungs:
        mask |= rung
    return mask


def _climbs(task: Task, *, by_sessions: bool) -> list[list[_Climb]]:
    masks = [_mask(ladder) for ladder in task.ladders]
    climbs: list[list[_Climb]] = [[] for _ in masks]
    for move in (*task.moves, *task.forced):
        climbed = [n for n, mask in enumerate(masks) if move.gives & mask]
        whole = move.sessions * _SESSION if by_sessions else move.cost
        for n in climbed:
            rungs = task.ladders[n].rungs
            foot = max((k + 1 for k, rung in enumerate(rungs) if move.needs & rung), default=0)
            head = (move.gives & masks[n]).bit_count()
            climbs[n].append(_Climb(foot, head, whole // len(climbed)))
    return climbs
