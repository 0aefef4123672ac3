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
from matching.engine.kernels.shortlists import Shortlist, new_shortlist, note_best

# So few edges are no more work than a shortlist of them.
FEW_EDGES = 1 << 17
FIRST_LENGTH = 24
LENGTH_TO_ADD = 8


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
    edges, length, choice = _shortlisted(matrix, FIRST_LENGTH), LENGTH_TO_ADD, None
    while True:
        choice = heaviest(edges.graph(matrix), choice)
        missing = _worth_more(matrix, choice.prices, edges.code, length)
        if not len(missing.code):
            return choice
        edges, length = edges.joined(missing), 2 * length


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
    by_row, by_column = _new_lists(matrix, length)
    for first, block in matrix.blocks():
        note = note_best.on(by_row.worth)
        note(block, matrix.least, first, matrix.rows, by_row, by_column)
    code, weight = _listed(matrix, by_row, by_column)
    return _Edges(code, weight)


def _worth_more(matrix: Matrix, prices: Prices, listed: IntArray, length: int) -> _Edges:
    """Of the edges not yet listed, those worth most beyond the prices."""
    by_row, by_column = _new_lists(matrix, length)
    for first, block in matrix.blocks():
        row, column = edges_against(matrix, prices, first, block, even=False)
        is_new = ~_is_among(row * matrix.columns + column, listed)
        if is_new.any():
            row, column = row[is_new], column[is_new]
            more = np.full(block.shape, -1, dtype=matrix.dtype)
            worth = block[row - first, column].astype(matrix.dtype) + matrix.raised
            more[row - first, column] = worth - prices.row[row] - prices.column[column]
            note_best.on(more)(more, 1, first, matrix.rows, by_row, by_column)
    code, more = _listed(matrix, by_row, by_column)
    row, column = np.divmod(code, max(1, matrix.columns))
    return _Edges(code, more + prices.row[row] + prices.column[column] - matrix.raised)


def _is_among(codes: IntArray, listed: IntArray) -> BoolArray:
    place = np.minimum(np.searchsorted(listed, codes), len(listed) - 1)
    found: BoolArray = listed[place] == codes
    return found


def _new_lists(matrix: Matrix, length: int) -> tuple[Shortlist, Shortlist]:
    return (
        new_shortlist(matrix.rows, min(length, matrix.columns), matrix.dtype),
        new_shortlist(matrix.columns, min(length, matrix.rows), matrix.dtype),
    )


def _listed(matrix: Matrix, by_row: Shortlist, by_column: Shortlist) -> tuple[IntArray, Whole]:
    """What stands on either list, each once, sorted."""
    row, at = np.nonzero(by_row.worth >= 0)
    column, below = np.nonzero(by_column.worth >= 0)
    codes = np.concatenate(
        [
            row * matrix.columns + by_row.other[row, at],
            by_column.other[column, below] * matrix.columns + column,
        ]
    )
    worths = np.concatenate([by_row.worth[row, at], by_column.worth[column, below]])
    code, place = np.unique(codes, return_index=True)
    return code, worths[place]
