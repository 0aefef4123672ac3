"""The best choice of pairs: the most, then (if fair) the highest worst score, then the total.

One price for every pair made turns "the most" into weight: it exceeds whatever all scores
together can add, so that the heaviest choice is a largest one, and the prices prove both.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.engine.assignment import heaviest
from matching.engine.flow import Cut, Flow
from matching.engine.graph import BoolArray, Graph, IntArray, with_room
from matching.engine.proof import Proof, fits, price_limit
from matching.engine.ties import settle


@dataclass(frozen=True, slots=True)
class Solution:
    """`chosen` marks edges; the rest as in the engine's result, in thousandths of a point.

    The prices of the proof are for scores raised by `pair_price`.
    """

    chosen: BoolArray
    count: int
    worst: int | None
    total: int
    bound: int
    optimal: bool
    proof: Proof
    pair_price: int


def best_choice(graph: Graph, *, fair: bool, lots: IntArray) -> Solution:
    """Solve for `graph`, whose weights are scores; `lots` decide ties, one number an edge."""
    if graph.row_capacity.sum() > graph.column_capacity.sum():
        # Rows ask one after another: fewer of them ask less often.
        turned, order = graph.turned()
        chosen = np.zeros(len(order), dtype=np.bool_)
        chosen[order], proof = _choose(turned, fair, lots[order])
        return _judged(graph, chosen, proof.turned(), fair)
    return _judged(graph, *_choose(graph, fair, lots), fair)


def _choose(graph: Graph, fair: bool, lots: IntArray) -> tuple[BoolArray, Proof]:
    worst, count_cut, worst_cut = 0, None, None
    if fair and len(graph.row):
        worst, count_cut, worst_cut = highest_worst(graph)
    eligible = graph.weight >= worst
    raised = _raised(graph, eligible)
    best, prices = heaviest(raised)
    chosen = np.zeros(len(graph.row), dtype=np.bool_)
    chosen[eligible] = settle(raised, best, prices, lots[eligible])
    return chosen, Proof(count_cut, worst_cut, prices)


def _pair_price(graph: Graph) -> int:
    most = min(int(graph.row_capacity.sum()), int(graph.column_capacity.sum()))
    return int(graph.weight.max(initial=0)) * most + 1


def _raised(graph: Graph, eligible: BoolArray) -> Graph:
    price = _pair_price(graph)
    part = graph.only(eligible)
    weight = with_room(part.weight, price + int(graph.weight.max(initial=0)))
    return replace(part, weight=weight + price)


def _judged(graph: Graph, chosen: BoolArray, proof: Proof, fair: bool) -> Solution:
    """The figures of a choice; optimal only if the proof holds in exact integers."""
    scores: list[int] = graph.weight[chosen].tolist()
    count, worst, total = len(scores), min(scores, default=None), sum(scores)
    price = _pair_price(graph)
    eligible = graph.weight >= (worst or 0) if fair else graph.weight >= 0
    limit = price_limit(_raised(graph, eligible), proof.prices)
    optimal = fits(graph, chosen) and limit == price * count + total
    if fair and worst is not None:
        optimal = optimal and _is_fairest(graph, count, worst, proof)
    return Solution(chosen, count, worst, total, limit - price * count, optimal, proof, price)


def _is_fairest(graph: Graph, count: int, worst: int, proof: Proof) -> bool:
    better = graph.only(graph.weight > worst)
    no_better = len(better.row) if proof.worst is None else proof.worst.limit(better)
    return proof.count is not None and proof.count.limit(graph) == count and no_better < count


def highest_worst(graph: Graph) -> tuple[int, Cut, Cut | None]:
    """The highest score that all pairs of some largest choice reach.

    With it the cut that proves how many pairs there can be at most, and the one that proves that
    better scores alone are too few for them (none if there are no better scores).
    """
    scores, rank = np.unique(graph.weight, return_inverse=True)
    best_first = np.lexsort((-rank, graph.row))
    places = int(graph.row_capacity.sum())
    flow = Flow(graph, best_first)
    flow.grow(spared=places)
    count_cut, worst_cut = flow.closed, None
    choice = flow.choice()
    rank_of = _Lookup(graph, rank)
    low, high = rank_of.lowest(choice), len(scores) - 1
    while low < high:
        middle = (low + high + 1) // 2
        flow = Flow(graph, best_first[rank[best_first] >= middle])
        flow.start_from(rank_of.at_least(choice, middle))
        if flow.grow(spared=places - len(choice)):
            choice = flow.choice()
            low = rank_of.lowest(choice)
        else:
            worst_cut, high = flow.closed, middle - 1
    return int(scores[low]), count_cut, worst_cut


class _Lookup:
    """The rank of an edge's score by its row and column."""

    def __init__(self, graph: Graph, rank: IntArray) -> None:
        self.place = graph.row * graph.columns + graph.column
        self.columns = graph.columns
        self.rank = rank

    def _ranks(self, choice: list[tuple[int, int]]) -> IntArray:
        places = [row * self.columns + column for row, column in choice]
        return self.rank[np.searchsorted(self.place, places)]

    def lowest(self, choice: list[tuple[int, int]]) -> int:
        return int(self._ranks(choice).min())

    def at_least(self, choice: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
        keep = (self._ranks(choice) >= least).tolist()
        return [pair for pair, kept in zip(choice, keep, strict=True) if kept]
