"""Depth first over the moves: one is in, then it is out, until nothing is left to choose.

At each node first what follows at once: moves that fit no more, that nothing can make ready or
that help nothing are out, and the only giver of what is needed is in. Then a bound by `relaxation`,
which closes most nodes; what of it shows that a move must be in or out settles more of them. The
move that the bound leaned on most is chosen next, so the first way down is a good plan already.
"""

from __future__ import annotations

from collections.abc import Generator

from .prices import Prices
from .relaxation import Outcome, Relaxation
from .settling import Aim, Settling
from .support import Support

FIRST_ROUNDS = 300
ROUNDS = 12
"""Rounds for the prices of the first node, and of each other one, which starts from good ones."""


class Branching:
    """The search for the plan that meets an aim best, as a set of moves."""

    def __init__(self, support: Support, aim: Aim, prices: Prices) -> None:
        self._support = support
        self._settling = Settling(support, aim)
        self._open = [(support.forced, 0, prices)]
        self.prices = prices
        """Those of the first node, for an aim that is looked at after this one."""

    def steps(self) -> Generator[None, None, int | None]:
        """The search, a node a step. It returns the plan. None: none meets the aim."""
        rounds = FIRST_ROUNDS
        while self._open:
            self._visit(*self._open.pop(), rounds)
            yield
            rounds = ROUNDS
        return self._settling.best

    def _visit(self, inside: int, outside: int, prices: Prices, rounds: int) -> None:
        while True:
            node = self._settling.settled(inside, outside)
            if node is None:
                return
            relaxed = Relaxation(self._support, node, self._settling.aim)
            outcome = relaxed.improved(prices, rounds)
            if outcome is None:
                return
            prices = outcome.prices
            if rounds == FIRST_ROUNDS:
                self.prices = prices
            inside, outside = _fixed(node.inside, node.outside, outcome, relaxed.room)
            undecided = [n for n in outcome.used if not (inside | outside) >> n & 1]
            if undecided:
                chosen = 1 << max(undecided, key=outcome.used.__getitem__)
                self._open.append((inside, outside | chosen, prices))
                self._open.append((inside | chosen, outside, prices))
                return
            rounds = 1


def _fixed(inside: int, outside: int, outcome: Outcome, room: int) -> tuple[int, int]:
    """With the moves that the bound alone shows to be in or out."""
    for n, change in outcome.change.items():
        if outcome.bound + change > room:
            outside |= 1 << n
        elif outcome.bound - change > room:
            inside |= 1 << n
    return inside, outside
