"""A bound on what is left to pay at one node of `branching`, by Lagrangian relaxation.

The question is always the same: the least that a set of moves takes, if it gains enough and keeps
within its limits. Three kinds of rules make it hard, and each is bought off at a price: that a
ladder is climbed by moves that are made (a price a climb), that a move's needs hold (a price a
wait), and the totals, value and limits (a price a unit). What remains falls apart: each move is
made if it pays for itself, each ladder is climbed by a cheapest path as far as it pays. Whatever
the prices, the sum is no more than any plan takes (Geoffrion, "Lagrangean relaxation for integer
programming", 1974); they are whole numbers, so no rounding can spoil the proof. Good ones are
found by the subgradient method with Polyak's step towards the bound that would close the node
(Held, Wolfe and Crowder, "Validation of subgradient optimization", 1974).

So what several goals share in preparations is charged once, wherever it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from .paths import FREE, Path
from .prices import Prices, Slopes, moved
from .settling import Aim, Node, Row
from .support import Support, numbers

FRACTION = 12
"""Bits of a price below one unit of what is minimised."""

FULL_PACE = 10
"""Parts of Polyak's whole step: that many at first, fewer once the bound stays where it is."""

PATIENCE = 4
"""Rounds in a row without a better bound after which steps get shorter."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best bound, the prices that gave it, and by move: what making it would add to the bound
    (below 0: what leaving it would), and how often it was used."""

    bound: int
    prices: Prices
    change: dict[int, int]
    used: dict[int, int]


class _View(NamedTuple):
    """One look: the bound, what each move would add to it, the links climbed, the rungs reached
    and the value gained."""

    bound: int
    nets: list[int]
    climbed: set[int]
    reached: set[int]
    gained: int


class Relaxation:
    def __init__(self, support: Support, node: Node, aim: Aim) -> None:
        self._support = support
        self._node = node
        self._moves = list(numbers(support.free & ~node.inside & ~node.outside))
        self._missing = aim.value - support.value(node.facts)
        inside = list(numbers(node.inside & support.free))
        self._paid = sum(aim.row.takes[n] for n in inside) << FRACTION
        self.room = (aim.row.most + 1 << FRACTION) - 1
        self._takes = [aim.row.takes[n] << FRACTION for n in self._moves]
        self._limits = [
            Row(
                [limit.takes[n] for n in self._moves],
                limit.most - sum(limit.takes[n] for n in inside),
                limit.scale,
            )
            for limit in aim.limits
        ]
        facts = node.facts
        heads = [ladder.rungs for ladder in support.ladders]
        self._climbs = [
            [c.link for c in support.climbs[n] if heads[c.ladder][c.head - 1] & ~facts]
            for n in self._moves
        ]
        self._waits = [self._lacking(n) for n in self._moves]
        self._due = [wait for n in numbers(node.waiting) for wait in self._lacking(n)]
        self._paths = self._laid()

    def _lacking(self, number: int) -> list[tuple[int, int]]:
        facts = self._node.facts
        return [(w.link, w.rung) for w in self._support.waits[number] if w.fact & ~facts]

    def _laid(self) -> list[Path]:
        support, facts = self._support, self._node.facts
        paths: dict[int, Path] = {}
        for place, n in enumerate([*self._moves, *numbers(self._node.waiting)]):
            for climb in support.climbs[n]:
                ladder = support.ladders[climb.ladder]
                held = sum(1 for fact in ladder.rungs if facts & fact)
                if climb.head <= held:
                    continue
                path = paths.get(climb.ladder)
                if path is None:
                    rungs = [support.rungs[fact] for fact in ladder.rungs[held:]]
                    floor = max(ladder.floor - held, 0)
                    path = paths[climb.ladder] = Path(rungs, list(ladder.worth[held:]), floor)
                link = climb.link if place < len(self._moves) else FREE
                path.add(max(climb.foot - held, 0), climb.head - held, link)
        for path in paths.values():
            path.cut()
        return list(paths.values())

    def improved(self, prices: Prices, rounds: int) -> Outcome | None:
        """The best of some rounds from these prices. None: nothing here fits in the room."""
        best: Outcome | None = None
        used = dict.fromkeys(self._moves, 0)
        pace = FULL_PACE
        since = 0
        for _ in range(rounds):
            view = self._seen(prices)
            if view.bound > self.room:
                return None
            if best is None or view.bound > best.bound:
                change = dict(zip(self._moves, view.nets, strict=True))
                best = Outcome(view.bound, prices, change, used)
                since = 0
            else:
                since += 1
                if since % PATIENCE == 0:
                    pace = max(pace * 7 // 10, 1)
            slopes = self._slopes(prices, view, used)
            steeper = sum(slope * slope // scale for _, slope, scale in slopes.totals)
            if not steeper and not slopes.links:
                break
            far = (self.room + 1 - view.bound) * pace // FULL_PACE
            prices = moved(prices, slopes, max(far // max(len(slopes.links) + steeper, 1), 1))
        return best

    def _seen(self, prices: Prices) -> _View:
        """What is made and climbed where only these prices count, and what that leaves to pay."""
        links = prices.links
        credit = [0] * len(self._support.rungs)
        takes = self._takes
        bound = self._paid + prices.value * self._missing
        for price, limit in zip(prices.limits, self._limits, strict=True):
            bound -= price * limit.most
            if price:
                takes = [t + price * n for t, n in zip(takes, limit.takes, strict=True)]
        nets = []
        for net, climbs, waits in zip(takes, self._climbs, self._waits, strict=True):
            for link in climbs:
                net -= links[link]
            for link, rung in waits:
                price = links[link]
                if price:
                    net += price
                    credit[rung] += price
            nets.append(net)
            if net < 0:
                bound += net
        for link, rung in self._due:
            bound += links[link]
            credit[rung] += links[link]
        climbed: set[int] = set()
        reached: set[int] = set()
        gained = 0
        for path in self._paths:
            less, gain = path.climbed(prices, credit, climbed, reached)
            bound += less
            gained += gain
        return _View(bound, nets, climbed, reached, gained)

    def _slopes(self, prices: Prices, view: _View, used: dict[int, int]) -> Slopes:
        """How far each rule bought off is broken: above 0 its price should rise."""
        links, climbed, reached = prices.links, view.climbed, view.reached
        slopes: list[tuple[int, int]] = []
        made = [net < 0 for net in view.nets]
        for n, is_made, climbs, waits in zip(
            self._moves, made, self._climbs, self._waits, strict=True
        ):
            use = is_made
            for link in climbs:
                if link in climbed:
                    use = True
                    if not is_made:
                        slopes.append((link, 1))
                elif is_made and links[link]:
                    slopes.append((link, -1))
            for link, rung in waits:
                if rung not in reached:
                    if is_made:
                        slopes.append((link, 1))
                elif not is_made and links[link]:
                    slopes.append((link, -1))
            used[n] += use
        slopes += [(link, 1) for link, rung in self._due if rung not in reached]
        totals = [(prices.value, self._missing - view.gained, 1)]
        for price, limit in zip(prices.limits, self._limits, strict=True):
            over = sum(compress(limit.takes, made)) - limit.most
            totals.append((price, over, limit.scale))
        return Slopes(slopes, [t if t[0] or t[1] > 0 else (0, 0, 1) for t in totals])
