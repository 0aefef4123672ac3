"""What was gathered, as a problem that the engine takes."""

import re
from typing import Any

from matching.engine import MalformedProblemError, read_problem
from matching.queries.problem import Gathered, Ids

LOCKED_PATH = re.compile(r"locked\[(\d+)\]")


def solvable(gathered: Gathered) -> tuple[dict[str, Any], set[Ids]]:
    """The problem with those standing pairs set aside that today's rules would not allow.

    Raises `MalformedProblemError` where something else than a standing pair is in the way.
    """
    aside: set[Ids] = set()
    while True:
        problem = gathered.problem(aside)
        try:
            read_problem(problem)
        except MalformedProblemError as refusal:
            places = [LOCKED_PATH.match(fault.path) for fault in refusal.faults]
            if not all(places):
                raise
            aside |= {tuple(problem["locked"][int(place[1])]) for place in places if place}
        else:
            return problem, aside
