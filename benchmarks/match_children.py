"""One figure of `match.py`, taken in this process alone and printed as JSON."""

import json
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import people  # isort: skip  (makes the project importable)
from matching.engine import solve
from matching.engine.scoring import scores
from matching.engine.solver import Places, Solution, best_choice
from matching.engine.tables import tables_of
from matching.engine.ties import keys_of, lots

TIMES = 5
MATRIX_SIDE = 4_000


def timed(act: Callable[[], Any], times: int = TIMES) -> tuple[list[float], Any]:
    seconds, answer = [], None
    for _ in range(times):
        started = perf_counter()
        answer = act()
        seconds.append(perf_counter() - started)
    return seconds, answer


def answered(seconds: list[float], figures: list[int], optimal: bool | None = None) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    found = {"seconds": seconds, "peak_mb": peak, "figures": figures, "optimal": optimal}
    print(json.dumps(found))


def make_matrix(kind: str, path: str) -> None:
    if kind == "scores":
        tables = tables_of(people.people(MATRIX_SIDE))
        blocks = tables.blocks(np.arange(MATRIX_SIDE))
        matrix = np.concatenate([scores(tables, block) for block in blocks])
    else:
        matrix = np.random.default_rng(1).integers(0, 100_001, (MATRIX_SIDE, MATRIX_SIDE))
    np.save(path, matrix.astype(np.int32))
    answered([], [])


def scipy(path: str) -> None:
    from scipy.optimize import linear_sum_assignment

    matrix = np.load(path)
    seconds, (row, column) = timed(lambda: linear_sum_assignment(matrix, maximize=True))
    answered(seconds, [len(row), int(matrix[row, column].sum())])


def ours(path: str) -> None:
    matrix = np.load(path)
    # Large enough for shortlists: everything that is compiled is compiled here.
    _matched(matrix[:600, :600].copy())
    seconds, found = timed(lambda: _matched(matrix))
    answered(seconds, [found.count, found.total], found.optimal)


def _matched(matrix: Any) -> Solution:
    rows, columns = matrix.shape
    one_each = np.ones(rows, np.int64), np.ones(columns, np.int64)
    keys = [
        keys_of(f"{side}{number}" for number in range(length))
        for side, length in (("m", rows), ("n", columns))
    ]
    return best_choice(
        Places(matrix, *one_each),
        fair=False,
        lots=lambda row, column: lots(keys[0][row], keys[1][column]),
    )


def whole(side: str, objective: str, capacity: str) -> None:
    capacities = (1,) if capacity == "one" else (1, 2, 3)
    solve(people.people(600, objective=objective, capacities=capacities))
    problem = people.people(int(side), objective=objective, capacities=capacities)
    times = TIMES if int(side) <= 2_000 else 1
    seconds, found = timed(lambda: solve(problem), times)
    answered(seconds, [found.count, found.worst or 0, found.total], found.optimal)


def compile() -> None:
    import numba

    with tempfile.TemporaryDirectory() as folder:
        numba.config.CACHE_DIR = str(Path(folder))
        seconds, _ = timed(lambda: solve(people.people(600)), times=1)
        warm, _ = timed(lambda: solve(people.people(600)), times=1)
    answered([seconds[0] - warm[0]], [])


if __name__ == "__main__":
    {function.__name__: function for function in (make_matrix, scipy, ours, whole, compile)}[
        sys.argv[1]
    ](*sys.argv[2:])
