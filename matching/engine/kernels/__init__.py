"""The inner loops, compiled by numba where the numbers fit into 64 bits.

Each kernel is a plain Python function over arrays. On arrays of Python's own integers, which hold
weights of any size, it runs as it stands; so there is one text of each and not two.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_parts: list[Callable[..., Any]] = []


def part_of_kernels(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Can be called from inside a kernel, compiled or not."""
    _parts.append(function)
    return function


class Kernel(Generic[Asked, Answer]):
    """Call it through `on`, with the weights that decide how it has to run."""

    def __init__(self, plain: Callable[Asked, Answer]) -> None:
        self.plain = plain

    def on(self, weights: np.ndarray[Any, Any]) -> Callable[Asked, Answer]:
        return self.plain if weights.dtype == object else self.compiled

    @cached_property
    def compiled(self) -> Callable[Asked, Answer]:
        """Kept on disk where there is a place to keep it; lets other threads run meanwhile."""
        # Imported by who solves something: it takes longer to load than the rest of a web page.
        from numba import njit
        from numba.extending import register_jitable

        while _parts:
            register_jitable(_parts.pop())
        try:
            found: Callable[Asked, Answer] = njit(cache=True, nogil=True)(self.plain)
        except RuntimeError:  # no folder that can be written
            found = njit(nogil=True)(self.plain)
        return found
