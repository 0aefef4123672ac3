"""On small problems every field of the answer is what trying every set of tracks gives."""

import json

import pytest

from curriculum.engine import read_problem, result_as_json, solve
from tests.curriculum.engine.brute_force import Json, Pair
from tests.curriculum.engine.problems import small_problem

PROBLEMS_A_TEST = 60


def answer(problem: Json) -> Json:
    return json.loads(json.dumps(result_as_json(solve(read_problem(json.dumps(problem))))))


def expected(problem: Json) -> Json:
    plans, errors = [], []
    for pair in problem["pairs"]:
        one = Pair(problem["tracks"], pair)
        plan = one.solve()
        if plan is None:
            errors += one.errors()
        else:
            plans.append(plan)
    return {"plans": plans, "errors": errors}


@pytest.mark.parametrize("begin", range(0, 600, PROBLEMS_A_TEST))
def test_every_field_is_that_of_the_best_plan(begin: int) -> None:
    for seed in range(begin, begin + PROBLEMS_A_TEST):
        problem = small_problem(seed)
        assert answer(problem) == expected(problem), f"problem {seed}"


def test_the_problems_ask_for_every_cause_and_every_error() -> None:
    """Guards the test above: a generator that never reaches a rule proves nothing of it."""
    answers = [answer(small_problem(seed)) for seed in range(600)]
    causes = {u["cause"] for a in answers for p in a["plans"] for u in p["unmet"]}
    errors = {e["cause"] for a in answers for e in a["errors"]}
    assert causes == {"outweighed", "no_time", "excluded", "language", "guide_level", "no_track"}
    assert errors == {"excluded", "guide_level", "language", "requires", "level", "budget"}
    assert any(step["for"] for a in answers for p in a["plans"] for step in p["steps"])
