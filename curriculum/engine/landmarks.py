"""A sharper, dearer bound than that of `ladders`: it sees what a move needs, wherever that is.

A landmark of a fact is a set of moves of which every plan that reaches the fact makes one. Each
landmark found charges the price of its cheapest move, and takes that much off the price of all its
moves; so prices are never charged twice, and charges add up to no more than any plan costs. This
is the idea of the LM-cut heuristic (Helmert and Domshlak, "Landmarks, critical paths and
abstractions: what's the difference anyway?", 2009), with the cut found by plain closure.

It pays where rungs must be reached, for then whole chains of support are charged at once; it does
not where most rungs may be forgone, for what several of them share is charged to the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .bounds import NOTHING_LEFT, SESSION, Bounds, Frontier, combined
from .task import Ladder, Move, Task


def sharp_bounds(task: Task) -> Bounds:
    moves = (*task.moves, *task.forced)
    prices = [move.cost for move in moves]
    of_cost = LandmarkBounds(task.ladders, moves, prices, task.minutes << task.width)
    if task.sessions is None:
        return Bounds(task, of_cost.frontier, None)
    parts = [move.sessions * SESSION for move in moves]
    of_sessions = LandmarkBounds(task.ladders, moves, parts, task.sessions * SESSION)
    return Bounds(task, of_cost.frontier, of_sessions.frontier)


class LandmarkBounds:
    """Bounds of one resource: what the moves take of it, and the `limit` of it in all."""

    def __init__(
        self, ladders: Sequence[Ladder], moves: Sequence[Move], prices: Sequence[int], limit: int
    ) -> None:
        self._ladders = ladders
        self._moves = [(move.needs, move.gives) for move in moves]
        self._prices = prices
        self._limit = limit
        self._givers: dict[int, list[int]] = {}
        for n, move in enumerate(moves):
            for fact in _each(move.gives):
                self._givers.setdefault(fact, []).append(n)
        self._remote = self._distances()
        self._known: dict[int, Frontier] = {}

    def frontier(self, facts: int) -> Frontier:
        known = self._known.get(facts)
        if known is None:
            known = self._known[facts] = self._charged(facts)
        return known

    def _charged(self, facts: int) -> Frontier:
        account = _Account(self._moves, self._givers, self._remote, list(self._prices), facts)
        rest = NOTHING_LEFT
        for ladder in self._ladders:
            rest = combined(self._options(ladder, facts, account), rest, self._limit)
        return rest

    def _options(self, ladder: Ladder, facts: int, account: _Account) -> list[tuple[int, int]]:
        """(gain, charge) of ending on each rung from the one held."""
        gain = charge = 0
        options = []
        held = sum(1 for rung in ladder.rungs if facts & rung)
        if held >= ladder.floor:
            options.append((0, 0))
        for number in range(held, len(ladder.rungs)):
            more = account.charge(ladder.rungs[number])
            if more is None:
                break
            charge += more
            gain += ladder.worth[number]
            if number + 1 >= ladder.floor:
                options.append((gain, charge))
        return options

    def _distances(self) -> dict[int, int]:
        """Of each fact, the price of the dearest chain of moves that leads to it (h-max)."""
        distances: dict[int, int] = {}
        changed = True
        while changed:
            changed = False
            for (needs, gives), price in zip(self._moves, self._prices, strict=True):
                reached = [distances.get(fact, -1) for fact in _each(needs)]
                if -1 in reached:
                    continue
                distance = max(reached, default=0) + price
                for fact in _each(gives):
                    if distance < distances.get(fact, distance + 1):
                        distances[fact] = distance
                        changed = True
        return distances


class _Account:
    """Prices as they stand in one state after the charges so far."""

    def __init__(
        self,
        moves: Sequence[tuple[int, int]],
        givers: dict[int, list[int]],
        remote: dict[int, int],
        left: list[int],
        facts: int,
    ) -> None:
        self._moves = moves
        self._givers = givers
        self._remote = remote
        self._left = left
        self._gratis = [n for n, price in enumerate(left) if not price]
        self._free = facts
        self._spread()

    def charge(self, fact: int) -> int | None:
        """What reaching `fact` takes on top of all charged before. None: it can't be reached."""
        total = 0
        while not self._free & fact:
            cut = self._landmark(fact)
            if not cut:
                return None
            least = min(self._left[n] for n in cut)
            total += least
            for n in cut:
                self._left[n] -= least
                if not self._left[n]:
                    self._gratis.append(n)
            self._spread()
        return total

    def _spread(self) -> None:
        """Let everything hold that costs nothing more."""
        free = self._free
        before = -1
        while free != before:
            before = free
            for n in self._gratis:
                needs, gives = self._moves[n]
                if not needs & ~free:
                    free |= gives
        self._free = free

    def _landmark(self, fact: int) -> list[int]:
        """Moves one of which comes first, in any plan, to give a fact of the zone: `fact` itself,
        and for each gratis move into the zone one fact it still needs. A move that needs a fact of
        the zone can't come first."""
        zone = fact
        waiting = [fact]
        cut = []
        seen = set()
        while waiting:
            for n in self._givers.get(waiting.pop(), ()):
                if n in seen:
                    continue
                seen.add(n)
                if self._left[n]:
                    cut.append(n)
                    continue
                lacking = self._moves[n][0] & ~self._free
                if not lacking & zone:
                    chosen = max(_each(lacking), key=lambda need: self._remote.get(need, 0))
                    zone |= chosen
                    waiting.append(chosen)
        return [n for n in cut if not self._moves[n][0] & zone]


def _each(facts: int) -> Iterator[int]:
    while facts:
        fact = facts & -facts
        yield fact
        facts ^= fact
