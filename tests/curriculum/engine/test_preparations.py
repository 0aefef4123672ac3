"""The search over moves, which takes turns with the one over facts."""

import pytest

from curriculum.engine import search
from tests.curriculum.engine import brute_force
from tests.curriculum.engine.brute_force import Pair
from tests.curriculum.engine.checker import check
from tests.curriculum.engine.cp_sat import Model
from tests.curriculum.engine.preparations import SHAPES, problem
from tests.curriculum.engine.problems import ids, small_problem, solved


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question goes to the search over moves, however small."""
    monkeypatch.setattr(search, "STATES", 0)
    monkeypatch.setattr(search, "TURN", 1_000_000)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("shape", SHAPES)
def test_preparations_against_every_subset(shape: str) -> None:
    for seed in range(25):
        small = problem(shape, seed, 10)
        assert solved(small) == brute_force.solve(small), f"seed {seed}"


@pytest.mark.usefixtures("at_once")
def test_anything_small_against_every_subset() -> None:
    for seed in range(100):
        small = small_problem(seed, tracks=8)
        assert solved(small) == brute_force.solve(small), f"seed {seed}"


@pytest.mark.parametrize("shape", SHAPES)
def test_which_search_finds_it_does_not_matter(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(4):
        middling = problem(shape, seed, 18)
        results = []
        for states, turn in ((0, 1_000_000), (3, 5), (1_000_000, 0)):
            monkeypatch.setattr(search, "STATES", states)
            monkeypatch.setattr(search, "TURN", turn)
            results.append(solved(middling))
        assert results[0] == results[1] == results[2], f"seed {seed}"


@pytest.mark.parametrize("shape", ["shared", "deep", "crossed"])
def test_sixty_tracks_with_preparations_against_cp_sat(shape: str) -> None:
    """The search over facts alone would walk the subsets of the preparations."""
    large = problem(shape, 1, 60)
    result = solved(large)
    check(large, result)
    assert result["errors"] == []
    alone = Pair(large, large["pairs"][0])
    model = Model(alone, large["pairs"][0]["goals"], alone.budget)
    assert sorted(ids(result["plans"][0])) == model.best()


def test_sixty_tracks_with_helpers() -> None:
    """CP-SAT proved this plan once; it takes some twenty seconds for it."""
    large = problem("helpers", 0, 60)
    result = solved(large)
    check(large, result)
    plan = result["plans"][0]
    assert (plan["value"], plan["minutes"]) == (13, 870)
    places = [1, 2, 9, 13, 14, 18, 23, 27, 30, 31, 33, 34, 35, 39, 40, 48, 49, 50, 53]
    assert sorted(ids(plan)) == [f"t{place:02}" for place in places]
