"""The solver itself: what it calls proved is proved, and no sooner."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from matching.engine import pricing
from matching.engine.assignment import Prices
from matching.engine.flow import Cut
from matching.engine.proof import price_limit
from matching.engine.solver import Places, Solution, best_choice, judged
from matching.engine.ties import Lots
from tests.matching.engine.checker import Facts, aims, complaints
from tests.matching.engine.people import solved, some_problem


def places(scores: list[list[int]], rows: list[int], columns: list[int]) -> Places:
    """Every two are joined; a score below zero means they are not."""
    return Places(np.array(scores, dtype=np.int64), np.array(rows), np.array(columns))


def some_places(seed: int, highest: int, side: int = 12) -> Places:
    draw = Random(seed)
    scores = [[draw.randint(-3, highest) for _ in range(side)] for _ in range(side + 2)]
    return places(
        scores,
        [draw.randint(1, 3) for _ in range(side + 2)],
        [draw.randint(1, 3) for _ in range(side)],
    )


def turned(asked: Places) -> Places:
    return Places(asked.score.T.copy(), asked.column_capacity, asked.row_capacity)


def as_lots(table: Any) -> Lots:
    return lambda row, column: table[row, column]


def drawn(asked: Places, seed: int = 1) -> Any:
    return np.random.default_rng(seed).integers(0, 2**32, asked.score.shape)


def chosen_pairs(solution: Solution) -> list[tuple[int, int]]:
    return list(zip(solution.row.tolist(), solution.column.tolist(), strict=True))


def judge(asked: Places, chosen: list[tuple[int, int]], like: Solution, fair: bool) -> Solution:
    row, column = np.array(chosen, dtype=np.int64).reshape(-1, 2).T
    return judged(asked, row, column, like.proof, fair=fair)


@pytest.mark.parametrize("fair", [True, False])
@pytest.mark.parametrize("highest", [0, 1, 3, 50_000])
def test_ties_do_not_depend_on_how_the_prices_were_found(highest: int, fair: bool) -> None:
    """Rows and columns exchanged, everything is searched the other way about."""
    for seed in range(15):
        asked = some_places(seed, highest)
        table = drawn(asked, seed)
        one = best_choice(asked, fair=fair, lots=as_lots(table))
        other = best_choice(turned(asked), fair=fair, lots=as_lots(table.T))
        assert sorted((row, column) for column, row in chosen_pairs(other)) == chosen_pairs(one)
        assert one.optimal
        assert other.optimal


@pytest.mark.parametrize("fair", [True, False])
@pytest.mark.parametrize("highest", [0, 2, 30, 50_000])
def test_a_shortlist_leaves_out_nothing_that_matters(
    highest: int, fair: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However short the first list is, the pairs left out of it are priced in."""
    for seed in range(20):
        asked = some_places(seed, highest)
        table = drawn(asked, seed)
        whole = best_choice(asked, fair=fair, lots=as_lots(table))
        with monkeypatch.context() as short:
            short.setattr(pricing, "FEW_EDGES", 0)
            short.setattr(pricing, "FIRST_LENGTH", 1)
            short.setattr(pricing, "LENGTH_TO_ADD", 1)
            found = best_choice(asked, fair=fair, lots=as_lots(table))
        assert chosen_pairs(found) == chosen_pairs(whole)
        assert found.optimal


def test_among_equals_the_highest_lots_win() -> None:
    asked = places([[5, 5], [5, 5]], [1, 1], [1, 1])
    for lots, expected in (
        ([[9, 1], [1, 2]], [(0, 0), (1, 1)]),
        ([[5, 9], [0, 5]], [(0, 0), (1, 1)]),
        ([[5, 9], [2, 5]], [(0, 1), (1, 0)]),
    ):
        found = best_choice(asked, fair=True, lots=as_lots(np.array(lots)))
        assert chosen_pairs(found) == expected


@pytest.mark.parametrize("fair", [True, False])
def test_a_worse_choice_is_not_called_optimal(fair: bool) -> None:
    asked = places([[9, 3], [8, 7]], [1, 1], [1, 1])
    best = best_choice(asked, fair=fair, lots=as_lots(drawn(asked)))
    assert (best.optimal, best.count, best.worst, best.total) == (True, 2, 7, 16)
    worse = judge(asked, [(0, 1), (1, 0)], best, fair)
    assert (worse.optimal, worse.total) == (False, 11)
    assert worse.bound >= 11
    assert judge(asked, [(0, 0)], best, fair).optimal is False


def test_a_choice_beyond_the_capacities_is_not_called_optimal() -> None:
    """Both pairs of one row, which has a single place, have the count and the total of the best."""
    asked = places([[8, 8], [8, 8]], [1, 1], [1, 1])
    best = best_choice(asked, fair=False, lots=as_lots(drawn(asked)))
    for crowded in ([(0, 0), (0, 1)], [(0, 0), (1, 0)]):
        found = judge(asked, crowded, best, False)
        assert (found.count, found.total) == (best.count, best.total)
        assert found.optimal is False


