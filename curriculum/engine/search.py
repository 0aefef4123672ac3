"""The exact optimum of a task, by best-first search (A*) over what has come to hold.

A state is the set of facts that matter; a set of tracks that leads to the same facts at a higher
cost (and in no fewer sessions) can never win, whatever comes after, because facts are never lost
and costs only add up. States are taken in the order of their bound, highest value first, then
least cost; the search ends when the best plan found is as good as the best bound left, which is
the proof that nothing beats it. The optimum is one single set (see `task`), so neither the bounds
nor the order of the search can change the answer, only the time it takes.

Most questions are answered within some hundred states. Where many moves only prepare for others,
states are as many as their subsets, for the quick bound sees none of them: there the search of
`tiers` is far quicker, which starts from dearer bounds and decides moves, not facts. Where much
gains much the same it is the other way round. So the two take turns, each longer than the last.
"""

from __future__ import annotations

from heapq import heappop, heappush

from .ladders import quick_bounds
from .landmarks import sharp_bounds
from .pruning import pruned
from .task import Task, settle
from .tiers import Steps, best_by_tiers

STATES = 1000
"""How many states are looked at in the first turn."""

TURN = 1000
"""How many nodes the other search looks at in its first turn."""

LONGER = (6, 16)
"""The next turns of both, in turns of the other search before; a node is dearer than a state."""

Key = tuple[int, int]
"""Value and cost of a plan, or a bound on them: (−value, cost). The smaller the better."""

State = tuple[int, int, int]
"""Facts that hold, with the cost and the sessions it took."""


def cheapest_best(task: Task) -> int | None:
    """The cost of the one best set of moves (it names the set). None: no set does what must be
    done within the budget."""
    task = pruned(task)
    over_facts, over_moves = _Search(task).steps(), best_by_tiers(task)
    facts_turn, moves_turn = STATES, TURN
    while True:
        for steps, turn in ((over_facts, facts_turn), (over_moves, moves_turn)):
            try:
                for _ in range(turn):
                    next(steps)
            except StopIteration as ended:
                cost: int | None = ended.value
                return cost
        facts_turn, moves_turn = (times * moves_turn for times in LONGER)


class _Search:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._quick = quick_bounds(task)
        self._sharp = sharp_bounds(task) if _worth_a_closer_look(task) else None
        self._room = task.minutes << task.width
        self._needed = sum(sum(ladder.rungs[: ladder.floor]) for ladder in task.ladders)
        self._worth = [
            (rung, worth)
            for ladder in task.ladders
            for rung, worth in zip(ladder.rungs, ladder.worth, strict=True)
            if worth
        ]
        self._labels: dict[int, list[tuple[int, int]]] = {}
        self._open: list[tuple[Key, int, State, bool]] = []
        self._best: Key | None = None
        self._turn = 0

    def steps(self) -> Steps:
        """The search, a state a step. It returns what `cheapest_best` does."""
        self._reach((self._task.start, 0, 0), None)
        while self._open:
            key, _, state, looked_closely = heappop(self._open)
            if self._best is not None and key >= self._best:
                break
            if state[1:] not in self._labels[state[0]]:
                continue
            if self._sharp is not None and not looked_closely:
                closer = self._key(state, self._sharp.ahead(*state))
                if closer is None or closer > key:
                    self._put(closer, state, looked_closely=True)
                    yield
                    continue
            self._expand(state, key)
            yield
        return None if self._best is None else self._best[1]

    def _expand(self, state: State, key: Key) -> None:
        facts, cost, sessions = state
        room = self._room - cost
        limit = self._task.sessions
        forced = self._task.forced
        for needs, gives, price, takes in self._task.moves:
            if needs & ~facts or not gives & ~facts or price > room:
                continue
            if limit is not None and sessions + takes > limit:
                continue
            after = facts | gives
            if forced:
                after = settle(after, forced)[0]
            self._reach((after, cost + price, sessions + takes), key)

    def _reach(self, state: State, parent: Key | None) -> None:
        """Keep a state if it is new or reached better, and can still lead to the best plan."""
        if not self._improves(*state):
            return
        key = self._key(state, self._quick.ahead(*state))
        if key is None:
            return
        facts, cost, _ = state
        if not self._needed & ~facts:
            found = (-self._value(facts), cost)
            if self._best is None or found < self._best:
                self._best = found
        self._put(key if parent is None else max(key, parent), state, looked_closely=False)

    def _put(self, key: Key | None, state: State, *, looked_closely: bool) -> None:
        if key is not None and (self._best is None or key < self._best):
            # Among equals the newest first: it is the nearest to a whole plan.
            self._turn -= 1
            heappush(self._open, (key, self._turn, state, looked_closely))

    def _key(self, state: State, ahead: tuple[int, int] | None) -> Key | None:
        """The bound on all plans that go on from a state. None: there is none."""
        if ahead is None:
            return None
        return -self._value(state[0]) - ahead[0], state[1] + ahead[1]

    def _value(self, facts: int) -> int:
        return sum(worth for rung, worth in self._worth if facts & rung)

    def _improves(self, facts: int, cost: int, sessions: int) -> bool:
        labels = self._labels.get(facts)
        if labels is None:
            self._labels[facts] = [(cost, sessions)]
            return True
        if self._task.sessions is None:
            if labels[0][0] <= cost:
                return False
            labels[0] = (cost, sessions)
            return True
        for known, taken in labels:
            if known <= cost and taken <= sessions:
                return False
        labels[:] = [known for known in labels if known[0] < cost or known[1] < sessions]
        labels.append((cost, sessions))
        return True


def _worth_a_closer_look(task: Task) -> bool:
    """Do the rungs hang on each other, so that chains of support can be charged to them?"""
    return len(task.ladders) == 1 or not any(any(ladder.worth) for ladder in task.ladders)
