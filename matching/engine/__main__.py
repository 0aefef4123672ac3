"""`python -m matching.engine PROBLEM.json > RESULT.json`; a dash reads standard input."""

import json
import sys
from pathlib import Path
from time import perf_counter

from matching.engine.faults import MalformedProblemError
from matching.engine.pairing import solve_valid
from matching.engine.reading import read_json

USAGE = "usage: python -m matching.engine PROBLEM.json > RESULT.json   (- reads standard input)"
MALFORMED = 2


def main(arguments: list[str]) -> int:
    """The exit status; the result goes to stdout, timings and faults to stderr."""
    if arguments in (["-h"], ["--help"]):
        print(USAGE)  # noqa: T201
        return 0
    if len(arguments) != 1 or (arguments[0].startswith("-") and arguments[0] != "-"):
        return _refuse(USAGE)
    started = perf_counter()
    try:
        problem = read_json(*_read(arguments[0]))
        read = perf_counter()
        result = solve_valid(problem)
    except OSError as error:
        return _refuse(f"{arguments[0]}: cannot be read: {error.strerror}")
    except MalformedProblemError as error:
        return _refuse(str(error))
    solved = perf_counter()
    # ASCII and bytes: no locale and no line ending of the system has a say in the output.
    sys.stdout.buffer.write(json.dumps(result.as_json(), indent=1).encode("ascii") + b"\n")
    print(f"read {read - started:.2f} s, solved {solved - read:.2f} s", file=sys.stderr)  # noqa: T201
    return 0


def _read(path: str) -> tuple[bytes, str]:
    if path == "-":
        return sys.stdin.buffer.read(), "standard input"
    return Path(path).read_bytes(), path


def _refuse(lines: str) -> int:
    print(lines, file=sys.stderr)  # noqa: T201
    return MALFORMED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
