"""Who gets it where several choices are equally good: a lot drawn from the two ids.

The lot of two people depends on nothing but their ids. So a tie falls the same way whatever the
order of the input, whatever the method that found the prices, and whoever else takes part; and
nobody wins ties for standing early in the alphabet.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.engine.assignment import Prices, heaviest
from matching.engine.graph import BoolArray, Graph, IntArray, with_room

Keys = NDArray[np.uint64]
LOT_BITS = 32


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


def settle(graph: Graph, best: BoolArray, prices: Prices, edge_lots: IntArray) -> BoolArray:
    """Of all choices as heavy as `best`, the one with the highest sum of lots.

    They are exactly those that the prices support: every edge worth more than its prices, some of
    those worth just as much, and every place with a price filled. `graph` must have no edge
    of weight 0.
    """
    gain = prices.gain(graph)
    sure, even = gain > 0, gain == 0
    if np.array_equal(best, sure | even):
        return best
    bonus = (1 << LOT_BITS) * (int(np.count_nonzero(best)) + 1)
    must_fill = (prices.row > 0)[graph.row[even]].astype(np.int64)
    must_fill += (prices.column > 0)[graph.column[even]]
    # Filling such a place outweighs all lots together.
    weight = with_room(edge_lots[even], 2 * bonus) + with_room(must_fill, 2 * bonus) * bonus
    left = Graph(
        graph.row[even],
        graph.column[even],
        weight,
        graph.row_capacity - np.bincount(graph.row[sure], minlength=graph.rows),
        graph.column_capacity - np.bincount(graph.column[sure], minlength=graph.columns),
    )
    chosen = sure.copy()
    chosen[even], _ = heaviest(left)
    return chosen
