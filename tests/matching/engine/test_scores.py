"""What a pair is worth: one table a criterion, and the rounding."""

from fractions import Fraction
from typing import Any

import pytest

from matching.engine import CRITERIA, Pair, assess, read_problem
from tests.matching.engine.people import person, problem, solved

Json = dict[str, Any]


def together(mentor: Json, mentee: Json, **rest: Any) -> Pair:
    asked = problem([person("ada", **mentor)], [person("bo", **mentee)], **rest)
    return assess(read_problem(asked)).pair("ada", "bo")


def part(criterion: str, weight: int, mentor: Json, mentee: Json, **rest: Any) -> int:
    """The part alone; what has no weight must add nothing."""
    found = together(mentor, mentee, weights={criterion: weight}, **rest)
    assert tuple(found.parts) == CRITERIA
    assert found.score == found.parts[criterion]
    return found.score


@pytest.mark.parametrize(
    ("taught", "known", "wanted", "expected"),
    [
        ({"law": 4}, {"law": 1}, {"law": (4, 1)}, 1),
        ({"law": 5}, {"law": 1}, {"law": (4, 1)}, 1),
        ({"law": 3}, {"law": 1}, {"law": (4, 1)}, Fraction(2, 3)),
        ({"law": 1}, {"law": 1}, {"law": (4, 1)}, 0),
        ({"law": 0}, {"law": 1}, {"law": (4, 1)}, 0),
        ({"law": 2}, {}, {"law": (5, 1)}, Fraction(2, 5)),
        ({"law": 4, "art": 0}, {}, {"law": (4, 3), "art": (4, 1)}, Fraction(3, 4)),
        ({"law": 1, "art": 1}, {}, {"law": (3, 2), "art": (4, 3)}, Fraction(17, 60)),
        # A goal that is reached counts neither for nor against.
        ({"law": 4}, {"art": 3}, {"law": (4, 1), "art": (3, 3)}, 1),
        ({"art": 5}, {"art": 3}, {"art": (3, 3)}, 0),
        ({"law": 5}, {}, {}, 0),
        ({}, {}, {"law": (2, 1)}, 0),
    ],
)
def test_skill_gap_is_the_weighted_share_of_the_open_goals(
    taught: dict[str, int],
    known: dict[str, int],
    wanted: dict[str, tuple[int, int]],
    expected: Fraction,
) -> None:
    goals = {skill: {"target": t, "weight": w} for skill, (t, w) in wanted.items()}
    mentee = {"levels": known, "goals": goals}
    assert part("skill_gap", 60, {"levels": taught}, mentee) == expected * 60_000


@pytest.mark.parametrize("power", range(8, 22))
def test_a_weight_may_be_as_large_as_one_likes(power: int) -> None:
    """Around 2^63 / 240,000 the way to a part needs more room than the part."""
    mentee = {"goals": {"law": {"target": 3, "weight": 3}}}
    found = together({"levels": {"law": 2}}, mentee, weights={"skill_gap": 3 * 10**power})
    assert found.score == 2 * 10**power * 1000
    asked = problem([person("ada", levels={"law": 2})], [person("bo", **mentee)])
    assert solved(asked | {"weights": {"skill_gap": 3 * 10**power}})["total"] == found.score


def test_goals_weigh_one_unless_said_otherwise() -> None:
    mentee = {"goals": {"law": {"target": 2}, "art": {"target": 2, "weight": 3}}}
    assert part("skill_gap", 100, {"levels": {"law": 2}}, mentee) == 25_000


@pytest.mark.parametrize(
    ("mentor", "mentee", "thirds"),
    [
        (["tea"], ["tea"], 1),
        (["tea", "maps"], ["maps", "tea", "law"], 2),
        (["a", "b", "c"], ["a", "b", "c"], 3),
        (["a", "b", "c", "d"], ["a", "b", "c", "d"], 3),
        (["Tea "], [" tEA"], 1),
        (["tea", "TEA"], ["tea", "Tea"], 1),
        (["", " "], ["", " "], 0),
        (["tea"], ["maps"], 0),
        ([], [], 0),
    ],
)
def test_interests_count_up_to_three(mentor: list[str], mentee: list[str], thirds: int) -> None:
    found = part("interests", 30, {"interests": mentor}, {"interests": mentee})
    assert found == thirds * 10_000


@pytest.mark.parametrize(
    ("mentor", "mentee", "halves"),
    [(["bo"], ["ada"], 2), (["bo"], [], 1), ([], ["ada"], 1), ([], [], 0), (["ada"], ["bo"], 0)],
)
def test_wishes_count_double_when_mutual(mentor: list[str], mentee: list[str], halves: int) -> None:
    assert part("wishes", 30, {"wishes": mentor}, {"wishes": mentee}) == halves * 15_000


