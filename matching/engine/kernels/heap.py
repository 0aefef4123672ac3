"""A queue of places by distance, the nearest first."""

from typing import Any, NamedTuple

import numpy as np

from matching.engine.kernels import part_of_kernels


class Heap(NamedTuple):
    """`length` is an array of one: how many entries of the other two count."""

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
