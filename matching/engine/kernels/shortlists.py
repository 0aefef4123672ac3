"""The best few of each row and of each column of a block."""

from typing import Any, NamedTuple

import numpy as np

from matching.engine.kernels import Kernel, part_of_kernels

NOBODY = -1


class Shortlist(NamedTuple):
    """For each of some places the best worths, highest first, and the place across from each, or
    NOBODY; `bar` is the last of the worths, which whoever wants to enter has to beat."""

    worth: Any
    other: Any
    bar: Any


def new_shortlist(places: int, length: int, lowest: int, dtype: Any) -> Shortlist:
    """Everything that is to enter is worth more than `lowest`."""
    return Shortlist(
        np.full((places, length), lowest, dtype),
        np.full((places, length), NOBODY, np.int64),
        np.full(places, lowest, dtype),
    )


@part_of_kernels
def insert(shortlist, place, worth, other):
    """Where it belongs; who was there first stays before equals."""
    last = shortlist.worth.shape[1] - 1
    at = last
    while at > 0 and shortlist.worth[place, at - 1] < worth:
        shortlist.worth[place, at] = shortlist.worth[place, at - 1]
        shortlist.other[place, at] = shortlist.other[place, at - 1]
        at -= 1
    shortlist.worth[place, at] = worth
    shortlist.other[place, at] = other
    shortlist.bar[place] = shortlist.worth[place, last]


@Kernel
def note_best(block, least, first, row_usual, column_usual, by_row, by_column):
    """Enter a block of the matrix, whose first row is row `first`.

    What counts is how far an edge is above what is usual across from it: where everybody would
    like the same few, the best of each would be the same few. And each row begins to look at
    another column, so that rows to which all are worth the same do not all name the first.
    """
    columns, rows = block.shape[1], len(row_usual)
    row_bar, column_bar = by_row.bar, by_column.bar
    for at in range(block.shape[0]):
        row = first + at
        start = row * columns // rows
        for step in range(columns):
            column = start + step if start + step < columns else start + step - columns
            worth = block[at, column]
            if worth >= least:
                if worth - column_usual[column] > row_bar[row]:
                    insert(by_row, row, worth - column_usual[column], column)
                if worth - row_usual[row] > column_bar[column]:
                    insert(by_column, column, worth - row_usual[row], row)


@Kernel
def add_up(block, least, first, row_sum, column_sum, row_count, column_count):
    """What the edges of a block are worth together, and how many they are, by row and column."""
    for at in range(block.shape[0]):
        for column in range(block.shape[1]):
            worth = block[at, column]
            if worth >= least:
                row_sum[first + at] += worth
                row_count[first + at] += 1
                column_sum[column] += worth
                column_count[column] += 1
