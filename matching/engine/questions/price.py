"""What it costs to insist: pairs locked together or kept apart, against a free choice."""

from collections.abc import Collection
from dataclasses import replace

from matching.engine.faults import MalformedProblemError
from matching.engine.problem import Problem
from matching.engine.questions.changes import Comparison, Ids, compare
from matching.engine.result import Result
from matching.engine.validation import validate


def price(
    problem: Problem,
    *,
    lock: Collection[Ids] = (),
    forbid: Collection[Ids] = (),
    result: Result | None = None,
) -> Comparison:
    """The match as it is beside the one in which these pairs stand, and those must not be.

    The pairs newly locked count in what comes after, as any other. Raises
    `MalformedProblemError` where they cannot be locked: a rule keeps two apart whatever a
    coordinator wants, or somebody has no place left.
    """
    changed = insisting(problem, lock=lock, forbid=forbid)
    if faults := validate(changed):
        raise MalformedProblemError(faults)
    return compare(problem, changed, result)


def insisting(
    problem: Problem, *, lock: Collection[Ids] = (), forbid: Collection[Ids] = ()
) -> Problem:
    """The problem with these pairs locked and those forbidden besides its own."""
    return replace(
        problem,
        locked=(*problem.locked, *(pair for pair in lock if pair not in set(problem.locked))),
        forbidden=(*problem.forbidden, *forbid),
    )
