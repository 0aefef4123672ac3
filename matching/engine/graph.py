"""The matching problem with the people taken out: rows, columns, weights, capacities."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# int32 or int64, or Python integers in an object array where int64 could overflow.
Whole = NDArray[Any]

# As long as weights stay below this, every sum of distances fits into int64.
SAFE = 2**56
CELLS_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class Graph:
    """Edge e joins `row[e]` with `column[e]` and is worth `weight[e]` (≥ 0); it can be chosen once.

    Edges are sorted by (row, column); no two join the same two. A row or column takes at most
    its capacity of edges.
    """

    row: IntArray
    column: IntArray
    weight: Whole
    row_capacity: IntArray
    column_capacity: IntArray

    @property
    def rows(self) -> int:
        return len(self.row_capacity)

    @property
    def columns(self) -> int:
        return len(self.column_capacity)

    def starts(self) -> IntArray:
        """Where the edges of each row begin; one more entry than rows."""
        return np.searchsorted(self.row, np.arange(self.rows + 1))

    def turned(self) -> "Graph":
        """Rows and columns exchanged."""
        order = np.lexsort((self.row, self.column))
        return Graph(
            self.column[order],
            self.row[order],
            self.weight[order],
            self.column_capacity,
            self.row_capacity,
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows with all columns, a block of rows at a time; it need not stand in memory.

    `block(first, last)` holds the weights of these rows; one below `least` (0 or more) is no edge.
    An edge is worth its weight and `raised`, the same for every edge.
    """

    block: Callable[[int, int], Whole]
    row_capacity: IntArray
    column_capacity: IntArray
    least: int = 0
    raised: int = 0
    largest: int = 0

    @property
    def rows(self) -> int:
        return len(self.row_capacity)

    @property
    def columns(self) -> int:
        return len(self.column_capacity)

    @property
    def dtype(self) -> Any:
        """Of what an edge is worth."""
        return np.dtype(np.int64 if self.largest + self.raised < SAFE else object)

    def blocks(self) -> Iterator[tuple[int, Whole]]:
        """The number of the first row of each block, and its weights."""
        length = max(1, CELLS_AT_ONCE // max(1, self.columns))
        for first in range(0, self.rows, length):
            yield first, self.block(first, min(first + length, self.rows))

    def graph(self, row: IntArray, column: IntArray, weight: Whole) -> Graph:
        """These edges alone, sorted, with all they are worth."""
        worth = weight.astype(self.dtype) + self.raised
        return Graph(row, column, worth, self.row_capacity, self.column_capacity)


def matrix_of(weight: Whole, row_capacity: IntArray, column_capacity: IntArray) -> Matrix:
    """A matrix that stands in memory; a weight below 0 is no edge."""
    return Matrix(
        lambda first, last: weight[first:last],
        row_capacity,
        column_capacity,
        largest=int(weight.max(initial=0)),
    )


def marked_places(mask: BoolArray) -> tuple[IntArray, IntArray]:
    """Rows and columns of the marks; several times as fast as `nonzero` of two dimensions."""
    row, column = np.divmod(np.flatnonzero(mask), max(1, mask.shape[1]))
    return row, column


def whole_numbers(values: list[int], largest: int = 0) -> Whole:
    """An array of these integers ≥ 0, of int64 if that leaves room to calculate up to `largest`."""
    largest = max(largest, *values, 0)
    return np.array(values, dtype=np.int64 if largest < SAFE else object)


def with_room(values: Whole, largest: int) -> Whole:
    """The same integers in a type that can hold results up to `largest`."""
    return values if largest < SAFE else values.astype(object)
