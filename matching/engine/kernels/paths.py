"""Chains of exchanges by weight: shortest paths on reduced weights, which the prices keep ≥ 0.

Places of a search are numbered: rows, then columns, then the ground, where places stand that
nobody fills. Who stands on a chain has one pair too many: a row gives it to another column or to
the ground, a column to one of the rows it holds or, if it has room, to the ground.

All parts stand in this one file: what numba keeps on disk it makes anew when the file changes that
holds the kernel, and not when another one does.
"""

from typing import Any, NamedTuple

import numpy as np

from matching.engine.kernels import Kernel, part_of_kernels

NOT_REACHED = -1
FROM_GROUND = -2
# What an edge can be; an apart one waits to be let in, and no way leads over it.
OPEN, CHOSEN, APART = 0, 1, 2


class Heap(NamedTuple):
    """A queue of places by distance, the nearest first; `length[0]` of the entries count."""

    distance: Any
    place: Any
    length: Any


def new_heap(room: int, dtype: Any) -> Heap:
    return Heap(np.zeros(room, dtype), np.zeros(room, np.int64), np.zeros(1, np.int64))


@part_of_kernels
def push(heap, distance, place):
    at = heap.length[0]
    heap.length[0] = at + 1
    while at > 0:
        above = (at - 1) >> 1
        if heap.distance[above] <= distance:
            break
        heap.distance[at] = heap.distance[above]
        heap.place[at] = heap.place[above]
        at = above
    heap.distance[at] = distance
    heap.place[at] = place


@part_of_kernels
def drop_first(heap):
    length = heap.length[0] - 1
    heap.length[0] = length
    distance, place = heap.distance[length], heap.place[length]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= length:
            break
        if below + 1 < length and heap.distance[below + 1] < heap.distance[below]:
            below += 1
        if heap.distance[below] >= distance:
            break
        heap.distance[at] = heap.distance[below]
        heap.place[at] = heap.place[below]
        at = below
    heap.distance[at] = distance
    heap.place[at] = place


class Floor(NamedTuple):
    """Who holds which place, at what prices.

    Edges are sorted by row, those of row r being `start[r]` to `start[r + 1]`.
    Column c keeps its chosen edges in `holder`, from `first[c]` on, `filled[c]` of them; row r
    has `held[r]`. Prices and choice change as rows ask.
    """

    start: Any
    row: Any
    column: Any
    weight: Any
    row_capacity: Any
    column_capacity: Any
    row_price: Any
    column_price: Any
    state: Any
    first: Any
    holder: Any
    filled: Any
    held: Any


class Search(NamedTuple):
    """How far each place is, by which edge it was reached (the ground: from which place), whether
    it was passed, and which places were touched, `count[0]` of them."""

    distance: Any
    via: Any
    passed: Any
    touched: Any
    count: Any
    heap: Heap


def new_search(floor: Floor, far: int) -> Search:
    places = len(floor.row_capacity) + len(floor.column_capacity) + 1
    # In a search each edge is looked at once from its row and once from its column, each place
    # once from the ground, and the ground once from each place.
    room = 2 * len(floor.row) + 2 * places
    return Search(
        np.full(places, far, floor.weight.dtype),
        np.full(places, NOT_REACHED, np.int64),
        np.zeros(places, np.bool_),
        np.zeros(places, np.int64),
        np.zeros(1, np.int64),
        new_heap(room, floor.weight.dtype),
    )


@part_of_kernels
def reach(search, place, distance, via, target, end, far):
    """Note a shorter way; at the target, everything as far as that is out of question."""
    if distance >= end or distance >= search.distance[place]:
        return end
    if search.distance[place] == far:
        search.touched[search.count[0]] = place
        search.count[0] += 1
    search.distance[place] = distance
    search.via[place] = via
    if place == target:
        return distance
    push(search.heap, distance, place)
    return end


@part_of_kernels
def leave_row(floor, search, row, here, target, end, far):
    rows, ground = len(floor.row_capacity), len(search.distance) - 1
    end = reach(search, ground, here, row, target, end, far)
    for edge in range(floor.start[row], floor.start[row + 1]):
        column = floor.column[edge]
        distance = here + floor.column_price[column] - floor.weight[edge]
        is_nearer = distance < end and distance < search.distance[rows + column]
        if is_nearer and floor.state[edge] == OPEN:
            end = reach(search, rows + column, distance, edge, target, end, far)
            if floor.filled[column] < floor.column_capacity[column]:
                end = reach(search, ground, distance, rows + column, target, end, far)
    return end


@part_of_kernels
def leave_column(floor, search, column, here, target, end, far):
    first = floor.first[column]
    for at in range(first, first + floor.filled[column]):
        edge = floor.holder[at]
        row = floor.row[edge]
        distance = here + floor.weight[edge] - floor.row_price[row]
        end = reach(search, row, distance, edge, target, end, far)
    return end