def test_one_pair_chosen_twice_is_not_called_optimal() -> None:
    asked = places([[8, -1], [-1, 8]], [2, 1], [2, 1])
    best = best_choice(asked, fair=False, lots=as_lots(drawn(asked)))
    assert judge(asked, [(0, 0), (0, 0)], best, False).optimal is False


def test_a_pair_that_is_barred_is_not_called_optimal() -> None:
    asked = places([[8, -1], [-1, 8]], [1, 1], [1, 1])
    best = best_choice(asked, fair=True, lots=as_lots(drawn(asked)))
    assert judge(asked, [(0, 1), (1, 0)], best, True).optimal is False


def test_what_the_proof_does_not_carry_is_not_called_optimal() -> None:
    asked = places([[9, 3, 0], [8, 7, -1], [2, 2, -1]], [1, 1, 1], [1, 1, 1])
    best = best_choice(asked, fair=True, lots=as_lots(drawn(asked)))
    assert best.optimal
    dear = Prices(best.proof.prices.row + 1, best.proof.prices.column)
    loose = judged(asked, best.row, best.column, replace(best.proof, prices=dear), fair=True)
    assert loose.optimal is False
    assert loose.bound > loose.total
    whole = Cut(np.zeros(3, np.bool_), np.ones(3, np.bool_))
    for proof in (
        replace(best.proof, count=replace(whole, columns=np.zeros(3, np.bool_), rows=~whole.rows)),
        replace(best.proof, count=None),
        replace(best.proof, worst=whole),
        replace(best.proof, pair_price=1),
    ):
        assert judged(asked, best.row, best.column, proof, fair=True).optimal is False


def test_prices_below_zero_prove_nothing() -> None:
    asked = places([[9]], [1], [1])
    with pytest.raises(ValueError, match="below zero"):
        price_limit(asked.matrix, Prices(np.array([-1]), np.array([10])))


def test_any_prices_bound_what_any_choice_can_weigh() -> None:
    for seed in range(20):
        asked = some_places(seed, 20, side=4)
        draw = np.random.default_rng(seed)
        rows, columns = asked.score.shape
        prices = Prices(draw.integers(0, 15, rows), draw.integers(0, 15, columns))
        best = best_choice(asked, fair=False, lots=as_lots(drawn(asked)))
        assert price_limit(asked.matrix, prices) >= best.total


@pytest.mark.parametrize("few", [10**6, 0])
def test_weights_beyond_64_bits_give_the_same_choice(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not compiled: the same functions run as they stand."""
    monkeypatch.setattr(pricing, "FEW_EDGES", few)
    monkeypatch.setattr(pricing, "FIRST_LENGTH", 2)
    for seed in range(5):
        asked = some_places(seed, 50)
        score = asked.score.astype(object)
        huge = replace(asked, score=np.where(score < 0, score, score * 10**40))
        lots = as_lots(drawn(asked))
        for fair in (True, False):
            small = best_choice(asked, fair=fair, lots=lots)
            large = best_choice(huge, fair=fair, lots=lots)
            assert chosen_pairs(small) == chosen_pairs(large)
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
        scores = draw.integers(-1, highest + 1, (rows, columns)).tolist()
        room = draw.integers(1, 4, rows).tolist(), draw.integers(1, 4, columns).tolist()
        asked = places(scores, *room)
        table = drawn(asked, int(draw.integers(1000)))
        found = best_choice(asked, fair=fair, lots=as_lots(table))
        assert found.optimal
        assert chosen_pairs(found) == _best_of_all(asked, fair, table)


def _best_of_all(asked: Places, fair: bool, table: Any) -> list[tuple[int, int]]:
    edges = np.argwhere(asked.score >= 0)
    best, best_rank = np.zeros((0, 2), np.int64), (0, 0, 0, 0)
    for chosen in product([False, True], repeat=len(edges)):
        pairs = edges[np.array(chosen, dtype=np.bool_)]
        by_row = np.bincount(pairs[:, 0], minlength=len(asked.row_capacity))
        by_column = np.bincount(pairs[:, 1], minlength=len(asked.column_capacity))
        if (by_row > asked.row_capacity).any() or (by_column > asked.column_capacity).any():
            continue
        scores = asked.score[pairs[:, 0], pairs[:, 1]].tolist()
        worst = min(scores, default=0) if fair else 0
        rank = (len(scores), worst, sum(scores), int(table[pairs[:, 0], pairs[:, 1]].sum()))
        if rank > best_rank:
            best, best_rank = pairs, rank
    return [(row, column) for row, column in best.tolist()]
