"""Checks of a solution in exact integers that do not ask how it was found."""

from dataclasses import dataclass

import numpy as np

from matching.engine.assignment import Prices
from matching.engine.flow import Cut
from matching.engine.graph import BoolArray, Graph


@dataclass(frozen=True, slots=True)
class Proof:
    """What bounds each tier of the objective; a cut is missing where that tier does not apply."""

    count: Cut | None
    worst: Cut | None
    prices: Prices

    def turned(self) -> "Proof":
        """The same proof where rows and columns are exchanged."""
        return Proof(
            count=self.count and self.count.turned(),
            worst=self.worst and self.worst.turned(),
            prices=self.prices.turned(),
        )


def fits(graph: Graph, chosen: BoolArray) -> bool:
    """Whether the chosen edges respect every capacity."""
    taken_by_row = np.bincount(graph.row[chosen], minlength=graph.rows)
    taken_by_column = np.bincount(graph.column[chosen], minlength=graph.columns)
    return bool(
        (taken_by_row <= graph.row_capacity).all()
        and (taken_by_column <= graph.column_capacity).all()
    )


def price_limit(graph: Graph, prices: Prices) -> int:
    """What no choice of edges can outweigh: weak duality of the transportation problem.

    Each place costs its price, and an edge that is worth more than the prices at its ends adds
    the rest. True of any prices ≥ 0; the best ones meet the best choice.
    """
    if (prices.row < 0).any() or (prices.column < 0).any():
        raise ValueError("a price below zero proves nothing")
    gain = prices.gain(graph)
    extra: list[int] = gain[gain > 0].tolist()
    return (
        _sum_of_products(graph.row_capacity.tolist(), prices.row.tolist())
        + _sum_of_products(graph.column_capacity.tolist(), prices.column.tolist())
        + sum(extra)
    )


def _sum_of_products(left: list[int], right: list[int]) -> int:
    # Python's integers: prices are large enough for a sum to leave int64.
    return sum(a * b for a, b in zip(left, right, strict=True))
