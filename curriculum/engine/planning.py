"""From a pair to its plan, or to the reasons why it can have none."""

from __future__ import annotations

from collections.abc import Iterable

from .catalogue import Catalogue
from .causes import totals, unmet_goals
from .explanation import steps_of
from .locked import clashes, locked_errors
from .problem import PairProblem, Problem, Track
from .result import LockedError, PairPlan, Result
from .situation import Situation
from .solver import best_set, pair_wants


def solve(problem: Problem) -> Result:
    """The plan of each pair, or the errors of its locked tracks, in the order of the pairs.

    The problem is taken as sound: `validate` tells whether it is.
    """
    catalogue = Catalogue(problem.tracks)
    plans: list[PairPlan] = []
    errors: list[LockedError] = []
    for pair in problem.pairs:
        outcome = plan_pair(catalogue, pair)
        if isinstance(outcome, PairPlan):
            plans.append(outcome)
        else:
            errors.extend(outcome)
    return Result(tuple(plans), tuple(errors))


def plan_pair(
    tracks: Iterable[Track] | Catalogue, pair: PairProblem
) -> PairPlan | tuple[LockedError, ...]:
    """The best plan of one pair, or why its locked tracks leave it none (at least one error).

    For many pairs make one `Catalogue` of the tracks and pass that.
    """
    catalogue = tracks if isinstance(tracks, Catalogue) else Catalogue(tracks)
    situation = Situation(catalogue, pair)
    chosen = None
    if not clashes(situation):
        chosen = best_set(situation, pair_wants(situation), situation.locked, pair.budget)
    if chosen is None:
        return locked_errors(situation)
    steps, facts = steps_of(situation, chosen)
    minutes, sessions = totals(situation, chosen)
    value = sum(
        goal.weight
        * (
            min(situation.level(skill, facts), goal.target)
            - min(situation.level_now(skill), goal.target)
        )
        for skill, goal in pair.goals.items()
    )
    return PairPlan(pair.id, steps, unmet_goals(situation, facts), value, minutes, sessions)
