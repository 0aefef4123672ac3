"""Which tracks a pair takes, in which order, and why: the curriculum's engine.

Plain Python: frozen dataclasses in, frozen dataclasses out. The same answer on every machine.

    solve(problem)                the plan of each pair, or why its locked tracks leave it none
    plan_pair(catalogue, pair)    the same for one pair
    validate(problem)             what is wrong with a problem built in Python
    read_problem(data)            a problem from its JSON
"""

from .catalogue import Catalogue
from .planning import plan_pair, solve
from .problem import Budget, Goal, Outcome, PairProblem, Problem, Track
from .reading import MalformedProblemError, read_problem, validate
from .result import (
    Detail,
    Gain,
    LockedCause,
    LockedError,
    PairPlan,
    Result,
    Step,
    Unmet,
    UnmetCause,
    result_as_json,
)
from .shapes import Flaw
from .writing import problem_as_json

__all__ = [
    "Budget",
    "Catalogue",
    "Detail",
    "Flaw",
    "Gain",
    "Goal",
    "LockedCause",
    "LockedError",
    "MalformedProblemError",
    "Outcome",
    "PairPlan",
    "PairProblem",
    "Problem",
    "Result",
    "Step",
    "Track",
    "Unmet",
    "UnmetCause",
    "plan_pair",
    "problem_as_json",
    "read_problem",
    "result_as_json",
    "solve",
    "validate",
]
