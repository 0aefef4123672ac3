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

    `kept_together` are pairs that are locked without standing; some may have been left out. `held`
    are people whom a pair outside the problem holds: the engine may leave them over, and
    they are not without a partner.
    """

    problem: dict[str, Any]
    result: dict[str, Any]
    held: tuple[str, ...]
    kept_together: frozenset[Ids] = frozenset()
    locks_left_out: int = 0


def solve_gathered(gathered: Gathered, rules: RuleSet | None = None) -> Solved:
    """The answer by the programme's rules, or by others. Raises `RoundRefused`."""
    if rules:
        gathered = replace(gathered, **rules.in_problem())
    value, problem, aside = _solvable(gathered)
    held = tuple(sorted({key for pair in aside.intersection(gathered.held) for key in pair}))
    locked = {(mentor, mentee) for mentor, mentee in value["locked"]}
    kept = frozenset(locked.intersection(gathered.kept))
    return Solved(value, solve(problem).as_json(), held, kept, len(set(gathered.kept) - locked))


def _solvable(gathered: Gathered) -> tuple[dict[str, Any], Problem, set[Ids]]:
    """The problem without those locked pairs that today's rules would not allow, and these."""
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
