"""The matching problem with the people taken out: rows, columns, edges, capacities."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# int64, or Python integers in an object array where int64 could overflow.
Whole = NDArray[Any]

# As long as weights stay below this, every sum of distances fits into int64.
SAFE = 2**56


@dataclass(frozen=True, slots=True)
class Graph:
    """Edge e joins `row[e]` with `column[e]` and is worth `weight[e]` (≥ 0); it can be chosen once.

    Edges are sorted by (row, column); no two join the same two, and both ends have room for at
    least one. A row or column takes at most its capacity of edges.
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

    def only(self, edges: NDArray[Any]) -> "Graph":
        """The same rows and columns with some of the edges (a mask or sorted indices)."""
        return replace(
            self, row=self.row[edges], column=self.column[edges], weight=self.weight[edges]
        )

    def starts(self) -> list[int]:
        """Where the edges of each row begin; one more entry than rows."""
        found: list[int] = np.searchsorted(self.row, np.arange(self.rows + 1)).tolist()
        return found

    def turned(self) -> tuple["Graph", IntArray]:
        """Rows and columns exchanged, and the edge of this graph behind each edge of that one."""
        order = np.lexsort((self.row, self.column))
        return (
            Graph(
                self.column[order],
                self.row[order],
                self.weight[order],
                self.column_capacity,
                self.row_capacity,
            ),
            order,
        )


def whole_numbers(values: list[int], largest: int = 0) -> Whole:
    """An array of these integers ≥ 0, of int64 if that leaves room to calculate up to `largest`."""
    largest = max(largest, *values, 0)
    return np.array(values, dtype=np.int64 if largest < SAFE else object)


def with_room(values: Whole, largest: int) -> Whole:
    """The same integers in a type that can hold results up to `largest`."""
    return values if largest < SAFE else values.astype(object)
