"""What edges are worth beyond the prices at their ends."""

from matching.engine.kernels import Kernel


@Kernel
def compare(block, first, least, raised, row_price, column_price, is_even, row_found, column_found):
    """Find the edges of a block worth more than their prices, or just as much; how many there are.

    `first` is the row of the block's first; what is found stands in the last two, as far as the
    number says.
    """
    found = 0
    for at in range(block.shape[0]):
        row = first + at
        limit = row_price[row] - raised
        for column in range(block.shape[1]):
            worth = block[at, column]
            gain = worth - limit - column_price[column]
            # Few pass this: asked first, it is what the processor expects.
            if gain >= 0 and (gain == 0) == is_even and worth >= least:
                row_found[found] = row
                column_found[found] = column
                found += 1
    return found
