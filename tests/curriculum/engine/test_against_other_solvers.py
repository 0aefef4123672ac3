"""The engine against two others that share nothing with it but the contract."""

import pytest

from tests.curriculum.engine import brute_force
from tests.curriculum.engine.brute_force import Pair
from tests.curriculum.engine.checker import check
from tests.curriculum.engine.cp_sat import Json, Model
from tests.curriculum.engine.problems import ids, large_problem, small_problem, solved


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_small_problems_against_every_subset(first: int) -> None:
    for seed in range(first, first + 50):
        problem = small_problem(seed, tracks=8 + seed % 3, pairs=2)
        assert solved(problem) == brute_force.solve(problem), f"seed {seed}"


def test_the_small_problems_are_a_fair_sample() -> None:
    """Every cause, and plans of several steps, or the test above would prove little."""
    results = [solved(small_problem(seed, tracks=8 + seed % 3, pairs=2)) for seed in range(500)]
    plans = [plan for result in results for plan in result["plans"]]
    causes = {goal["cause"] for plan in plans for goal in plan["unmet"]}
    assert causes == {
        "outweighed",
        "no_time",
        "excluded",
        "language",
        "guide_level",
        "no_track",
    }
    refusals = {error["cause"] for result in results for error in result["errors"]}
    assert refusals == set(brute_force.LOCKED_CAUSES)
    assert sum(len(plan["steps"]) >= 3 for plan in plans) >= 40


@pytest.mark.parametrize("seed", [1, 4, 6, 7, 17, 18])
def test_large_problems_against_cp_sat(seed: int) -> None:
    problem = large_problem(seed)
    result = solved(problem)
    check(problem, result)
    pair = Pair(problem, problem["pairs"][0])
    model = Model(pair, problem["pairs"][0]["goals"], pair.budget)
    assert sorted(ids(result["plans"][0])) == model.best()
    for goal in result["plans"][0]["unmet"]:
        check_time(pair, goal)


def check_time(pair: Pair, unmet: Json) -> None:
    """Whether time stood in the way of a goal, and how much of it was missing."""
    past = (unmet["skill"], unmet["reached"])
    goals = {unmet["skill"]: pair.pair["goals"][unmet["skill"]]}
    within = Model(pair, goals, pair.budget, past).best()
    assert (within is not None) == (unmet["cause"] == "outweighed")
    if unmet["cause"] == "no_time":
        minutes, sessions = pair.budget
        assert sessions is not None
        twice = Model(pair, goals, (2 * minutes, 2 * sessions), past)
        chosen = twice.best(minutes_first=True)
        if chosen is None:
            assert unmet["detail"] == {}
            return
        tracks = [track for track in pair.tracks if track["id"] in chosen]
        assert unmet["detail"] == {
            "minutes": max(0, sum(map(pair.minutes, tracks)) - minutes),
            "sessions": max(0, sum(track["sessions"] for track in tracks) - sessions),
        }
