"""Which pairs are chosen: the most, then the highest worst score, then the highest total.

The tables give scores in points: a row a mentor, a column a mentee, a dot where a pair is barred.
"""

import json

import pytest

from tests.matching.engine.checker import complaints
from tests.matching.engine.people import LENIENT, by_table, pairs_of, person, problem, solved

ONE_EACH = {"ada": 1, "bo": 1}, {"x": 1, "y": 1}


def figures(asked: dict) -> tuple[int, int | None, int]:
    found = solved(asked)
    assert complaints(asked, found) == []
    assert found["optimal"] is True
    return found["count"], found["worst"], found["total"]


def test_one_more_pair_beats_any_score() -> None:
    asked = by_table({"ada": "91", "bo": "1."}, *ONE_EACH)
    assert figures(asked) == (2, 1000, 2000)


def test_fair_lifts_the_worst_pair_and_total_the_sum() -> None:
    table = {"ada": "95", "bo": "41"}
    assert figures(by_table(table, *ONE_EACH)) == (2, 4000, 9000)
    assert figures(by_table(table, *ONE_EACH, objective="total")) == (2, 1000, 10_000)


def test_fair_is_what_is_done_unless_said_otherwise() -> None:
    asked = by_table({"ada": "95", "bo": "41"}, *ONE_EACH)
    assert (
        solved(asked) == solved(asked | {"objective": "fair"}) == solved(asked | {"objective": ""})
    )


def test_with_the_worst_settled_the_total_decides() -> None:
    """Both diagonals have a worst of 3; one of them adds up to more."""
    table = {"ada": "37", "bo": "33"}
    assert figures(by_table(table, *ONE_EACH)) == (2, 3000, 10_000)


def test_two_people_pair_once_however_much_room_they_have() -> None:
    asked = by_table({"ada": "9"}, {"ada": 3}, {"x": 3})
    assert figures(asked) == (1, 9000, 9000)
    asked = by_table({"ada": "91", "bo": "1."}, {"ada": 2, "bo": 2}, {"x": 2, "y": 2})
    assert figures(asked) == (3, 1000, 11_000)


def test_capacity_binds_on_both_sides() -> None:
    asked = by_table({"ada": "999"}, {"ada": 2}, {"x": 1, "y": 1, "z": 1})
    assert figures(asked)[0] == 2
    asked = by_table({"ada": "9", "bo": "9", "cy": "9"}, {"ada": 1, "bo": 1, "cy": 1}, {"x": 2})
    assert figures(asked)[0] == 2
    asked = by_table({"ada": "99"}, {"ada": 10**30}, {"x": 1, "y": 10**30})
    assert figures(asked)[0] == 2


def test_a_chain_of_exchanges_makes_room() -> None:
    """Cy can only have x, so Ada moves on to y and Bo to z, worse though it is for both."""
    asked = by_table(
        {"ada": "91.", "bo": ".91", "cy": "1.."},
        {"ada": 1, "bo": 1, "cy": 1},
        {"x": 1, "y": 1, "z": 1},
    )
    assert pairs_of(solved(asked)) == [("ada", "y"), ("bo", "z"), ("cy", "x")]


@pytest.mark.parametrize(
    ("mentors", "mentees"), [([], []), (["ada"], []), ([], ["bo"]), (["ada"], ["ada"])]
)
def test_nobody_to_match_is_an_answer_too(mentors: list[str], mentees: list[str]) -> None:
    asked = problem([person(id) for id in mentors], [person(id) for id in mentees])
    found = solved(asked)
    assert complaints(asked, found) == []
    assert found["pairs"] == []
    assert (found["count"], found["worst"], found["total"]) == (0, None, 0)
    assert (found["bound"], found["optimal"]) == (0, True)


def test_people_on_both_sides_may_mentor_each_other() -> None:
    asked = problem([person("ada"), person("bo")], [person("ada"), person("bo")])
    assert pairs_of(solved(asked)) == [("ada", "bo"), ("bo", "ada")]


def test_weights_beyond_64_bits_are_solved_exactly() -> None:
    asked = by_table({"ada": "95", "bo": "41"}, *ONE_EACH, objective="total")
    asked["weights"] = {"skill_gap": 9 * 10**30}
    assert figures(asked) == (2, 10**33, 10 * 10**33)


def test_all_equal_falls_the_same_way_on_every_machine() -> None:
    """Lots are drawn from the ids alone. If these pairs change, then so does every tie in every
    programme: that has to be meant."""
    ids = [f"p{k}" for k in range(6)]
    asked = problem([person(f"m{id}") for id in ids], [person(f"n{id}") for id in ids])
    expected = [
        ("mp0", "np4"),
        ("mp1", "np1"),
        ("mp2", "np5"),
        ("mp3", "np0"),
        ("mp4", "np2"),
        ("mp5", "np3"),
    ]
    assert pairs_of(solved(asked)) == expected


def test_a_tie_does_not_fall_to_the_first_in_the_alphabet_each_time() -> None:
    winners = set()
    for word in ("tea", "maps", "chess", "rowing", "law", "art"):
        asked = problem([person(f"a-{word}"), person(f"z-{word}")], [person(f"x-{word}")])
        winners.add(pairs_of(solved(asked))[0][0][0])
    assert winners == {"a", "z"}


def test_who_else_takes_part_does_not_move_a_tie() -> None:
    mentors = [person("ada"), person("bo")]
    alone = solved(problem(mentors, [person("x")]))
    others = [person(f"o{k}", languages=["fr"]) for k in range(3)]
    rules = LENIENT | {"shared_language": True}
    english = [person(id, languages=["en"]) for id in ("ada", "bo")]
    company = problem(
        [*english, *others],
        [person("x", languages=["en"]), *(person(f"y{k}", languages=["fr"]) for k in range(3))],
        rules=rules,
    )
    assert pairs_of(alone)[0] in pairs_of(solved(company))


def test_the_result_is_plain_json() -> None:
    asked = by_table({"ada": "95", "bo": "41"}, *ONE_EACH)
    found = solved(asked)
    assert json.loads(json.dumps(found)) == found
