"""From what the rows say to the engine's answer. Nothing is kept here."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from matching.engine import MalformedProblemError, solve_valid
from matching.queries.problem import Gathered, Ids
from matching.queries.solvable import solvable
from matching.rules import RuleSet


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
    try:
        value, problem, aside = solvable(gathered)
    except MalformedProblemError as refusal:
        raise RoundRefused(
            _("The rules or people of this programme do not make sense together: %(why)s")
            % {"why": refusal.faults[0]}
        ) from refusal
    held = tuple(sorted({key for pair in aside.intersection(gathered.held) for key in pair}))
    locked = {(mentor, mentee) for mentor, mentee in value["locked"]}
    kept = frozenset(locked.intersection(gathered.kept))
    return Solved(
        value, solve_valid(problem).as_json(), held, kept, len(set(gathered.kept) - locked)
    )
