"""What was gathered, as a problem that the engine takes."""

import re
from typing import Any

from matching.engine import MalformedProblemError, Problem, read_problem
from matching.queries.problem import Gathered, Ids

LOCKED_PATH = re.compile(r"locked\[(\d+)\]")


def solvable(gathered: Gathered) -> tuple[dict[str, Any], Problem, set[Ids]]:
    """The problem, as values and read, without those locked pairs that today's rules would not
    allow, and these.

    Raises `MalformedProblemError` where something else than a locked pair is in the way.
    """
    aside: set[Ids] = set()
    while True:
        value = gathered.problem(aside)
        try:
            problem = read_problem(value)
        except MalformedProblemError as refusal:
            places = [LOCKED_PATH.match(fault.path) for fault in refusal.faults]
            if not all(places):
                raise
            aside |= {tuple(value["locked"][int(place[1])]) for place in places if place}
        else:
            return value, problem, aside
