"""The engine from end to end: a problem in, the best pairs and their reasons out."""

import numpy as np

from matching.engine.assessment import Assessment, assess
from matching.engine.explanation import left_over
from matching.engine.faults import MalformedProblemError
from matching.engine.graph import BoolArray, Graph
from matching.engine.problem import OBJECTIVES, Problem
from matching.engine.result import Result
from matching.engine.solver import Solution, best_choice
from matching.engine.ties import keys_of, lots
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
    assessment = assess(problem)
    locked = assessment.matrix(problem.locked)
    graph = _graph(assessment, locked)
    solution = _solution(assessment, graph, fair=(problem.objective or FAIR) == FAIR)
    together = locked.copy()
    together[graph.row[solution.chosen], graph.column[solution.chosen]] = True
    mentors, mentees = assessment.tables.mentors, assessment.tables.mentees
    matched_mentors, matched_mentees = together.sum(axis=1) > 0, together.sum(axis=0) > 0
    return Result(
        pairs=tuple(assessment.pairs(together, locked)),
        unmatched=(
            *left_over("mentor", mentors.people, matched_mentors, assessment.verdicts),
            *left_over("mentee", mentees.people, matched_mentees, assessment.verdicts.T),
        ),
        count=solution.count,
        worst=solution.worst,
        total=solution.total,
        bound=solution.bound,
        optimal=solution.optimal,
    )


def _graph(assessment: Assessment, locked: BoolArray) -> Graph:
    """What is left to decide: the allowed pairs and places that locked ones do not fill."""
    mentor_places = assessment.tables.mentors.capacity - locked.sum(axis=1)
    mentee_places = assessment.tables.mentees.capacity - locked.sum(axis=0)
    both_have_room = (mentor_places > 0)[:, None] & (mentee_places > 0)
    row, column = np.nonzero((assessment.verdicts == 0) & ~locked & both_have_room)
    return Graph(row, column, assessment.scores[row, column], mentor_places, mentee_places)


def _solution(assessment: Assessment, graph: Graph, *, fair: bool) -> Solution:
    mentor_keys, mentee_keys = (
        keys_of(person.id for person in side.people)
        for side in (assessment.tables.mentors, assessment.tables.mentees)
    )
    drawn = lots(mentor_keys[graph.row], mentee_keys[graph.column])
    return best_choice(graph, fair=fair, lots=drawn)