@part_of_kernels
def leave_ground(floor, search, here, target, end, far):
    """A column can be left with a place empty; a row with room can take one more."""
    rows = len(floor.row_capacity)
    for column in range(len(floor.column_capacity)):
        distance = here + floor.column_price[column]
        end = reach(search, rows + column, distance, FROM_GROUND, target, end, far)
    for row in range(rows):
        if floor.held[row] < floor.row_capacity[row]:
            end = reach(search, row, here, FROM_GROUND, target, end, far)
    return end


@part_of_kernels
def find_way(floor, search, source, target, limit, far):
    """How far it is from source to target, or `limit` if it is further than that."""
    rows, ground = len(floor.row_capacity), len(search.distance) - 1
    end = reach(search, source, 0 * limit, NOT_REACHED, target, limit, far)
    while search.heap.length[0] > 0 and search.heap.distance[0] < end:
        distance, place = search.heap.distance[0], search.heap.place[0]
        drop_first(search.heap)
        if search.passed[place]:
            continue
        search.passed[place] = True
        if place < rows:
            here = distance + floor.row_price[place]
            end = leave_row(floor, search, place, here, target, end, far)
        elif place < ground:
            here = distance - floor.column_price[place - rows]
            end = leave_column(floor, search, place - rows, here, target, end, far)
        else:
            end = leave_ground(floor, search, distance, target, end, far)
    return end


@part_of_kernels
def set_prices(floor, search, end):
    """Make the way free of charge. The ground costs nothing, so it is the others that move."""
    rows, ground = len(floor.row_capacity), len(search.distance) - 1
    if search.passed[ground]:
        sunk = end - search.distance[ground]
        for row in range(rows):
            floor.row_price[row] += sunk
        for column in range(ground - rows):
            floor.column_price[column] -= sunk
    for at in range(search.count[0]):
        place = search.touched[at]
        if search.passed[place]:
            if place < rows:
                floor.row_price[place] += search.distance[place] - end
            elif place < ground:
                floor.column_price[place - rows] += end - search.distance[place]


@part_of_kernels
def forget(search, far):
    for at in range(search.count[0]):
        place = search.touched[at]
        search.passed[place] = False
        search.distance[place] = far
        search.via[place] = NOT_REACHED
    search.count[0] = 0
    search.heap.length[0] = 0


@part_of_kernels
def choose(floor, edge):
    column = floor.column[edge]
    floor.state[edge] = CHOSEN
    floor.holder[floor.first[column] + floor.filled[column]] = edge
    floor.filled[column] += 1
    floor.held[floor.row[edge]] += 1


@part_of_kernels
def drop(floor, edge):
    column = floor.column[edge]
    floor.state[edge] = OPEN
    floor.filled[column] -= 1
    floor.held[floor.row[edge]] -= 1
    last = floor.first[column] + floor.filled[column]
    at = floor.first[column]
    while floor.holder[at] != edge:
        at += 1
    floor.holder[at] = floor.holder[last]


@part_of_kernels
def follow(floor, search, source, target, dropping):
    """Along the way each row drops one edge and chooses the next; to be followed once for each."""
    rows, ground = len(floor.row_capacity), len(search.distance) - 1
    place = target
    while place != source:
        via = search.via[place]
        if place == ground:
            place = via
        elif via == FROM_GROUND:
            place = ground
        elif place < rows:
            if dropping:
                drop(floor, via)
            place = rows + floor.column[via]
        else:
            if not dropping:
                choose(floor, via)
            place = floor.row[via]


@Kernel
def fill_rows(floor, search, far):
    """Give every row its places, one after another, for as long as that adds weight."""
    ground = len(search.distance) - 1
    for row in range(len(floor.row_capacity)):
        while floor.held[row] < floor.row_capacity[row]:
            end = find_way(floor, search, row, ground, far, far)
            set_prices(floor, search, end)
            is_better = search.via[ground] != row
            if is_better:
                follow(floor, search, row, ground, True)
                follow(floor, search, row, ground, False)
            forget(search, far)
            if not is_better:
                break


@Kernel
def admit(floor, search, edges, far):
    """Let in edges that stand apart, one after another, and exchange where that adds weight."""
    rows = len(floor.row_capacity)
    for edge in edges:
        row, column = floor.row[edge], floor.column[edge]
        gain = floor.weight[edge] - floor.row_price[row] - floor.column_price[column]
        if gain > 0:
            has_room = floor.filled[column] < floor.column_capacity[column]
            source = len(search.distance) - 1 if has_room else rows + column
            end = find_way(floor, search, source, row, gain, far)
            set_prices(floor, search, end)
            if search.via[row] != NOT_REACHED:
                follow(floor, search, source, row, True)
                choose(floor, edge)
                follow(floor, search, source, row, False)
            forget(search, far)
        if floor.state[edge] == APART:
            floor.state[edge] = OPEN
