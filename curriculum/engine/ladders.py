"""A quick bound: each ladder by itself.

A move's price is split evenly among the ladders it climbs, and what it needs elsewhere is ignored.
Then the cheapest way up one ladder, from each rung to each, is a small table, and the ladders
together are a knapsack: one number of rungs from each. The parts of a price add up to no more than
the whole, so no plan takes less than its bound. Frontiers are kept by the rungs held, and shared
between states that agree on the later ladders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bounds import NOTHING_LEFT, SESSION, Bounds, Frontier, combined
from .task import Ladder, Move, Task


def quick_bounds(task: Task) -> Bounds:
    moves = (*task.moves, *task.forced)
    prices = [move.cost for move in moves]
    of_cost = LadderBounds(task.ladders, moves, prices, task.minutes << task.width)
    if task.sessions is None:
        return Bounds(task, of_cost.frontier, None)
    parts = [move.sessions * SESSION for move in moves]
    of_sessions = LadderBounds(task.ladders, moves, parts, task.sessions * SESSION)
    return Bounds(task, of_cost.frontier, of_sessions.frontier)


@dataclass(frozen=True, slots=True)
class _Climb:
    """One move on one ladder: from `foot` rungs held (or more) up to `head`."""

    foot: int
    head: int
    price: int


class LadderBounds:
    """Bounds of one resource: what the moves take of it, and the `limit` of it in all."""

    def __init__(
        self, ladders: Sequence[Ladder], moves: Sequence[Move], prices: Sequence[int], limit: int
    ) -> None:
        self._ladders = ladders
        self._limit = limit
        self._masks = [sum(ladder.rungs) for ladder in ladders]
        self._climbs = self._split(moves, prices)
        self._tails = [0] * (len(ladders) + 1)
        for n in reversed(range(len(ladders))):
            self._tails[n] = self._tails[n + 1] | self._masks[n]
        self._frontiers: list[dict[int, Frontier]] = [{} for _ in ladders]
        self._options: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def frontier(self, facts: int, first: int = 0) -> Frontier:
        """Over the ladders from the `first` on."""
        if first == len(self._ladders):
            return NOTHING_LEFT
        key = facts & self._tails[first]
        known = self._frontiers[first].get(key)
        if known is None:
            held = (facts & self._masks[first]).bit_count()
            known = combined(
                self._ways_up(first, held), self.frontier(facts, first + 1), self._limit
            )
            self._frontiers[first][key] = known
        return known

    def _split(self, moves: Sequence[Move], prices: Sequence[int]) -> list[list[_Climb]]:
        climbs: list[list[_Climb]] = [[] for _ in self._ladders]
        for move, price in zip(moves, prices, strict=True):
            climbed = [n for n, mask in enumerate(self._masks) if move.gives & mask]
            for n in climbed:
                rungs = self._ladders[n].rungs
                foot = max((k + 1 for k, rung in enumerate(rungs) if move.needs & rung), default=0)
                head = (move.gives & self._masks[n]).bit_count()
                climbs[n].append(_Climb(foot, head, price // len(climbed)))
        return climbs

    def _ways_up(self, number: int, held: int) -> list[tuple[int, int]]:
        """(gain, least price) of ending on each rung of a ladder, from `held` rungs."""
        known = self._options.get((number, held))
        if known is not None:
            return known
        ladder = self._ladders[number]
        least: list[int | None] = [0] * (held + 1)
        for rung in range(held + 1, len(ladder.rungs) + 1):
            prices = [
                below + climb.price
                for climb in self._climbs[number]
                if climb.foot < rung <= climb.head and (below := least[climb.foot]) is not None
            ]
            least.append(min(prices, default=None))
        options = []
        gain = 0
        for rung in range(held, len(least)):
            if rung > held:
                gain += ladder.worth[rung - 1]
            price = least[rung]
            if rung >= ladder.floor and price is not None:
                options.append((gain, price))
        self._options[number, held] = options
        return options
