"""From what the rows say to the engine's answer. Nothing is kept here."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from matching.engine import MalformedProblemError, Problem, read_problem, solve
from matching.queries.problem import Gathered, Ids
from matching.rules import RuleSet

LOCKED_PATH = re.compile(r"locked\[(\d+)\]")


class RoundRefused(Exception):
    """Why the engine could not be run, in words."""


@dataclass(frozen=True, slots=True)
class Solved:
    """Problem and result in the form of the engine's contract.

    `held` are people whom a pair outside the problem holds: the engine may leave them over, and
    they are not without a partner.
    """

    problem: dict[str, Any]
    result: dict[str, Any]
    held: tuple[str, ...]


def solve_gathered(gathered: Gathered, rules: RuleSet | None = None) -> Solved:
    """The answer by the programme's rules, or by others. Raises `RoundRefused`."""
    if rules:
        gathered = replace(gathered, **rules.in_problem())
    value, problem, aside = _solvable(gathered)
    held = tuple(sorted({key for pair in aside for key in pair}))
    return Solved(value, solve(problem).as_json(), held)


def _solvable(gathered: Gathered) -> tuple[dict[str, Any], Problem, set[Ids]]:
    """The problem without those standing pairs that today's rules would not allow."""
    aside: set[Ids] = set()
    while True:
        value = gathered.problem(aside)
        try:
            problem = read_problem(value)
        except MalformedProblemError as refusal:
            places = [LOCKED_PATH.match(fault.path) for fault in refusal.faults]
            if not all(places):
                raise RoundRefused(
                    _("The rules or people of this programme do not make sense together: %(why)s")
                    % {"why": refusal.faults[0]}
                ) from refusal
            aside |= {tuple(value["locked"][int(place[1])]) for place in places if place}
        else:
            return value, problem, aside
