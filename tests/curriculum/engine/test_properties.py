"""What holds for every problem, small or large."""

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curriculum.engine.problems import Json, large_problem, small_problem
from tests.curriculum.engine.test_against_brute_force import answer

SMALL = st.integers(0, 10**6).map(small_problem)
LARGE = st.integers(0, 10**6).map(large_problem)


def shuffled(problem: Json, seed: int) -> Json:
    """The same problem told in another order; pairs keep theirs, since answers follow it."""
    rng = random.Random(seed)

    def shuffle(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            names = rng.sample(list(value), len(value))
            return {name: shuffle(value[name], name) for name in names}
        if isinstance(value, list):
            told = [shuffle(one) for one in value]
            return told if key == "pairs" else rng.sample(told, len(told))
        return value

    told = shuffle(problem)
    assert isinstance(told, dict)
    return told


@given(SMALL, st.integers(0, 1000))
def test_the_order_of_the_input_does_not_matter(problem: Json, seed: int) -> None:
    assert json.dumps(answer(shuffled(problem, seed))) == json.dumps(answer(problem))


@settings(max_examples=25, deadline=None)
@given(LARGE, st.integers(0, 1000))
def test_nor_does_it_in_a_large_one(problem: Json, seed: int) -> None:
    assert json.dumps(answer(shuffled(problem, seed))) == json.dumps(answer(problem))


@given(SMALL, st.integers(1, 60))
def test_a_larger_budget_never_lowers_the_value(problem: Json, more: int) -> None:
    before = {plan["pair"]: plan["value"] for plan in answer(problem)["plans"]}
    for pair in problem["pairs"]:
        pair["budget"]["minutes"] += more
    after = {plan["pair"]: plan["value"] for plan in answer(problem)["plans"]}
    assert all(after[pair] >= value for pair, value in before.items())


@given(SMALL)
def test_what_is_locked_stands_and_what_is_ruled_out_does_not(problem: Json) -> None:
    pairs = {pair["id"]: pair for pair in problem["pairs"]}
    for plan in answer(problem)["plans"]:
        pair, steps = pairs[plan["pair"]], {step["track"] for step in plan["steps"]}
        done = set(pair.get("completed", []))
        assert set(pair.get("locked", [])) - done <= steps
        assert not steps & (set(pair.get("excluded", [])) | done)


@given(SMALL)
def test_each_pair_has_a_plan_or_an_error(problem: Json) -> None:
    result = answer(problem)
    planned = {plan["pair"] for plan in result["plans"]}
    refused = {error["pair"] for error in result["errors"]}
    assert planned | refused == {pair["id"] for pair in problem["pairs"]}
    assert not planned & refused
