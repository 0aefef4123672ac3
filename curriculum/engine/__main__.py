"""python -m curriculum.engine PROBLEM.json > RESULT.json; a dash reads standard input.

Exit 0 with the result on stdout; exit 2 with one line a problem on stderr. Timings go to stderr.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from .planning import solve
from .reading import MalformedProblemError, read_problem
from .result import result_as_json

USAGE = "usage: python -m curriculum.engine PROBLEM.json > RESULT.json   (- reads standard input)"
MALFORMED = 2


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    if list(arguments) in (["-h"], ["--help"]):
        sys.stdout.write(USAGE + "\n")
        return 0
    if len(arguments) != 1 or (arguments[0].startswith("-") and arguments[0] != "-"):
        return _refuse([USAGE])
    name = arguments[0]
    started = time.perf_counter()
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        problem = read_problem(data, _on_one_line(name))
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        return _refuse([f"{_on_one_line(name)}: cannot be read: {reason}"])
    except MalformedProblemError as error:
        return _refuse(map(str, error.flaws))
    read = time.perf_counter()
    result = solve(problem)
    solved = time.perf_counter()
    # ASCII and bytes: no locale and no line ending of the system has a say in the output.
    text = json.dumps(result_as_json(result), indent=1)
    sys.stdout.buffer.write(text.encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
    sys.stderr.write(f"read {read - started:.2f} s, solved {solved - read:.2f} s\n")
    return 0


def _on_one_line(name: str) -> str:
    return name if name.isprintable() else json.dumps(name)


def _refuse(lines: Iterable[str]) -> int:
    for line in lines:
        sys.stderr.write(line + "\n")
    return MALFORMED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
