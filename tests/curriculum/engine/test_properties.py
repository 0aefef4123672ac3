"""What holds for every problem."""

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.engine import plan_pair, read_problem, result_as_json, solve
from tests.curriculum.engine.checker import check
from tests.curriculum.engine.problems import LANGUAGES, Json, ids, solved

SKILLS = ["ai", "cloud", "data", "web"]
NAMES = [f"t{n:02}" for n in range(14)]


@st.composite
def outcomes(draw: st.DrawFn) -> Json:
    low = draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4]))
    high = draw(st.integers(low + 1, min(5, low + 3)))
    return {"skill": draw(st.sampled_from(SKILLS)), "from": low, "to": high}


@st.composite
def tracks(draw: st.DrawFn) -> list[Json]:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=14, unique=True))
    return [
        {
            "id": name,
            "outcomes": draw(st.lists(outcomes(), min_size=1, max_size=3)),
            "minutes": draw(st.integers(1, 6)),
            "sessions": draw(st.integers(0, 3)),
            "requires": draw(st.lists(st.sampled_from(names[:n]), max_size=2, unique=True))
            if n and draw(st.booleans())
            else [],
            "languages": draw(st.lists(st.sampled_from(LANGUAGES), max_size=2)),
            "self_guided": draw(st.booleans()),
            "interests": draw(st.lists(st.sampled_from(["chess", "go"]), max_size=2)),
            "order": draw(st.integers(-1, 2)),
        }
        for n, name in enumerate(names)
    ]


def subsets(names: list[str], most: int) -> st.SearchStrategy[list[str]]:
    if not names:
        return st.just([])
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


def levels(lowest: int) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(SKILLS), st.integers(lowest, 5), max_size=4)


@st.composite
def pairs(draw: st.DrawFn, id: str, names: list[str]) -> Json:
    budget = {"minutes": draw(st.integers(0, 25))}
    if draw(st.booleans()):
        budget["sessions"] = draw(st.integers(0, 8))
    targets = draw(levels(1))
    return {
        "id": id,
        "levels": draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 2), max_size=4)),
        "goals": {s: {"target": t, "weight": draw(st.integers(1, 3))} for s, t in targets.items()},
        "guide": draw(levels(2)),
        "languages": draw(st.lists(st.sampled_from(LANGUAGES), max_size=2)),
        "interests": draw(st.lists(st.sampled_from(["chess", "go"]), max_size=2)),
        "budget": budget,
        "completed": draw(subsets(names, 2)),
        "locked": draw(subsets(names, 2)),
        "excluded": draw(subsets(names, 3)),
        "current": draw(subsets(names, 5)),
    }


@st.composite
def problems(draw: st.DrawFn) -> Json:
    built = draw(tracks())
    names = [track["id"] for track in built]
    return {"tracks": built, "pairs": [draw(pairs(id, names)) for id in ("p", "q")]}


def shuffled(value: Any, rng: random.Random) -> Any:
    """Everything in another order but the pairs, whose order the result follows."""
    if isinstance(value, dict):
        items = [
            (key, inner if key == "pairs" else shuffled(inner, rng)) for key, inner in value.items()
        ]
        if "pairs" in value:
            items = [
                (key, [shuffled(pair, rng) for pair in inner] if key == "pairs" else inner)
                for key, inner in items
            ]
        rng.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        inner = [shuffled(item, rng) for item in value]
        rng.shuffle(inner)
        return inner
    return value


@settings(max_examples=50, deadline=None)
@given(problem=problems(), rng=st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_byte(problem: Json, rng: random.Random) -> None:
    assert json.dumps(solved(problem)) == json.dumps(solved(shuffled(problem, rng)))


@settings(max_examples=50, deadline=None)
@given(problem=problems())
def test_every_plan_is_one_and_is_told_truly(problem: Json) -> None:
    """Among the rest: what is locked stands, what is excluded or completed does not."""
    check(problem, solved(problem))


@settings(max_examples=50, deadline=None)
@given(problem=problems(), more=st.integers(1, 10), sessions=st.booleans())
def test_a_larger_budget_never_lowers_the_value(problem: Json, more: int, sessions: bool) -> None:
    before = {plan["pair"]: plan["value"] for plan in solved(problem)["plans"]}
    for pair in problem["pairs"]:
        pair["budget"]["minutes"] += more
        if sessions and "sessions" in pair["budget"]:
            pair["budget"]["sessions"] += more
    after = {plan["pair"]: plan["value"] for plan in solved(problem)["plans"]}
    assert all(after[name] >= value for name, value in before.items())


@settings(max_examples=50, deadline=None)
@given(problem=problems())
def test_a_plan_that_is_current_is_kept(problem: Json) -> None:
    """Planning again with the plan as the current one gives the same plan, and so does locking."""
    plans = {plan["pair"]: plan for plan in solved(problem)["plans"]}
    for key in ("current", "locked"):
        for pair in problem["pairs"]:
            if pair["id"] in plans:
                pair[key] = ids(plans[pair["id"]])
        again = {plan["pair"]: plan for plan in solved(problem)["plans"]}
        for name, plan in plans.items():
            assert again[name]["steps"] == plan["steps"]


@settings(max_examples=50, deadline=None)
@given(problem=problems())
def test_tracks_that_help_nobody_change_nothing(problem: Json) -> None:
    """Not even which of several equal plans is chosen."""
    useless = {"id": "t99", "outcomes": [{"skill": "knitting", "from": 0, "to": 5}], "minutes": 1}
    plans = solved(problem)["plans"]
    problem["tracks"] = [useless | {"order": -9}, *problem["tracks"]]
    assert solved(problem)["plans"] == plans


@settings(max_examples=50, deadline=None)
@given(problem=problems())
def test_pairs_do_not_touch_each_other(problem: Json) -> None:
    read = read_problem(json.dumps(problem))
    whole = solve(read)
    for pair in read.pairs:
        alone = plan_pair(read.tracks, pair)
        if isinstance(alone, tuple):
            assert [error for error in whole.errors if error.pair == pair.id] == list(alone)
        else:
            assert [plan for plan in whole.plans if plan.pair == pair.id] == [alone]
    assert json.loads(json.dumps(result_as_json(whole))) == solved(problem)
