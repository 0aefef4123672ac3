"""Checks of a solution in exact integers that do not ask how it was found."""

from dataclasses import dataclass

import numpy as np

from matching.engine.assignment import Prices
from matching.engine.flow import Cut
from matching.engine.graph import IntArray, Matrix, Whole


@dataclass(frozen=True, slots=True)
class Proof:
    """What bounds each tier of the objective; a cut is missing where that tier does not apply.

    The prices are for weights raised by `pair_price`, which outweighs all scores together.
    """

    count: Cut | None
    worst: Cut | None
    prices: Prices
    pair_price: int


def fits(matrix: Matrix, row: IntArray, column: IntArray) -> bool:
    """Whether these edges respect every capacity, and none stands twice."""
    taken_by_row = np.bincount(row, minlength=matrix.rows)
    taken_by_column = np.bincount(column, minlength=matrix.columns)
    return bool(
        (taken_by_row <= matrix.row_capacity).all()
        and (taken_by_column <= matrix.column_capacity).all()
        and len(np.unique(row * matrix.columns + column)) == len(row)
    )


def price_limit(matrix: Matrix, prices: Prices) -> int:
    """What no choice of edges can outweigh: weak duality of the transportation problem.

    Each place costs its price, and an edge that is worth more than the prices at its ends adds
    the rest. True of any prices ≥ 0; the best ones meet the best choice.
    """
    if (prices.row < 0).any() or (prices.column < 0).any():
        raise ValueError("a price below zero proves nothing")
    extra = 0
    for first, block in matrix.blocks():
        more = _gain(matrix, prices, first, block)
        counts = more[(more > 0) & (block >= matrix.least)]
        extra += sum(counts.tolist())
    return (
        _sum_of_products(matrix.row_capacity.tolist(), prices.row.tolist())
        + _sum_of_products(matrix.column_capacity.tolist(), prices.column.tolist())
        + extra
    )


def _gain(matrix: Matrix, prices: Prices, first: int, block: Whole) -> Whole:
    found: Whole = block.astype(matrix.dtype)
    found += matrix.raised - prices.row[first : first + len(block), None]
    found -= prices.column
    return found


def _sum_of_products(left: list[int], right: list[int]) -> int:
    # Python's integers: prices are large enough for a sum to leave int64.
    return sum(a * b for a, b in zip(left, right, strict=True))
