"""The solver itself: what it calls proved is proved, and no sooner."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from matching.engine.assignment import Prices
from matching.engine.flow import Cut
from matching.engine.graph import Graph
from matching.engine.proof import price_limit
from matching.engine.solver import Solution, _judged, best_choice
from tests.matching.engine.checker import Facts, aims, complaints
from tests.matching.engine.people import solved, some_problem


def graph(weights: list[list[int]], rows: list[int], columns: list[int]) -> Graph:
    """Every two are joined; a weight below zero means they are not."""
    table = np.array(weights)
    row, column = np.nonzero(table >= 0)
    return Graph(row, column, table[row, column], np.array(rows), np.array(columns))


def some_graph(seed: int, highest: int, side: int = 12) -> Graph:
    draw = Random(seed)
    weights = [[draw.randint(-3, highest) for _ in range(side)] for _ in range(side + 2)]
    return graph(
        weights,
        [draw.randint(1, 3) for _ in range(side + 2)],
        [draw.randint(1, 3) for _ in range(side)],
    )


def drawn(asked: Graph, seed: int = 1) -> Any:
    return np.random.default_rng(seed).integers(0, 2**32, len(asked.row))


def chosen_pairs(asked: Graph, solution: Solution) -> list[tuple[int, int]]:
    edges = solution.chosen
    return list(zip(asked.row[edges].tolist(), asked.column[edges].tolist(), strict=True))


@pytest.mark.parametrize("fair", [True, False])
@pytest.mark.parametrize("highest", [0, 1, 3, 50_000])
def test_ties_do_not_depend_on_how_the_prices_were_found(highest: int, fair: bool) -> None:
    """Rows and columns exchanged, everything is searched the other way about."""
    for seed in range(15):
        asked = some_graph(seed, highest)
        lots = drawn(asked, seed)
        turned, order = asked.turned()
        one = best_choice(asked, fair=fair, lots=lots)
        other = best_choice(turned, fair=fair, lots=lots[order])
        swapped = sorted((row, column) for column, row in chosen_pairs(turned, other))
        assert swapped == chosen_pairs(asked, one)
        assert one.optimal
        assert other.optimal


def test_among_equals_the_highest_lots_win() -> None:
    asked = graph([[5, 5], [5, 5]], [1, 1], [1, 1])
    for lots, expected in (([9, 1, 1, 2], [(0, 0), (1, 1)]), ([5, 9, 0, 5], [(0, 0), (1, 1)])):
        assert chosen_pairs(asked, best_choice(asked, fair=True, lots=np.array(lots))) == expected
    found = best_choice(asked, fair=True, lots=np.array([5, 9, 2, 5]))
    assert chosen_pairs(asked, found) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("fair", [True, False])
def test_a_worse_choice_is_not_called_optimal(fair: bool) -> None:
    asked = graph([[9, 3], [8, 7]], [1, 1], [1, 1])
    best = best_choice(asked, fair=fair, lots=drawn(asked))
    assert (best.optimal, best.count, best.worst, best.total) == (True, 2, 7, 16)
    other_diagonal = np.array([False, True, True, False])
    worse = _judged(asked, other_diagonal, best.proof, fair)
    assert (worse.optimal, worse.total) == (False, 11)
    assert worse.bound >= 11
    fewer = _judged(asked, np.array([True, False, False, False]), best.proof, fair)
    assert fewer.optimal is False


def test_a_choice_beyond_the_capacities_is_not_called_optimal() -> None:
    """Both pairs of one row, which has a single place, have the count and the total of the best."""
    asked = graph([[8, 8], [8, 8]], [1, 1], [1, 1])
    best = best_choice(asked, fair=False, lots=drawn(asked))
    for crowded in ([True, True, False, False], [True, False, True, False]):
        found = _judged(asked, np.array(crowded), best.proof, False)
        assert (found.count, found.total) == (best.count, best.total)
        assert found.optimal is False


def test_what_the_proof_does_not_carry_is_not_called_optimal() -> None:
    asked = graph([[9, 3, 0], [8, 7, -1], [2, 2, -1]], [1, 1, 1], [1, 1, 1])
    best = best_choice(asked, fair=True, lots=drawn(asked))
    assert best.optimal
    dear = Prices(best.proof.prices.row + 1, best.proof.prices.column)
    loose = _judged(asked, best.chosen, replace(best.proof, prices=dear), True)
    assert loose.optimal is False
    assert loose.bound > loose.total
    whole = Cut(np.zeros(3, np.bool_), np.ones(3, np.bool_))
    for proof in (
        replace(best.proof, count=replace(whole, columns=np.zeros(3, np.bool_), rows=~whole.rows)),
        replace(best.proof, count=None),
        replace(best.proof, worst=whole),
    ):
        assert _judged(asked, best.chosen, proof, True).optimal is False


def test_prices_below_zero_prove_nothing() -> None:
    asked = graph([[9]], [1], [1])
    with pytest.raises(ValueError, match="below zero"):
        price_limit(asked, Prices(np.array([-1]), np.array([10])))


def test_any_prices_bound_what_any_choice_can_weigh() -> None:
    for seed in range(20):
        asked = some_graph(seed, 20, side=4)
        draw = np.random.default_rng(seed)
        prices = Prices(draw.integers(0, 15, asked.rows), draw.integers(0, 15, asked.columns))
        best = best_choice(asked, fair=False, lots=drawn(asked))
        assert price_limit(asked, prices) >= best.total


def test_weights_beyond_64_bits_give_the_same_choice() -> None:
    for seed in range(5):
        asked = some_graph(seed, 50)
        huge = replace(asked, weight=asked.weight.astype(object) * 10**40)
        lots = drawn(asked)
        for fair in (True, False):
            small = best_choice(asked, fair=fair, lots=lots)
            large = best_choice(huge, fair=fair, lots=lots)
            assert chosen_pairs(asked, small) == chosen_pairs(huge, large)
            assert large.total == small.total * 10**40
            assert large.optimal


@pytest.mark.parametrize("objective", ["fair", "total"])
def test_three_hundred_on_each_side_are_solved_and_proved(objective: str) -> None:
    asked = some_problem(11, 300, 300, objective=objective)
    found = solved(asked)
    assert found["optimal"] is True
    assert found["count"] > 300
    facts = Facts(asked)
    for pair in found["pairs"]:
        assert facts.verdict(pair["mentor"], pair["mentee"]) is None
        assert facts.parts(pair["mentor"], pair["mentee"]) == pair["parts"]
    assert aims(asked, found)[0] == len(found["pairs"])


def test_a_hundred_on_each_side_keep_the_whole_contract() -> None:
    asked = some_problem(12, 60, 60)
    asked["locked"] = [[pair["mentor"], pair["mentee"]] for pair in solved(asked)["pairs"][::3]]
    assert complaints(asked, solved(asked)) == []


@pytest.mark.parametrize("fair", [True, False])
@pytest.mark.parametrize("highest", [0, 1, 2, 1000])
def test_tier_by_tier_no_choice_of_a_few_edges_is_better(highest: int, fair: bool) -> None:
    """Every choice there is, ranked by count, worst, total and lots; the best one is found."""
    draw = np.random.default_rng(highest)
    for _ in range(40):
        rows, columns = draw.integers(1, 4), draw.integers(1, 4)
        weights = draw.integers(-1, highest + 1, (rows, columns)).tolist()
        places = draw.integers(1, 4, rows).tolist(), draw.integers(1, 4, columns).tolist()
        asked = graph(weights, *places)
        lots = draw.integers(0, 2**32, len(asked.row))
        found = best_choice(asked, fair=fair, lots=lots)
        assert found.optimal
        assert found.chosen.tolist() == _best_of_all(asked, fair, lots)


def _best_of_all(asked: Graph, fair: bool, lots: Any) -> list[bool]:
    edges = len(asked.row)
    best, best_rank = [False] * edges, (0, 0, 0, 0)
    for chosen in product([False, True], repeat=edges):
        mask = np.array(chosen, dtype=np.bool_)
        by_row = np.bincount(asked.row[mask], minlength=asked.rows)
        by_column = np.bincount(asked.column[mask], minlength=asked.columns)
        if (by_row > asked.row_capacity).any() or (by_column > asked.column_capacity).any():
            continue
        scores = asked.weight[mask].tolist()
        worst = min(scores, default=0) if fair else 0
        rank = (len(scores), worst, sum(scores), int(lots[mask].sum()))
        if rank > best_rank:
            best, best_rank = list(chosen), rank
    return best
