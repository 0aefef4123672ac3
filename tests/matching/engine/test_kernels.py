"""The compiled loops: kept where they are found anew, and made anew when they change."""

from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from matching.engine import kernels
from matching.engine.kernels import Kernel

MODULES = sorted(Path(kernels.__file__).parent.glob("[!_]*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_all_parts_of_a_kernel_stand_in_its_file(module: Path) -> None:
    """What is kept on disk is stale when a part changes that stands in another file."""
    lines = module.read_text().splitlines()
    imported = [line for line in lines if line.startswith("from matching.")]
    assert all(line.startswith("from matching.engine.kernels import ") for line in imported)


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """numba refuses to keep what it compiles where it finds no folder to write to."""
    compile_it = numba.njit

    def njit(*functions: Any, cache: bool = False, **more: Any) -> Any:
        if functions:
            return compile_it(*functions, **more)

        def decorated(function: Any) -> Any:
            if cache:
                raise RuntimeError("cannot cache function: no locator available")
            return compile_it(**more)(function)

        return decorated

    monkeypatch.setattr(numba, "njit", njit)
    twice = Kernel(lambda number: 2 * number)
    assert twice.on(np.zeros(0))(21) == 42
