"""Who gets it where several choices are equally good: a lot drawn from the two ids.

The lot of two people depends on nothing but their ids. So a tie falls the same way whatever the
order of the input, whatever the method that found the prices, and whoever else takes part; and
nobody wins ties for standing early in the alphabet.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.engine.assignment import Choice
from matching.engine.graph import IntArray, Matrix, Whole, with_room
from matching.engine.pricing import edges_against, heaviest_of_all

Keys = NDArray[np.uint64]
LOT_BITS = 32
# The lots of edges, given by their rows and their columns: each below 2**32.
Lots = Callable[[IntArray, IntArray], IntArray]


def keys_of(ids: Iterable[str]) -> Keys:
    digests = [blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8) for id in ids]
    return np.array([int.from_bytes(d.digest(), "big") for d in digests], dtype=np.uint64)


def lots(mentor_keys: Keys, mentee_keys: Keys) -> IntArray:
    """One number below 2**32 for each two keys (finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = mentor_keys ^ (mentee_keys * np.uint64(0x9E3779B97F4A7C15))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - LOT_BITS)).astype(np.int64)


def settle(matrix: Matrix, best: Choice, drawn: Lots) -> Choice:
    """Of all choices as heavy as `best`, the one with the highest sum of lots.

    They are exactly those that the prices support: every edge worth more than its prices, some of
    those worth just as much, and every place with a price filled. No edge may be worth 0.
    """
    sure = _gain_of_edges(matrix, best) > 0
    row, column = best.row[sure], best.column[sure]
    left = replace(
        _even(matrix, best, drawn),
        row_capacity=matrix.row_capacity - np.bincount(row, minlength=matrix.rows),
        column_capacity=matrix.column_capacity - np.bincount(column, minlength=matrix.columns),
    )
    more = heaviest_of_all(left)
    row, column = np.concatenate([row, more.row]), np.concatenate([column, more.column])
    order = np.lexsort((column, row))
    return Choice(row[order], column[order], best.prices)


def _gain_of_edges(matrix: Matrix, choice: Choice) -> Whole:
    """The gain of each chosen edge."""
    found = np.zeros(len(choice.row), dtype=matrix.dtype)
    for first, block in matrix.blocks():
        here = slice(*np.searchsorted(choice.row, [first, first + len(block)]))
        row, column = choice.row[here], choice.column[here]
        weight = block[row - first, column].astype(matrix.dtype) + matrix.raised
        found[here] = weight - choice.prices.row[row] - choice.prices.column[column]
    return found


def _even(matrix: Matrix, best: Choice, drawn: Lots) -> Matrix:
    """Edges worth just their prices, by their lots; filling a priced place outweighs all lots."""
    bonus = (1 << LOT_BITS) * (len(best.row) + 1)
    must_row, must_column = best.prices.row > 0, best.prices.column > 0
    empty = with_room(np.full(1, -1), 3 * bonus).dtype

    def block(first: int, last: int) -> Whole:
        weight = matrix.block(first, last)
        row, column = edges_against(matrix, best.prices, first, weight, even=True)
        found = np.full(weight.shape, -1, dtype=empty)
        must = must_row[row].astype(empty) + must_column[column]
        found[row - first, column] = drawn(row, column) + must * bonus
        return found

    return Matrix(block, matrix.row_capacity, matrix.column_capacity, largest=3 * bonus)
