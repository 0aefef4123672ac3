"""`python -m matching.engine PROBLEM.json > RESULT.json`; a dash reads standard input."""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from matching.engine.faults import MalformedProblemError
from matching.engine.pairing import solve_with_evidence
from matching.engine.reading import read_json

USAGE = (
    "usage: python -m matching.engine [--prices FILE] PROBLEM.json > RESULT.json   "
    "(- reads standard input; FILE takes the proof, a price for each person)"
)
MALFORMED = 2


def main(arguments: list[str]) -> int:
    """The exit status; the result goes to stdout, timings and faults to stderr."""
    if arguments in (["-h"], ["--help"]):
        print(USAGE)  # noqa: T201
        return 0
    prices, arguments = _prices_file(arguments)
    if len(arguments) != 1 or (arguments[0].startswith("-") and arguments[0] != "-"):
        return _refuse(USAGE)
    started = perf_counter()
    try:
        problem = read_json(*_read(arguments[0]))
        read = perf_counter()
        result, evidence = solve_with_evidence(problem)
    except OSError as error:
        return _refuse(f"{arguments[0]}: cannot be read: {error.strerror}")
    except MalformedProblemError as error:
        return _refuse(str(error))
    solved = perf_counter()
    if prices is not None:
        try:
            Path(prices).write_bytes(_as_bytes(evidence.as_json()))
        except OSError as error:
            return _refuse(f"{prices}: cannot be written: {error.strerror}")
    sys.stdout.buffer.write(_as_bytes(result.as_json()))
    print(f"read {read - started:.2f} s, solved {solved - read:.2f} s", file=sys.stderr)  # noqa: T201
    return 0


def _prices_file(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The file named for the proof, and the other arguments."""
    if "--prices" not in arguments[:-1]:
        return None, arguments
    at = arguments.index("--prices")
    return arguments[at + 1], arguments[:at] + arguments[at + 2 :]


def _as_bytes(value: dict[str, Any]) -> bytes:
    # ASCII and bytes: no locale and no line ending of the system has a say in the output.
    return json.dumps(value, indent=1).encode("ascii") + b"\n"


def _read(path: str) -> tuple[bytes, str]:
    if path == "-":
        return sys.stdin.buffer.read(), "standard input"
    return Path(path).read_bytes(), path


def _refuse(lines: str) -> int:
    print(lines, file=sys.stderr)  # noqa: T201
    return MALFORMED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
