"""How many edges can be chosen at once, with the cut that proves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matching.engine.graph import BoolArray, Graph, IntArray


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows and columns, marked. No choice is larger than `limit` of any cut."""

    rows: BoolArray
    columns: BoolArray

    def limit(self, graph: Graph) -> int:
        """Places of the rows outside, of the columns inside, and edges from inside to outside."""
        crossing = self.rows[graph.row] & ~self.columns[graph.column]
        places = graph.row_capacity[~self.rows].sum() + graph.column_capacity[self.columns].sum()
        return int(places) + int(np.count_nonzero(crossing))

    def turned(self) -> "Cut":
        """The same cut where rows and columns are exchanged."""
        return Cut(~self.columns, ~self.rows)


class Flow:
    """A choice of edges that only counts them, grown by chains of exchanges (Ford, Fulkerson 1956).

    `edges` are those it may use, sorted by row; within a row it tries the first ones first, so
    that a good order makes a good start.
    """

    def __init__(self, graph: Graph, edges: IntArray) -> None:
        self.graph = graph
        starts = np.searchsorted(graph.row[edges], np.arange(graph.rows + 1)).tolist()
        column = graph.column[edges]
        self.options = [column[s:t] for s, t in pairwise(starts)]
        self.held: list[set[int]] = [set() for _ in range(graph.rows)]
        self.holders: list[set[int]] = [set() for _ in range(graph.columns)]
        self.free: BoolArray = graph.column_capacity > 0
        self.closed = Cut(np.zeros(graph.rows, np.bool_), np.zeros(graph.columns, np.bool_))

    def start_from(self, choice: Iterable[tuple[int, int]]) -> None:
        for row, column in choice:
            self._take(row, column)
        self._count_room(range(self.graph.columns))

    def choice(self) -> list[tuple[int, int]]:
        return [(row, column) for row, held in enumerate(self.held) for column in sorted(held)]

    def grow(self, spared: int) -> bool:
        """Fill the rows; False as soon as more than `spared` of their places must stay empty."""
        for row, capacity in enumerate(self.graph.row_capacity.tolist()):
            while len(self.held[row]) < capacity:
                if not self._exchange(row):
                    spared -= capacity - len(self.held[row])
                    break
            if spared < 0:
                return False
        return True

    def _exchange(self, source: int) -> bool:
        """Give `source` one more column; what was reached in vain is closed for good."""
        if self.closed.rows[source]:
            return False
        reached = self.closed.columns.copy()
        comes_from: dict[int, int] = {}
        leaves: dict[int, int] = {source: -1}
        queue = [source]
        for row in queue:
            mine = [column for column in self.held[row] if not reached[column]]
            reached[mine] = True
            found = self.options[row][~reached[self.options[row]]]
            reached[mine] = False
            reached[found] = True
            free = found[self.free[found]]
            if free.size:
                comes_from[int(free[0])] = row
                self._apply(int(free[0]), comes_from, leaves)
                return True
            for column in found.tolist():
                comes_from[column] = row
                for holder in self.holders[column]:
                    if holder not in leaves:
                        leaves[holder] = column
                        queue.append(holder)
        self.closed.columns[:] = reached
        self.closed.rows[queue] = True
        return False

    def _apply(self, column: int, comes_from: dict[int, int], leaves: dict[int, int]) -> None:
        last = column
        while column >= 0:
            row = comes_from[column]
            self._take(row, column)
            column = leaves[row]
            if column >= 0:
                self.held[row].discard(column)
                self.holders[column].discard(row)
        self._count_room([last])

    def _take(self, row: int, column: int) -> None:
        self.held[row].add(column)
        self.holders[column].add(row)

    def _count_room(self, columns: Iterable[int]) -> None:
        for column in columns:
            room = self.graph.column_capacity[column] - len(self.holders[column])
            self.free[column] = room > 0