@pytest.mark.parametrize(
    ("mentor", "mentee", "halves"),
    [
        (("law", "Oslo"), ("art", "Lima"), 2),
        (("law", "Oslo"), ("law", "Lima"), 1),
        (("law", "Oslo"), ("art", "Oslo"), 1),
        (("law", "Oslo"), ("law", "Oslo"), 0),
        (("Law", "Oslo "), ("law", "Oslo"), 2),
        (("", "Oslo"), ("art", ""), 0),
        (("", ""), ("", ""), 0),
    ],
)
def test_distance_is_another_department_and_another_place(
    mentor: tuple[str, str], mentee: tuple[str, str], halves: int
) -> None:
    facts = [{"department": d, "location": place} for d, place in (mentor, mentee)]
    assert part("distance", 30, *facts) == halves * 15_000


# Two who share nothing of a way of working, so that each third can be seen alone.
APART = (
    {"meets": "online", "style": "quiet", "utc_offset": 0},
    {"meets": "in_person", "style": "outgoing", "utc_offset": 4.25},
)


@pytest.mark.parametrize(
    ("mentor", "mentee", "rule", "thirds"),
    [
        ({}, {}, "similar", 0),
        ({"meets": "in_person"}, {}, "similar", 1),
        ({"meets": "either"}, {}, "similar", 1),
        ({}, {"meets": ""}, "similar", 1),
        ({}, {"utc_offset": 4}, "similar", 1),
        ({}, {"utc_offset": -20}, "similar", 1),
        ({"utc_offset": ""}, {}, "similar", 1),
        ({"style": "outgoing"}, {}, "similar", 1),
        ({"style": "Outgoing "}, {}, "similar", 1),
        ({"style": "either"}, {}, "similar", 1),
        ({}, {"style": ""}, "similar", 1),
        ({}, {}, "complementary", 1),
        ({"style": "outgoing"}, {}, "complementary", 0),
        ({"style": "either"}, {}, "complementary", 1),
        ({"style": "either"}, {"style": "either"}, "complementary", 1),
        ({}, {}, "ignore", 1),
        ({"style": "outgoing"}, {}, "ignore", 1),
        ({"meets": "either"}, {"utc_offset": 4}, "Ignore ", 3),
    ],
)
def test_way_of_working_in_thirds(mentor: Json, mentee: Json, rule: str, thirds: int) -> None:
    rules = {"style": rule, "working_hours_overlap": 0, "minimum_score": 0}
    found = part("way_of_working", 30, APART[0] | mentor, APART[1] | mentee, rules=rules)
    assert found == thirds * 10_000


def test_each_part_is_rounded_half_up_before_they_are_added() -> None:
    """A third, a half and a third of a point, in thousandths: 333 + 500 + 333, not 1167."""
    found = together(
        {"interests": ["tea"], "wishes": ["bo"], "meets": "online", "style": "quiet"},
        {"interests": ["tea"], "meets": "in_person", "style": "outgoing"},
        weights={"interests": 1, "wishes": 1, "way_of_working": 1},
    )
    assert found.parts["interests"] == 333
    assert found.parts["way_of_working"] == 333
    assert found.score == 1166


def test_a_half_thousandth_goes_up_and_less_goes_down() -> None:
    """Weights of 15 and 17 over 16 parts: 1/16 of 15,000 is 937.5; of 17,000, 1062.5."""
    wanted = {f"s{k}": {"target": 1} for k in range(16)}
    for weight, expected in ((15, 938), (17, 1063), (1, 63)):
        found = part("skill_gap", weight, {"levels": {"s0": 1}}, {"goals": wanted})
        assert found == expected
    wanted = {f"s{k}": {"target": 1} for k in range(7)}
    assert part("skill_gap", 1, {"levels": {"s0": 1}}, {"goals": wanted}) == 143
    assert part("skill_gap", 2, {"levels": {"s0": 1}}, {"goals": wanted}) == 286


def test_the_standard_weights_make_a_hundred_points() -> None:
    mentor = {
        "levels": {"law": 5},
        "interests": ["a", "b", "c"],
        "wishes": ["bo"],
        "department": "x",
        "location": "x",
    }
    mentee = mentor | {
        "levels": {},
        "goals": {"law": {"target": 3}},
        "wishes": ["ada"],
        "department": "y",
        "location": "y",
    }
    found = together(mentor, mentee)
    assert found.score == 100_000
    assert dict(found.parts) == {
        "skill_gap": 40_000,
        "interests": 20_000,
        "wishes": 15_000,
        "distance": 15_000,
        "way_of_working": 10_000,
    }


def test_weights_given_in_part_leave_the_rest_at_nothing() -> None:
    assert together({}, {}, weights={"wishes": 15}).score == 0
    assert together({}, {}, weights={}).score == 0
    assert together({}, {}).score == 10_000


def test_weights_beyond_64_bits_stay_exact() -> None:
    huge = 10**30 + 1
    wanted = {f"s{k}": {"target": 1} for k in range(3)}
    mentor, mentee = {"levels": {"s0": 1}, "interests": ["a"]}, {"interests": ["a"]}
    found = together(
        mentor, mentee | {"goals": wanted}, weights={"skill_gap": huge, "interests": huge}
    )
    third = (2 * huge * 1000 + 3) // 6
    assert dict(found.parts)["skill_gap"] == third
    assert found.score == 2 * third
