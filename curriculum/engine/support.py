"""What hangs on what in a task: the ground that the relaxation of `relaxation` stands on.

Every fact that some move needs or some goal wants becomes a rung: the rungs of a ladder together,
any other fact as a ladder of one rung, worth nothing. Two kinds of link tie moves and rungs: a
move may *climb* a ladder, and it *waits* for each fact that it needs. All needs are links alike,
whether they lift a goal or only prepare.

A fact is sure wherever another holds if every move that gives the other needs or gives it too
(the fact landmarks of Keyder, Richter and Helmert, "Sound and complete landmarks for and/or
graphs", 2010, without their search for the rest). A move never counts as a giver of what is sure
where it is ready: so nothing is taken for its own support.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .task import Ladder, Move, Task


class Climb(NamedTuple):
    """A move on one ladder: from `foot` rungs held (or more) up to `head`."""

    link: int
    ladder: int
    foot: int
    head: int


class Wait(NamedTuple):
    """A move's need of one fact, by the number of its rung."""

    link: int
    rung: int
    fact: int


class Support:
    """The moves of a task, the forced ones last, with their links."""

    def __init__(self, task: Task) -> None:
        moves = (*task.moves, *task.forced)
        sure = _sure_facts(moves)
        self.task = task
        self.free = (1 << len(task.moves)) - 1
        self.forced = ((1 << len(moves)) - 1) & ~self.free
        self.needs = [move.needs for move in moves]
        self.sure = [_joined(sure, move.needs) for move in moves]
        self.gives = [move.gives & ~held for move, held in zip(moves, self.sure, strict=True)]
        self.wanted = sum(sum(ladder.rungs) for ladder in task.ladders)
        self.required = sum(sum(ladder.rungs[: ladder.floor]) for ladder in task.ladders)
        others = [fact for fact in sure if not fact & self.wanted]
        self.ladders = (*task.ladders, *(Ladder((fact,), (0,), 0) for fact in others))
        self.rungs: dict[int, int] = {}
        for ladder in self.ladders:
            for fact in ladder.rungs:
                self.rungs[fact] = len(self.rungs)
        self._worths = [
            (fact, worth)
            for ladder in task.ladders
            for fact, worth in zip(ladder.rungs, ladder.worth, strict=True)
            if worth
        ]
        self.givers = {
            fact: sum(1 << n for n, gives in enumerate(self.gives) if gives & fact)
            for fact in self.rungs
        }
        self.links = 0
        self.climbs = [self._climbs(n) for n in range(len(moves))]
        self.waits = [self._waits(n) for n in range(len(moves))]

    def _climbs(self, number: int) -> list[Climb]:
        climbs = []
        for n, ladder in enumerate(self.ladders):
            head = _highest(ladder, self.gives[number])
            if head:
                climbs.append(Climb(self.links, n, _highest(ladder, self.sure[number]), head))
                self.links += 1
        return climbs

    def _waits(self, number: int) -> list[Wait]:
        waits = []
        for fact in each(self.needs[number]):
            waits.append(Wait(self.links, self.rungs[fact], fact))
            self.links += 1
        return waits

    def value(self, facts: int) -> int:
        return sum(worth for fact, worth in self._worths if facts & fact)

    def walked(self, facts: int, moves: int) -> tuple[int, int]:
        """What holds once all of these moves that can be made have been, and those that can't."""
        waiting = list(numbers(moves))
        while True:
            blocked = []
            for n in waiting:
                if self.needs[n] & ~facts:
                    blocked.append(n)
                else:
                    facts |= self.gives[n]
            if len(blocked) == len(waiting):
                return facts, sum(1 << n for n in blocked)
            waiting = blocked


def _sure_facts(moves: Sequence[Move]) -> dict[int, int]:
    """Of each fact, all that holds wherever it does, itself among them."""
    every = 0
    for move in moves:
        every |= move.needs | move.gives
    givers = {fact: [move for move in moves if move.gives & fact] for fact in each(every)}
    sure = dict.fromkeys(givers, every)
    changed = True
    while changed:
        changed = False
        for fact, known in sure.items():
            now = known
            for move in givers[fact]:
                now &= move.gives | _joined(sure, move.needs)
            now |= fact
            if now != known:
                sure[fact] = now
                changed = True
    return sure


def _joined(sure: dict[int, int], facts: int) -> int:
    joined = 0
    for fact in each(facts):
        joined |= sure[fact]
    return joined


def _highest(ladder: Ladder, facts: int) -> int:
    return max((n + 1 for n, fact in enumerate(ladder.rungs) if facts & fact), default=0)


def each(facts: int) -> Iterator[int]:
    while facts:
        fact = facts & -facts
        yield fact
        facts ^= fact


def numbers(moves: int) -> Iterator[int]:
    return (move.bit_length() - 1 for move in each(moves))
