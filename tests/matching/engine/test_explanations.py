"""Why two were matched and why somebody was left over."""

from matching.engine import CODES
from tests.matching.engine.people import LENIENT, by_table, person, problem, solved


def test_covers_name_each_goal_that_the_mentor_can_lift_by_skill() -> None:
    mentor = person("ada", levels={"law": 5, "art": 2, "maths": 1, "music": 4, "zen": 5})
    wanted = {"zen": 3, "music": 5, "maths": 3, "law": 4, "art": 4, "dance": 2}
    mentee = person(
        "bo",
        levels={"law": 1, "art": 1, "maths": 1, "zen": 3},
        goals={skill: {"target": target} for skill, target in wanted.items()},
    )
    (pair,) = solved(problem([mentor], [mentee]))["pairs"]
    assert pair["covers"] == [
        {"skill": "art", "from": 1, "to": 2, "target": 4},
        {"skill": "law", "from": 1, "to": 4, "target": 4},
        {"skill": "music", "from": 0, "to": 4, "target": 5},
    ]


def test_whoever_has_nobody_allowed_is_told_what_stood_against_each() -> None:
    asked = problem(
        [person("ada", languages=["en"]), person("bo", languages=["de"])],
        [
            person("x", languages=["fr"]),
            person("y", languages=["fr"], utc_offset=3),
            person("z", languages=["en"]),
        ],
        rules=LENIENT | {"shared_language": True},
        forbidden=[["bo", "x"]],
    )
    assert solved(asked)["unmatched"] == [
        {
            "id": "bo",
            "side": "mentor",
            "cause": "no_allowed_partner",
            "detail": {"forbidden": 1, "no_language": 2},
        },
        {
            "id": "x",
            "side": "mentee",
            "cause": "no_allowed_partner",
            "detail": {"forbidden": 1, "no_language": 1},
        },
        {
            "id": "y",
            "side": "mentee",
            "cause": "no_allowed_partner",
            "detail": {"no_language": 2},
        },
    ]


def test_codes_in_the_detail_keep_the_order_of_the_rules() -> None:
    asked = problem(
        [person("ada", manager="w", languages=["en"])],
        [person("x", languages=["fr"]), person("w"), person("ada", manager="w")],
        rules=LENIENT | {"shared_language": True},
    )
    detail = solved(asked)["unmatched"][0]["detail"]
    assert list(detail) == ["same_person", "reporting_line", "no_language"]
    assert set(detail) < set(CODES)


def test_whoever_could_have_had_a_pair_lost_it_to_a_better_one() -> None:
    asked = by_table({"ada": "9", "bo": "5"}, {"ada": 1, "bo": 1}, {"x": 1})
    assert solved(asked)["unmatched"] == [
        {"id": "bo", "side": "mentor", "cause": "others_fit_better", "detail": {}}
    ]


def test_with_an_empty_other_side_there_is_nobody_to_count() -> None:
    assert solved(problem([person("ada")], []))["unmatched"] == [
        {"id": "ada", "side": "mentor", "cause": "no_allowed_partner", "detail": {}}
    ]


def test_someone_on_both_sides_is_left_over_on_each() -> None:
    both = problem([person("ada"), person("zoe")], [person("ada")])
    assert [(u["id"], u["side"]) for u in solved(both)["unmatched"]] == [("ada", "mentor")]
    alone = solved(problem([person("ada")], [person("ada")]))["unmatched"]
    assert [(u["id"], u["side"]) for u in alone] == [("ada", "mentor"), ("ada", "mentee")]
    assert alone[0]["detail"] == {"same_person": 1}


def test_people_are_sorted_by_id_and_pairs_by_mentor_then_mentee() -> None:
    mentors = [person("b", capacity=2), person("a"), person("B")]
    mentees = [person("y"), person("x"), person("Z"), person("é"), person("z9"), person("z10")]
    found = solved(problem(mentors, mentees, locked=[["b", "y"], ["b", "x"]]))
    pairs = [(pair["mentor"], pair["mentee"]) for pair in found["pairs"]]
    assert pairs == sorted(pairs)
    ids = [person["id"] for person in found["unmatched"]]
    assert ids == sorted(ids)
    assert len(pairs) == 4
    assert len(ids) == 2
