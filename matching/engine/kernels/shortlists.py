"""The best few of each row and of each column of a block."""

from typing import Any, NamedTuple

import numpy as np

from matching.engine.kernels import Kernel, part_of_kernels

NOTHING = -1


class Shortlist(NamedTuple):
    """For each of some places the best worths, highest first, and the place across from each;
    `bar` is the last of the worths, which whoever wants to enter has to beat."""

    worth: Any
    other: Any
    bar: Any


def new_shortlist(places: int, length: int, dtype: Any) -> Shortlist:
    return Shortlist(
        np.full((places, length), NOTHING, dtype),
        np.zeros((places, length), np.int64),
        np.full(places, NOTHING, dtype),
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
def note_best(block, least, first, rows, by_row, by_column):
    """Enter a block of the matrix, whose first row is row `first` of `rows`.

    Each row begins to look at another column, so that rows to which everybody is worth the same
    do not all name the same few.
    """
    columns = block.shape[1]
    row_bar, column_bar = by_row.bar, by_column.bar
    for at in range(block.shape[0]):
        row = first + at
        start = row * columns // rows
        for step in range(columns):
            column = start + step if start + step < columns else start + step - columns
            worth = block[at, column]
            if worth >= least:
                if worth > row_bar[row]:
                    insert(by_row, row, worth, column)
                if worth > column_bar[column]:
                    insert(by_column, column, worth, row)
