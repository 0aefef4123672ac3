"""What follows at once from the moves that are in and out, without any bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .support import Support, each, numbers


@dataclass(frozen=True, slots=True)
class Row:
    """What each move takes of something (or brings, below 0), and the most that all may take.
    `scale` evens out the units when prices are sought."""

    takes: Sequence[int]
    most: int
    scale: int


def row(takes: Sequence[int], most: int) -> Row:
    mean = sum(map(abs, takes)) // max(len(takes), 1)
    return Row(takes, most, max(mean * mean, 1))


@dataclass(frozen=True, slots=True)
class Aim:
    """The least of `row` within the limits, at most its room, with at least `value`. Where it is
    `rising`, the most value instead: any plan will do, and each raises the value asked for.
    Results come in steps of `step` (of value, where rising)."""

    row: Row
    limits: tuple[Row, ...]
    value: int
    rising: bool
    step: int

    def rows(self) -> tuple[Row, ...]:
        return (self.row, *self.limits)


@dataclass(frozen=True, slots=True)
class Node:
    """Moves that are in and out, what holds by those in, and those of them that wait."""

    inside: int
    outside: int
    facts: int
    waiting: int


class Settling:
    """Keeps the `best` plan met on the way; the `aim` asks for a better one from then on."""

    def __init__(self, support: Support, aim: Aim) -> None:
        self._support = support
        self.aim = aim
        self.best: int | None = None

    def settled(self, inside: int, outside: int) -> Node | None:
        """The node with all that follows. None: nothing better is left in it."""
        while True:
            fitting = self._fitting(inside, outside)
            if fitting is None:
                return None
            inside_now, outside_now = fitting
            facts, waiting = self._support.walked(0, inside_now)
            if not waiting and self._enough(facts):
                # More moves would only take more: of minutes, if of nothing else.
                self._keep(inside_now, facts)
                if not self.aim.rising:
                    return None
                continue
            left = self._helpful(facts, waiting, inside_now, outside_now)
            if left is None:
                return None
            outside_now = self._support.free & ~inside_now & ~left
            due = self._due(facts, waiting, left | waiting)
            if due is None:
                return None
            inside_now |= due
            if (inside_now, outside_now) == (inside, outside):
                return Node(inside, outside, facts, waiting)
            inside, outside = inside_now, outside_now

    def _enough(self, facts: int) -> bool:
        support = self._support
        return not support.required & ~facts and support.value(facts) >= self.aim.value

    def _keep(self, inside: int, facts: int) -> None:
        aim = self.aim
        taken = [sum(row.takes[n] for n in numbers(inside)) for row in aim.rows()]
        if any(takes > row.most for takes, row in zip(taken, aim.rows(), strict=True)):
            return
        self.best = inside
        if aim.rising:
            self.aim = replace(aim, value=self._support.value(facts) + aim.step)
        else:
            self.aim = replace(aim, row=replace(aim.row, most=taken[0] - aim.step))

    def _fitting(self, inside: int, outside: int) -> tuple[int, int] | None:
        """With the moves that some row forbids or demands. None: one is broken in any case."""
        undecided = list(numbers(self._support.free & ~inside & ~outside))
        decided = list(numbers(inside))
        for row in self.aim.rows():
            takes = row.takes
            left = row.most - sum([takes[n] for n in decided])
            left -= sum([takes[n] for n in undecided if takes[n] < 0])
            if left < 0:
                return None
            for n in undecided:
                if takes[n] > left:
                    outside |= 1 << n
                elif -takes[n] > left:
                    inside |= 1 << n
        return None if inside & outside else (inside, outside)

    def _helpful(self, facts: int, waiting: int, inside: int, outside: int) -> int | None:
        """Undecided moves that can still be made and give what is wanted or needed for one.
        None: without those that can't, something is missing."""
        support = self._support
        undecided = support.free & ~inside & ~outside
        reached, stuck = support.walked(facts, undecided | waiting)
        if stuck & waiting or not self._enough(reached):
            return None
        matters = support.wanted & ~facts
        for n in numbers(waiting):
            matters |= support.needs[n] & ~facts
        helpful = 0
        idle = list(numbers(undecided & ~stuck))
        while True:
            still = []
            for n in idle:
                if support.gives[n] & matters:
                    helpful |= 1 << n
                    matters |= support.needs[n] & ~facts
                else:
                    still.append(n)
            if len(still) == len(idle):
                return helpful
            idle = still

    def _due(self, facts: int, waiting: int, makers: int) -> int | None:
        """Moves that alone give what must come to hold. None: nothing gives it."""
        support = self._support
        needed = support.required
        for n in numbers(waiting):
            needed |= support.sure[n]
        due = 0
        for fact in each(needed & ~facts):
            givers = support.givers[fact] & makers
            if not givers:
                return None
            if not givers & (givers - 1):
                due |= givers
        return due
