"""The heaviest choice of edges within the capacities, with the prices that prove it.

Successive shortest paths: the rows ask for their places one after another, each by the cheapest
chain of exchanges (Dijkstra on reduced weights, which the prices keep at or above zero), at the
end of which either a column still has room or some row gives up a place. An edge can be chosen
once, so copies of rows and columns would not do where both capacities are above one.

Kuhn 1955 and Munkres 1957 for the method; Edmonds and Karp 1972, Tomizawa 1971 for the prices.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.graph import SAFE, Graph, IntArray, Whole
from matching.engine.kernels.paths import APART, CHOSEN, OPEN, Floor, admit, fill_rows, new_search


@dataclass(frozen=True, slots=True)
class Prices:
    """What a place of each row and column costs: ≥ 0, in the unit of the weights."""

    row: Whole
    column: Whole

    def turned(self) -> "Prices":
        return Prices(self.column, self.row)


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen edges, sorted by row and column, and prices that support them: no chosen edge is
    worth less than the prices at its ends, no other one more, and what is not full costs nothing.
    """

    row: IntArray
    column: IntArray
    prices: Prices

    def turned(self) -> "Choice":
        order = np.lexsort((self.row, self.column))
        return Choice(self.column[order], self.row[order], self.prices.turned())


def heaviest(graph: Graph, before: Choice | None = None) -> Choice:
    """The choice of edges of the highest total weight; weights are ≥ 0 and exact.

    `before` is the heaviest choice of some of the edges, to go on from.
    """
    if graph.row_capacity.sum() > graph.column_capacity.sum():
        # Rows ask one after another: fewer of them ask less often.
        return _heaviest(graph.turned(), before and before.turned()).turned()
    return _heaviest(graph, before)


def _heaviest(graph: Graph, before: Choice | None) -> Choice:
    far = 8 * max(int(graph.weight.max(initial=0)) + 1, SAFE)
    floor = _empty_floor(graph)
    if before is None:
        fill_rows.on(graph.weight)(floor, new_search(floor, far), far)
    else:
        _go_on_from(before, floor)
        admit.on(graph.weight)(floor, new_search(floor, far), _set_apart(floor), far)
    chosen = floor.state == CHOSEN
    prices = Prices(floor.row_price, floor.column_price)
    return Choice(graph.row[chosen], graph.column[chosen], prices)


def _empty_floor(graph: Graph) -> Floor:
    start = graph.starts()
    has_edges = start[:-1] < start[1:]
    row_price = np.zeros(graph.rows, dtype=graph.weight.dtype)
    row_price[has_edges] = np.maximum.reduceat(graph.weight, start[:-1][has_edges])
    first = np.concatenate([[0], np.cumsum(graph.column_capacity)])
    return Floor(
        start=start,
        row=graph.row,
        column=graph.column,
        weight=graph.weight,
        row_capacity=graph.row_capacity,
        column_capacity=graph.column_capacity,
        row_price=row_price,
        column_price=np.zeros(graph.columns, dtype=graph.weight.dtype),
        state=np.full(len(graph.row), OPEN, dtype=np.int8),
        first=first[:-1],
        holder=np.zeros(int(first[-1]), dtype=np.int64),
        filled=np.zeros(graph.columns, dtype=np.int64),
        held=np.zeros(graph.rows, dtype=np.int64),
    )


def _go_on_from(before: Choice, floor: Floor) -> None:
    columns = len(floor.column_capacity)
    chosen = np.searchsorted(
        floor.row * columns + floor.column, before.row * columns + before.column
    )
    floor.state[chosen] = CHOSEN
    floor.row_price[:], floor.column_price[:] = before.prices.row, before.prices.column
    floor.held[:] = np.bincount(before.row, minlength=len(floor.held))
    floor.filled[:] = np.bincount(before.column, minlength=columns)
    by_column = chosen[np.argsort(floor.column[chosen], kind="stable")]
    place = np.arange(len(by_column)) - np.repeat(
        np.cumsum(floor.filled) - floor.filled, floor.filled
    )
    floor.holder[floor.first[floor.column[by_column]] + place] = by_column


def _set_apart(floor: Floor) -> IntArray:
    """Edges worth more than their prices, the most first."""
    gain = floor.weight - floor.row_price[floor.row] - floor.column_price[floor.column]
    over: IntArray = ((gain > 0) & (floor.state == OPEN)).nonzero()[0]
    floor.state[over] = APART
    return over[np.argsort(-gain[over], kind="stable")]
