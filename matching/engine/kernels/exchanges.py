"""Chains of exchanges that only count: rows over a whole matrix ask for their places."""

from typing import Any, NamedTuple

import numpy as np

from matching.engine.kernels import Kernel, part_of_kernels

NONE = -1
SOURCE = -2


class Tally(NamedTuple):
    """Column c keeps the rows it holds in `holder`, from `first[c]` on, `filled[c]` of them; row r
    holds `held[r]` columns. What was reached in vain is closed for good."""

    row_capacity: Any
    column_capacity: Any
    first: Any
    holder: Any
    filled: Any
    held: Any
    closed_rows: Any
    closed_columns: Any


class Reached(NamedTuple):
    """Columns still open stand first in `waiting`, `waits[0]` of them.

    `comes_from[c]` is the row that reached a column, `leaves[r]` the column a row would give up.
    """

    waiting: Any
    waits: Any
    queue: Any
    comes_from: Any
    leaves: Any


def new_reached(rows: int, columns: int) -> Reached:
    return Reached(
        np.arange(columns),
        np.array([columns]),
        np.zeros(rows, np.int64),
        np.full(columns, NONE, np.int64),
        np.full(rows, NONE, np.int64),
    )


@part_of_kernels
def slot_of(tally, row, column):
    """Where the column keeps the row; NONE if it does not hold it."""
    for at in range(tally.first[column], tally.first[column] + tally.filled[column]):
        if tally.holder[at] == row:
            return at
    return NONE


@part_of_kernels
def look_from(weight, least, tally, reached, row, waits, queued):
    """Reach the columns open to `row`: one with room or NONE, and how many wait and queue now."""
    at = 0
    while at < waits:
        column = reached.waiting[at]
        if weight[row, column] < least or slot_of(tally, row, column) != NONE:
            at += 1
            continue
        waits -= 1
        reached.waiting[at], reached.waiting[waits] = reached.waiting[waits], column
        reached.comes_from[column] = row
        if tally.filled[column] < tally.column_capacity[column]:
            return column, waits, queued
        first = tally.first[column]
        for slot in range(first, first + tally.filled[column]):
            holder = tally.holder[slot]
            if reached.leaves[holder] == NONE:
                reached.leaves[holder] = column
                reached.queue[queued] = holder
                queued += 1
    return NONE, waits, queued


@part_of_kernels
def exchange(tally, reached, column):
    """Along the chain that ends at `column` each row takes what it reached first."""
    slot = tally.first[column] + tally.filled[column]
    tally.filled[column] += 1
    while True:
        row = reached.comes_from[column]
        tally.holder[slot] = row
        column = reached.leaves[row]
        if column == SOURCE:
            return
        slot = slot_of(tally, row, column)


@part_of_kernels
def give_one(weight, least, tally, reached, source):
    """Give `source` one more column, if there is a chain."""
    reached.queue[0] = source
    reached.leaves[source] = SOURCE
    done, queued, waits, found = 0, 1, reached.waits[0], NONE
    while done < queued and found == NONE:
        row = reached.queue[done]
        done += 1
        found, waits, queued = look_from(weight, least, tally, reached, row, waits, queued)
    if found != NONE:
        exchange(tally, reached, found)
        tally.held[source] += 1
    else:
        for at in range(waits, reached.waits[0]):
            tally.closed_columns[reached.waiting[at]] = True
        reached.waits[0] = waits
        for at in range(queued):
            tally.closed_rows[reached.queue[at]] = True
    for at in range(queued):
        reached.leaves[reached.queue[at]] = NONE
    return found != NONE


@Kernel
def fill_rows(weight, least, tally, reached, spared):
    """False as soon as more than `spared` places of rows must stay empty."""
    for row in range(len(tally.row_capacity)):
        while tally.held[row] < tally.row_capacity[row]:
            if tally.closed_rows[row] or not give_one(weight, least, tally, reached, row):
                spared -= tally.row_capacity[row] - tally.held[row]
                break
        if spared < 0:
            return False
    return True


@Kernel
def keep_only(weight, least, tally):
    """Let go of pairs worth less than `least`."""
    for column in range(len(tally.filled)):
        first = tally.first[column]
        kept = first
        for at in range(first, first + tally.filled[column]):
            row = tally.holder[at]
            if weight[row, column] >= least:
                tally.holder[kept] = row
                kept += 1
            else:
                tally.held[row] -= 1
        tally.filled[column] = kept - first


@Kernel
def lowest(weight, tally):
    """The lowest weight held; below 0 when nothing is."""
    found = weight[0, 0] * 0 - 1
    for column in range(len(tally.filled)):
        for at in range(tally.first[column], tally.first[column] + tally.filled[column]):
            here = weight[tally.holder[at], column]
            if found < 0 or here < found:
                found = here
    return found
