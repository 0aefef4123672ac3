"""How much value can still be gained within what is left of both budgets, and at what cost.

A bound comes as a frontier: gains that can't be ruled out, each with the least that it can take of
one resource (cost, or sessions). `ladders` and `landmarks` make frontiers; here the two resources
are put together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .task import Task

SESSION = 5040
"""Parts of a session, so that one splits evenly among up to ten ladders."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Gains and costs both rise. None at all: what must be reached is out of reach."""

    gains: Sequence[int]
    costs: Sequence[int]


NOTHING_LEFT = Frontier((0,), (0,))


def combined(options: Sequence[tuple[int, int]], rest: Frontier, limit: int) -> Frontier:
    """A frontier with the (gain, cost) options of one more ladder, up to `limit`."""
    cheapest: dict[int, int] = {}
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


class Bounds:
    """What is still possible from a state. `of_cost` and `of_sessions` make its frontiers from the
    facts that hold; sessions are counted in parts."""

    def __init__(
        self,
        task: Task,
        of_cost: Callable[[int], Frontier],
        of_sessions: Callable[[int], Frontier] | None,
    ) -> None:
        self._of_cost = of_cost
        self._of_sessions = of_sessions
        self._room = task.minutes << task.width
        self._session_room = (task.sessions or 0) * SESSION

    def ahead(self, facts: int, cost: int, sessions: int) -> tuple[int, int] | None:
        """(gain, cost): no plan that goes on from here gains more, nor gains as much for less.
        None: no plan does what must be done."""
        frontier = self._of_cost(facts)
        last = bisect_right(frontier.costs, self._room - cost) - 1
        if last < 0:
            return None
        if self._of_sessions is None:
            return frontier.gains[last], frontier.costs[last]
        other = self._of_sessions(facts)
        end = bisect_right(other.costs, self._session_room - sessions * SESSION) - 1
        if end < 0:
            return None
        if other.gains[end] >= frontier.gains[last]:
            return frontier.gains[last], frontier.costs[last]
        gain = other.gains[end]
        return gain, frontier.costs[bisect_left(frontier.gains, gain)]
