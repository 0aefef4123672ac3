"""The heaviest choice of edges within the capacities, with the prices that prove it.

Successive shortest paths: the rows ask for their places one after another, each by the cheapest
chain of exchanges (Dijkstra on reduced weights, which the prices keep at or above zero), at the
end of which either a column still has room or some row gives up a place. An edge can be chosen
once, so copies of rows and columns would not do where both capacities are above one.

Kuhn 1955 and Munkres 1957 for the method; Edmonds and Karp 1972, Tomizawa 1971 for the prices.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from matching.engine.graph import SAFE, BoolArray, Graph, IntArray, Whole


@dataclass(frozen=True, slots=True)
class Prices:
    """What a place of each row and column costs: ≥ 0, in the unit of the weights."""

    row: Whole
    column: Whole

    def turned(self) -> "Prices":
        return Prices(self.column, self.row)

    def gain(self, graph: Graph) -> Whole:
        """What each edge is worth beyond the prices at its ends."""
        gain: Whole = graph.weight - self.row[graph.row] - self.column[graph.column]
        return gain


def heaviest(graph: Graph) -> tuple[BoolArray, Prices]:
    """Mark edges of the highest total weight; weights are ≥ 0 and exact.

    The prices support the choice: no chosen edge has a gain below zero, no other one above, and
    what is not full costs nothing.
    """
    if not len(graph.row):
        free = Prices(np.zeros(graph.rows, np.int64), np.zeros(graph.columns, np.int64))
        return np.zeros(0, dtype=np.bool_), free
    floor = _Floor(graph)
    for row, capacity in enumerate(graph.row_capacity.tolist()):
        for _ in range(capacity):
            if not floor.ask(row):
                break
    return floor.chosen(), Prices(np.array(floor.u, dtype=graph.weight.dtype), floor.v)


class _Floor:
    """Who holds which place, at what prices, while rows keep asking."""

    def __init__(self, graph: Graph) -> None:
        heaviest_edge = int(graph.weight.max())
        self.graph = graph
        self.start = graph.starts()
        self.far = 8 * max(heaviest_edge + 1, SAFE)
        # A chosen edge hides here behind a weight so low that no path takes it twice.
        self.open = graph.weight.copy()
        self.u = [
            int(graph.weight[s:t].max()) if t > s else 0
            for s, t in zip(self.start, self.start[1:], strict=False)
        ]
        self.v: Whole = np.zeros(graph.columns, dtype=graph.weight.dtype)
        self.room: list[int] = graph.column_capacity.tolist()
        self.free: BoolArray = graph.column_capacity > 0
        self.holders: list[dict[int, int]] = [{} for _ in range(graph.columns)]

    def chosen(self) -> BoolArray:
        mask = np.zeros(len(self.graph.row), dtype=np.bool_)
        for held in self.holders:
            mask[list(held.values())] = True
        return mask

    def ask(self, row: int) -> bool:
        """Give `row` one more place if that adds weight; False if the row is better without."""
        search = _Search(self, row)
        search.run()
        search.raise_prices()
        column, quitter = search.column, search.quitter
        if quitter == row:
            return False
        if quitter is not None:
            column = self._release(search.lost[quitter])
        else:
            self.room[column] -= 1
            self.free[column] = self.room[column] > 0
        while True:
            edge = int(search.via[column])
            taker = int(self.graph.row[edge])
            self.holders[column][taker] = edge
            self.open[edge] = -self.far
            if taker == row:
                return True
            column = self._release(search.lost[taker])

    def _release(self, edge: int) -> int:
        column = int(self.graph.column[edge])
        del self.holders[column][int(self.graph.row[edge])]
        self.open[edge] = self.graph.weight[edge]
        return column


class _Search:
    """One row's search for the cheapest chain of exchanges."""

    def __init__(self, floor: _Floor, row: int) -> None:
        self.floor = floor
        self.row_distance = {row: 0}
        self.lost: dict[int, int] = {}
        self.queue = [(0, row)]
        # Giving up itself is always open to the row, so nothing beyond that is worth a look.
        self.end = floor.u[row]
        self.quitter: int | None = row
        self.column = -1
        columns = floor.graph.columns
        self.distance: Whole = np.full(columns, self.end, dtype=floor.v.dtype)
        self.waiting = self.distance.copy()
        self.via: IntArray = np.zeros(columns, dtype=np.int64)
        self.rows_done: list[int] = []
        self.columns_done: list[int] = []

    def run(self) -> None:
        """Find the column with room at the end of the chain, or the row that gives up a place."""
        while True:
            column = int(self.waiting.argmin())
            nearest = int(self.waiting[column])
            row_next = bool(self.queue) and self.queue[0][0] <= nearest
            if self.end <= (self.queue[0][0] if row_next else nearest):
                return
            if row_next:
                distance, row = heappop(self.queue)
                if distance == self.row_distance[row]:
                    self._enter_row(row, distance)
            else:
                self._enter_column(column, nearest)

    def _enter_row(self, row: int, distance: int) -> None:
        floor = self.floor
        self.rows_done.append(row)
        here = distance + floor.u[row]
        if here < self.end:
            self.end, self.quitter = here, row
        first, last = floor.start[row], floor.start[row + 1]
        columns = floor.graph.column[first:last]
        reach = floor.v[columns]
        reach -= floor.open[first:last]
        reach += here
        better = (reach < self.distance[columns]).nonzero()[0]
        if better.size:
            columns, reach = columns[better], reach[better]
            self.distance[columns] = self.waiting[columns] = reach
            self.via[columns] = better + first
            self._look_for_room(columns, reach)

    def _look_for_room(self, columns: IntArray, reach: Whole) -> None:
        free = self.floor.free[columns].nonzero()[0]
        if free.size:
            nearest = free[reach[free].argmin()]
            if reach[nearest] < self.end:
                self.end = int(reach[nearest])
                self.column, self.quitter = int(columns[nearest]), None

    def _enter_column(self, column: int, distance: int) -> None:
        floor = self.floor
        self.waiting[column] = floor.far
        self.columns_done.append(column)
        price = int(floor.v[column])
        for row, edge in floor.holders[column].items():
            further = distance + int(floor.graph.weight[edge]) - floor.u[row] - price
            if further < self.row_distance.get(row, floor.far):
                self.row_distance[row] = further
                self.lost[row] = edge
                heappush(self.queue, (further, row))

    def raise_prices(self) -> None:
        floor = self.floor
        for row in self.rows_done:
            floor.u[row] += self.row_distance[row] - self.end
        done = self.columns_done
        floor.v[done] += self.end - self.distance[done]
