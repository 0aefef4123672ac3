"""The heaviest choice out of a whole matrix, found on a shortlist and proved against all of it.

A choice on the best few edges of each row and column comes with prices. An edge that was left out
and is worth more than the prices at its ends may improve on it, so such edges are let in and the
choice is made again, until there are none: then no edge that was left out could matter.
(Column generation, Ford and Fulkerson 1958; Dantzig and Wolfe 1960.)
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.assignment import Choice, Prices, heaviest
from matching.engine.graph import BoolArray, Graph, IntArray, Matrix, Whole, marked_places
from matching.engine.kernels.prices import compare
from matching.engine.kernels.shortlists import (
    NOBODY,
    Shortlist,
    add_up,
    new_shortlist,
    note_best,
)

# So few edges are no more work than a shortlist of them.
FEW_EDGES = 1 << 17
FIRST_LENGTH = 24
LENGTH_TO_ADD = 8
GROWTH = 4


@dataclass(frozen=True, slots=True)
class _Edges:
    """`code` is row × columns + column, sorted."""

    code: IntArray
    weight: Whole

    def graph(self, matrix: Matrix) -> Graph:
        row, column = np.divmod(self.code, max(1, matrix.columns))
        return matrix.graph(row, column, self.weight)

    def joined(self, more: "_Edges") -> "_Edges":
        code, place = np.unique(np.concatenate([self.code, more.code]), return_index=True)
        return _Edges(code, np.concatenate([self.weight, more.weight])[place])


def heaviest_of_all(matrix: Matrix) -> Choice:
    """The heaviest choice of a matrix, and prices that prove it against every edge."""
    edges = _every_edge(matrix)
    if edges is not None:
        return heaviest(edges.graph(matrix))
    edges, length = _shortlisted(matrix, FIRST_LENGTH), LENGTH_TO_ADD
    choice: Choice | None = None
    while True:
        choice = heaviest(edges.graph(matrix), choice)
        missing = _worth_more(matrix, choice.prices, edges.code, length)
        if not len(missing.code):
            return choice
        if len(missing.code) > matrix.rows + matrix.columns:
            # So far off that exchanging edge by edge takes longer than to begin anew.
            choice = None
        edges, length = edges.joined(missing), GROWTH * length


def edges_against(
    matrix: Matrix, prices: Prices, first: int, block: Whole, *, even: bool
) -> tuple[IntArray, IntArray]:
    """The edges of a block worth more than the prices at their ends; if `even`, just as much."""
    row, column = np.empty(block.size, np.int64), np.empty(block.size, np.int64)
    found = compare.on(prices.row)(
        block, first, matrix.least, matrix.raised, prices.row, prices.column, even, row, column
    )
    return row[:found], column[:found]


def _every_edge(matrix: Matrix) -> _Edges | None:
    """All edges, if they are few."""
    codes, weights, found = [np.zeros(0, np.int64)], [np.zeros(0, matrix.dtype)], 0
    for first, block in matrix.blocks():
        row, column = marked_places(block >= matrix.least)
        codes.append((row + first) * matrix.columns + column)
        weights.append(block[row, column])
        found += len(row)
        if found > FEW_EDGES:
            return None
    return _Edges(np.concatenate(codes), np.concatenate(weights))


def _shortlisted(matrix: Matrix, length: int) -> _Edges:
    row_usual, column_usual = _usual(matrix)
    by_row, by_column = _new_lists(matrix, length)
    for first, block in matrix.blocks():
        note = note_best.on(by_row.worth)
        note(block, matrix.least, first, row_usual, column_usual, by_row, by_column)
    return _listed(matrix, by_row, by_column, row_usual, column_usual)


def _usual(matrix: Matrix) -> tuple[Whole, Whole]:
    """How far an edge of each row, and of each column, is on average above others, in whole
    numbers; 0 where that may as well be chance."""
    sums = np.zeros(matrix.rows, matrix.dtype), np.zeros(matrix.columns, matrix.dtype)
    counts = np.zeros(matrix.rows, np.int64), np.zeros(matrix.columns, np.int64)
    for first, block in matrix.blocks():
        add_up.on(sums[0])(block, matrix.least, first, *sums, *counts)
    overall = int(sums[0].sum()) // max(1, int(counts[0].sum()))
    row, column = (
        _beyond_chance(part // np.maximum(count, 1) - overall, count, matrix.largest)
        for part, count in zip(sums, counts, strict=True)
    )
    return row, column


def _beyond_chance(above: Whole, count: IntArray, largest: int) -> Whole:
    # The mean of so many numbers from 0 to `largest` strays by half of this at most.
    strays = abs(above) * np.sqrt(count).astype(np.int64) <= largest
    found: Whole = np.where(strays, 0 * above, above)
    return found


def _worth_more(matrix: Matrix, prices: Prices, listed: IntArray, length: int) -> _Edges:
    """Of the edges not yet listed, those worth most beyond the prices."""
    by_row, by_column = _new_lists(matrix, length)
    nothing = np.zeros(matrix.rows, matrix.dtype), np.zeros(matrix.columns, matrix.dtype)
    for first, block in matrix.blocks():
        row, column = edges_against(matrix, prices, first, block, even=False)
        is_new = ~_is_among(row * matrix.columns + column, listed)
        if is_new.any():
            row, column = row[is_new], column[is_new]
            more = np.full(block.shape, -1, dtype=matrix.dtype)
            worth = block[row - first, column].astype(matrix.dtype) + matrix.raised
            more[row - first, column] = worth - prices.row[row] - prices.column[column]
            note_best.on(more)(more, 1, first, *nothing, by_row, by_column)
    found = _listed(matrix, by_row, by_column, *nothing)
    row, column = np.divmod(found.code, max(1, matrix.columns))
    return _Edges(
        found.code, found.weight + prices.row[row] + prices.column[column] - matrix.raised
    )


def _is_among(codes: IntArray, listed: IntArray) -> BoolArray:
    place = np.minimum(np.searchsorted(listed, codes), len(listed) - 1)
    found: BoolArray = listed[place] == codes
    return found


def _new_lists(matrix: Matrix, length: int) -> tuple[Shortlist, Shortlist]:
    lowest = -2 * (matrix.largest + 1)
    return (
        new_shortlist(matrix.rows, min(length, matrix.columns), lowest, matrix.dtype),
        new_shortlist(matrix.columns, min(length, matrix.rows), lowest, matrix.dtype),
    )


def _listed(
    matrix: Matrix, by_row: Shortlist, by_column: Shortlist, row_usual: Whole, column_usual: Whole
) -> _Edges:
    """What stands on either list, each once, sorted, with its weight."""
    row, at = np.nonzero(by_row.other != NOBODY)
    column, below = np.nonzero(by_column.other != NOBODY)
    across, above = by_row.other[row, at], by_column.other[column, below]
    codes = np.concatenate([row * matrix.columns + across, above * matrix.columns + column])
    weights = np.concatenate(
        [
            by_row.worth[row, at] + column_usual[across],
            by_column.worth[column, below] + row_usual[above],
        ]
    )
    code, place = np.unique(codes, return_index=True)
    return _Edges(code, weights[place])
