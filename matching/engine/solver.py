"""The best choice of pairs: the most, then (if fair) the highest worst score, then the total.

One price for every pair made turns "the most" into weight: it exceeds whatever all scores
together can add, so that the heaviest choice is a largest one, and the prices prove both.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from matching.engine.flow import Cut, Flow
from matching.engine.graph import IntArray, Matrix, Whole, matrix_of
from matching.engine.pricing import heaviest_of_all
from matching.engine.proof import Proof, fits, price_limit
from matching.engine.ties import Lots, settle


@dataclass(frozen=True, slots=True)
class Solution:
    """The chosen rows and columns; the rest as in the engine's result, in thousandths."""

    row: IntArray
    column: IntArray
    count: int
    worst: int | None
    total: int
    bound: int
    optimal: bool
    proof: Proof


@dataclass(frozen=True)
class Places:
    """What there is to choose from: a score for every row and column, below 0 where the two may
    not be chosen, and how often each row and column may be."""

    score: Whole
    row_capacity: IntArray
    column_capacity: IntArray

    @cached_property
    def matrix(self) -> Matrix:
        return matrix_of(self.score, self.row_capacity, self.column_capacity)

    @property
    def pair_price(self) -> int:
        most = min(int(self.row_capacity.sum()), int(self.column_capacity.sum()))
        return self.matrix.largest * most + 1

    def raised(self, least: int) -> Matrix:
        """Scores from `least` on, each raised by the price of a pair."""
        return replace(self.matrix, least=least, raised=self.pair_price)


def best_choice(places: Places, *, fair: bool, lots: Lots) -> Solution:
    """Solve for these scores; `lots` decide ties."""
    worst, count_cut, worst_cut = 0, None, None
    if fair:
        worst, count_cut, worst_cut = highest_worst(places)
    raised = places.raised(worst)
    best = heaviest_of_all(raised)
    settled = settle(raised, best, lots)
    proof = Proof(count_cut, worst_cut, best.prices, places.pair_price)
    return judged(places, settled.row, settled.column, proof, fair=fair)


def judged(
    places: Places, row: IntArray, column: IntArray, proof: Proof, *, fair: bool
) -> Solution:
    """The figures of a choice; optimal only if the proof holds in exact integers."""
    scores: list[int] = places.score[row, column].tolist()
    count, worst, total = len(scores), min(scores, default=None), sum(scores)
    matrix = replace(places.matrix, least=(worst or 0) if fair else 0, raised=proof.pair_price)
    limit = price_limit(matrix, proof.prices)
    outweighs = proof.pair_price >= places.pair_price
    optimal = fits(matrix, row, column) and outweighs and min(scores, default=0) >= 0
    optimal = optimal and limit == proof.pair_price * count + total
    if fair and optimal:
        optimal = _is_fairest(places, count, worst, proof)
    bound = limit - proof.pair_price * count
    return Solution(row, column, count, worst, total, bound, optimal, proof)


def _is_fairest(places: Places, count: int, worst: int | None, proof: Proof) -> bool:
    if proof.count is None or proof.count.limit(places.matrix) != count:
        return False
    if worst is None:
        return True
    better = replace(places.matrix, least=worst + 1)
    if proof.worst is not None:
        return proof.worst.limit(better) < count
    return not any((block > worst).any() for _first, block in better.blocks())


def highest_worst(places: Places) -> tuple[int, Cut, Cut | None]:
    """The highest score that all pairs of some largest choice reach.

    With it the cut that proves how many pairs there can be at most, and the one that proves that
    better scores alone are too few for them (none if there are no better scores).
    """
    flow = Flow(places.score, places.row_capacity, places.column_capacity)
    flow.grow(0, spared=int(places.row_capacity.sum()))
    count_cut, worst_cut = flow.closed, None
    if not flow.count:
        return 0, count_cut, None
    spared = int(places.row_capacity.sum()) - flow.count
    low, high = flow.worst, places.matrix.largest
    while low < high:
        middle = (low + high + 1) // 2
        other = flow.above(middle)
        if other.grow(middle, spared=spared):
            flow = other
            low = flow.worst
        else:
            worst_cut, high = other.closed, middle - 1
    return low, count_cut, worst_cut
