"""The engine from end to end: a problem in, the best pairs and their reasons out."""

from collections.abc import Iterator

import numpy as np

from matching.engine.assessment import BARRED, Assessment, assess
from matching.engine.evidence import Evidence, evidence_of
from matching.engine.explanation import left_over
from matching.engine.faults import MalformedProblemError
from matching.engine.graph import BoolArray, IntArray
from matching.engine.problem import OBJECTIVES, Problem
from matching.engine.result import Result, Unmatched
from matching.engine.solver import Places, Solution, best_choice
from matching.engine.ties import Lots, keys_of, lots
from matching.engine.validation import validate

FAIR = OBJECTIVES[0]


def solve(problem: Problem) -> Result:
    """The best pairs for the problem; raises MalformedProblemError with all that is wrong."""
    faults = validate(problem)
    if faults:
        raise MalformedProblemError(faults)
    return solve_valid(problem)


def solve_valid(problem: Problem) -> Result:
    """The same for a problem that `validate` has found nothing wrong with."""
    return solve_with_evidence(problem)[0]


def solve_with_evidence(problem: Problem) -> tuple[Result, Evidence]:
    """The same, with the prices that prove it."""
    assessment = assess(problem)
    locked = assessment.places(problem.locked)
    fair = (problem.objective or FAIR) == FAIR
    solution = best_choice(_places(assessment, *locked), fair=fair, lots=_lots(assessment))
    return _result(assessment, solution, *locked), evidence_of(assessment.tables, solution)


def _places(assessment: Assessment, row: IntArray, column: IntArray) -> Places:
    """What is left to decide: the allowed pairs, and the places that locked ones do not fill."""
    score = assessment.worth
    if len(row):
        score = score.copy()
        score[row, column] = BARRED
    mentors, mentees = assessment.tables.mentors, assessment.tables.mentees
    return Places(
        score,
        mentors.capacity - np.bincount(row, minlength=len(mentors.people)),
        mentees.capacity - np.bincount(column, minlength=len(mentees.people)),
    )


def _lots(assessment: Assessment) -> Lots:
    mentors, mentees = (
        keys_of(person.id for person in side.people)
        for side in (assessment.tables.mentors, assessment.tables.mentees)
    )
    return lambda row, column: lots(mentors[row], mentees[column])


def _result(
    assessment: Assessment, solution: Solution, locked_row: IntArray, locked_column: IntArray
) -> Result:
    row = np.concatenate([solution.row, locked_row])
    column = np.concatenate([solution.column, locked_column])
    order = np.lexsort((column, row))
    locked = frozenset(zip(locked_row.tolist(), locked_column.tolist(), strict=True))
    return Result(
        pairs=tuple(assessment.pairs(row[order], column[order], locked)),
        unmatched=(
            *_unmatched(assessment, "mentor", row),
            *_unmatched(assessment, "mentee", column),
        ),
        count=solution.count,
        worst=solution.worst,
        total=solution.total,
        bound=solution.bound,
        optimal=solution.optimal,
    )


def _unmatched(assessment: Assessment, side: str, paired: IntArray) -> Iterator[Unmatched]:
    """Everyone of this side in no pair."""
    is_mentor = side == "mentor"
    people = (assessment.tables.mentors if is_mentor else assessment.tables.mentees).people
    alone = np.setdiff1d(np.arange(len(people)), paired)
    has_partner: BoolArray = np.any(assessment.worth >= 0, axis=1 if is_mentor else 0)
    barred = alone[~has_partner[alone]].tolist()
    counts = assessment.barring(**{f"{side}s": barred}) if barred else []
    counted = dict(zip(barred, counts, strict=True))
    yield from left_over(side, [people[p] for p in alone], [counted.get(int(p)) for p in alone])
