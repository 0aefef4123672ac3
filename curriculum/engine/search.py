"""The exact optimum of a task, by best-first search (A*) over what has come to hold.

A state is the set of facts that matter; a set of tracks that leads to the same facts at a higher
cost (and in no fewer sessions) can never win, whatever comes after, because facts are never lost
and costs only add up. States are taken in the order of their bound, highest value first, then
least cost; the search ends when the best plan found is as good as the best bound left, which is
the proof that nothing beats it. The bound is in `bounds`; what need not be searched, in `pruning`.
"""

from __future__ import annotations

from heapq import heappop, heappush

from .bounds import Bounds
from .pruning import pruned
from .task import Task, settle

Label = tuple[int, int]
"""Cost and sessions with which a state was reached."""


def cheapest_best(task: Task) -> int | None:
    """The cost of the one best set of moves (it names the set). None: no set does what must be
    done within the budget."""
    return _Search(pruned(task)).run()


class _Search:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._bounds = Bounds(task)
        self._room = task.minutes << task.width
        self._needed = 0
        self._worth: list[tuple[int, int]] = []
        for ladder in task.ladders:
            for rung in ladder.rungs[: ladder.floor]:
                self._needed |= rung
            self._worth += [
                (rung, worth)
                for rung, worth in zip(ladder.rungs, ladder.worth, strict=True)
                if worth
            ]
        self._labels: dict[int, list[Label]] = {}
        self._open: list[tuple[int, int, int, int, int, int]] = []
        self._best: tuple[int, int] | None = None
        self._turn = 0

    def run(self) -> int | None:
        self._reach(self._task.start, 0, 0)
        while self._open:
            debt, bound, _, facts, cost, sessions = heappop(self._open)
            if self._best is not None and (debt, bound) >= self._best:
                break
            if (cost, sessions) in self._labels[facts]:
                self._expand(facts, cost, sessions)
        return None if self._best is None else self._best[1]

    def _expand(self, facts: int, cost: int, sessions: int) -> None:
        room = self._room - cost
        left = self._task.sessions
        if left is not None:
            left -= sessions
        forced = self._task.forced
        for needs, gives, price, takes in self._task.moves:
            if needs & ~facts or not gives & ~facts or price > room:
                continue
            if left is not None and takes > left:
                continue
            after = facts | gives
            if forced:
                after = settle(after, forced)[0]
            self._reach(after, cost + price, sessions + takes)

    def _reach(self, facts: int, cost: int, sessions: int) -> None:
        """Keep a state if it is new or reached better, and can still lead to the best plan."""
        if not self._improves(facts, cost, sessions):
            return
        ahead = self._bounds.ahead(facts, cost, sessions)
        if ahead is None:
            return
        value = sum(worth for rung, worth in self._worth if facts & rung)
        if not self._needed & ~facts and (self._best is None or (-value, cost) < self._best):
            self._best = (-value, cost)
        gain, more = ahead
        bound = (-value - gain, cost + more)
        if self._best is None or bound < self._best:
            # Among equals the newest first: it is the nearest to a whole plan.
            self._turn -= 1
            heappush(self._open, (*bound, self._turn, facts, cost, sessions))

    def _improves(self, facts: int, cost: int, sessions: int) -> bool:
        labels = self._labels.get(facts)
        if labels is None:
            self._labels[facts] = [(cost, sessions)]
            return True
        counted = self._task.sessions is not None
        if any(c <= cost and (not counted or s <= sessions) for c, s in labels):
            return False
        labels[:] = [(c, s) for c, s in labels if c < cost or (counted and s < sessions)]
        labels.append((cost, sessions))
        return True
