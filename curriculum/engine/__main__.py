"""python -m curriculum.engine PROBLEM.json > RESULT.json

Exit 0 with the result on stdout; exit 2 with one line a problem on stderr. Timings go to stderr.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .planning import solve
from .reading import MalformedProblemError, read_problem
from .result import result_as_json

_MALFORMED = 2


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        return _refuse(["usage: python -m curriculum.engine PROBLEM.json > RESULT.json"])
    started = time.perf_counter()
    try:
        data = Path(arguments[0]).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _refuse([f"{json.dumps(arguments[0])}: can't be read: {reason}"])
    try:
        problem = read_problem(data)
    except MalformedProblemError as error:
        return _refuse(map(str, error.flaws))
    read = time.perf_counter()
    result = solve(problem)
    solved = time.perf_counter()
    text = json.dumps(result_as_json(result), indent=1)
    sys.stdout.buffer.write(text.encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
    sys.stderr.write(
        f"{len(result.plans)} plans, {len(result.errors)} errors: "
        f"read in {read - started:.3f} s, solved in {solved - read:.3f} s\n"
    )
    return 0


def _refuse(lines: Sequence[str] | map[str]) -> int:
    for line in lines:
        sys.stderr.write(line + "\n")
    return _MALFORMED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
