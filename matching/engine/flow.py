"""How many edges can be chosen at once, with the cut that proves it.

Chains of exchanges (Ford and Fulkerson 1956) over the whole matrix: what a chain reaches is crossed
off, so that a search looks at most columns once however many rows it passes.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.graph import BoolArray, IntArray, Matrix, Whole
from matching.engine.kernels.exchanges import (
    Tally,
    fill_rows,
    keep_only,
    lowest,
    new_reached,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows and columns, marked. No choice is larger than `limit` of any cut."""

    rows: BoolArray
    columns: BoolArray

    def limit(self, matrix: Matrix) -> int:
        """Places of the rows outside, of the columns inside, and edges from inside to outside."""
        outside = ~self.columns
        crossing = sum(
            int(
                np.count_nonzero(
                    block[np.ix_(self.rows[first : first + len(block)], outside)] >= matrix.least
                )
            )
            for first, block in matrix.blocks()
        )
        places = matrix.row_capacity[~self.rows].sum() + matrix.column_capacity[self.columns].sum()
        return int(places) + crossing


class Flow:
    """A choice of edges of a matrix in memory that only counts them."""

    def __init__(self, weight: Whole, row_capacity: IntArray, column_capacity: IntArray) -> None:
        self.weight = weight
        self.row_capacity, self.column_capacity = row_capacity, column_capacity
        first = np.concatenate([[0], np.cumsum(column_capacity)])
        self.first = first[:-1]
        self.holder = np.zeros(int(first[-1]), np.int64)
        self.filled = np.zeros(len(column_capacity), np.int64)
        self.held = np.zeros(len(row_capacity), np.int64)
        self.closed = Cut(
            np.zeros(len(row_capacity), np.bool_), np.zeros(len(column_capacity), np.bool_)
        )

    @property
    def count(self) -> int:
        return int(self.held.sum())

    @property
    def worst(self) -> int:
        """The lowest weight that is chosen."""
        return int(lowest.on(self.weight)(self.weight, self._tally()))

    def grow(self, least: int, spared: int) -> bool:
        """Fill the rows by edges worth at least `least`; False as soon as more than `spared` of
        their places must stay empty."""
        reached = new_reached(len(self.row_capacity), len(self.column_capacity))
        fill = fill_rows.on(self.weight)
        return bool(fill(self.weight, least, self._tally(), reached, spared))

    def above(self, least: int) -> "Flow":
        """The same choice without what is worth less, ready to grow again."""
        other = Flow(self.weight, self.row_capacity, self.column_capacity)
        other.holder[:], other.filled[:], other.held[:] = self.holder, self.filled, self.held
        keep_only.on(self.weight)(self.weight, least, other._tally())
        return other

    def _tally(self) -> Tally:
        return Tally(
            self.row_capacity,
            self.column_capacity,
            self.first,
            self.holder,
            self.filled,
            self.held,
            self.closed.rows,
            self.closed.columns,
        )
