"""Who may be matched with whom: one table a rule."""

from typing import Any

import pytest

from matching.engine import CODES, assess, read_problem
from tests.matching.engine.people import LENIENT, goals, person, problem

Json = dict[str, Any]


def why_not(mentor: Json, mentee: Json, *others: Json, **rest: Any) -> str | None:
    """The code that keeps Ada, who teaches, from Bo, who learns; others are mentors too."""
    ada, bo = person("ada", **mentor), person("bo", **mentee)
    asked = problem([ada, *others], [bo], **rest)
    return assess(read_problem(asked)).why_not("ada", "bo")


def test_without_facts_everybody_is_allowed() -> None:
    assert why_not({}, {}) is None


def test_nobody_mentors_themselves() -> None:
    both = problem([person("ada"), person("bo")], [person("ada"), person("bo")])
    found = assess(read_problem(both))
    assert found.why_not("ada", "ada") == "same_person"
    assert found.why_not("ada", "bo") is None
    assert found.why_not("bo", "ada") is None


def test_a_forbidden_pair_is_barred_and_only_that_one() -> None:
    barred = problem(
        [person("ada"), person("cy")],
        [person("bo"), person("di")],
        forbidden=[["ada", "bo"], ["ada", "bo"]],
    )
    found = assess(read_problem(barred))
    assert found.why_not("ada", "bo") == "forbidden"
    assert found.why_not("ada", "di") is None
    assert found.why_not("cy", "bo") is None


@pytest.mark.parametrize(
    ("mentor", "mentee", "between", "barred"),
    [
        ({"manager": "bo"}, {}, {}, True),
        ({}, {"manager": "ada"}, {}, True),
        ({"manager": "cy"}, {}, {"manager": "bo"}, True),
        ({}, {"manager": "cy"}, {"manager": "ada"}, True),
        ({"manager": "cy"}, {"manager": "cy"}, {"manager": "bo"}, True),
        ({"manager": "cy"}, {"manager": "cy"}, {}, False),
        ({"manager": "cy"}, {"manager": "cy"}, {"manager": "someone else"}, False),
        ({"manager": "someone else"}, {"manager": "someone else"}, {}, False),
        ({"manager": ""}, {"manager": ""}, {}, False),
        ({"manager": "ada"}, {"manager": "bo"}, {}, False),
    ],
)
def test_no_reporting_line_over_one_or_two_steps(
    mentor: Json, mentee: Json, between: Json, barred: bool
) -> None:
    found = why_not(mentor, mentee, person("cy", **between))
    assert found == ("reporting_line" if barred else None)


def test_a_line_of_three_steps_is_no_bar() -> None:
    line = [person("cy", manager="di"), person("di", manager="bo")]
    assert why_not({"manager": "cy"}, {}, *line) is None


def test_the_manager_between_is_known_from_either_side() -> None:
    asked = problem(
        [person("ada", manager="cy")],
        [person("bo"), person("cy", manager="bo")],
    )
    assert assess(read_problem(asked)).why_not("ada", "bo") == "reporting_line"


@pytest.mark.parametrize(
    ("mentor", "mentee", "rule", "barred"),
    [
        (3, 10, True, False),
        (10, 3, True, True),
        (3, 3, True, True),
        (2.5, 2.75, True, False),
        (2.75, 2.5, True, True),
        (None, 3, True, False),
        (10, None, True, False),
        (0, 0, True, True),
        (10, 3, False, False),
    ],
)
def test_the_mentor_has_fewer_years(
    mentor: float | None, mentee: float | None, rule: bool, barred: bool
) -> None:
    facts = [{} if years is None else {"seniority": years} for years in (mentor, mentee)]
    found = why_not(*facts, rules=LENIENT | {"mentor_is_junior": rule})
    assert found == ("not_junior" if barred else None)


@pytest.mark.parametrize(
    ("mentor", "mentee", "rule", "barred"),
    [
        (["en"], ["en"], True, False),
        (["en"], ["de"], True, True),
        (["en", "de"], ["fr", "de"], True, False),
        ([" EN"], ["en "], True, False),
        (["STRASSE"], ["straße"], True, False),
        ([], ["de"], True, False),
        (["en"], [], True, False),
        (["", " "], ["de"], True, False),
        (["en", ""], ["de", ""], True, True),
        (["en"], ["de"], False, False),
    ],
)
def test_two_who_name_languages_share_one(
    mentor: list[str], mentee: list[str], rule: bool, barred: bool
) -> None:
    rules = LENIENT | {"shared_language": rule}
    found = why_not({"languages": mentor}, {"languages": mentee}, rules=rules)
    assert found == ("no_language" if barred else None)


@pytest.mark.parametrize(
    ("mentor", "mentee", "least", "barred"),
    [
        (0, 0, 8, False),
        (0, 0, 9, True),
        (0, 7, 1, False),
        (0, 8, 1, True),
        (-8, 9, 1, False),
        (-8, 9, 2, True),
        (9, -8, 1, False),
        (-12, 12, 8, False),
        (-1, 1, 6, False),
        (-1, 1, 7, True),
        (0, 5.5, 2, False),
        (0, 5.5, 3, True),
        (5.1, 1.1, 4, False),
        (4.2, 0.2, 4, False),
        (1.1, 5.1, 4, False),
        (0, 30, 2, False),
        (0, 12, 0, False),
        (None, 12, 8, False),
        (12, None, 8, False),
        (0, 5.5, 2.5, True),
    ],
)
def test_working_days_overlap_on_a_daily_cycle(
    mentor: float | None, mentee: float | None, least: float, barred: bool
) -> None:
    facts = [{} if hours is None else {"utc_offset": hours} for hours in (mentor, mentee)]
    found = why_not(*facts, rules=LENIENT | {"working_hours_overlap": least})
    assert found == ("no_hours" if barred else None)


@pytest.mark.parametrize(
    ("taught", "known", "wanted", "barred"),
    [
        ({"law": 3}, {"law": 1}, {"law": 4}, False),
        ({"law": 1}, {"law": 1}, {"law": 4}, True),
        ({"law": 1}, {}, {"law": 4}, False),
        ({}, {}, {"law": 4}, True),
        ({"art": 5}, {}, {"law": 4}, True),
        ({"art": 5}, {}, {}, False),
        ({}, {"law": 5}, {}, False),
        ({"law": 1, "art": 1}, {"law": 1, "art": 0}, {"law": 4, "art": 2}, False),
        # A goal that is reached already still counts as one of their skills.
        ({"law": 5}, {"law": 3}, {"law": 2}, False),
        ({"law": 5}, {"law": 5}, {"law": 2}, True),
        ({"law": 3}, {"law": 3}, {"law": 2}, True),
    ],
)
def test_the_mentor_is_above_the_mentee_in_one_of_the_goals(
    taught: dict[str, int], known: dict[str, int], wanted: dict[str, int], barred: bool
) -> None:
    found = why_not({"levels": taught}, {"levels": known, "goals": goals(**wanted)})
    assert found == ("teaches_nothing" if barred else None)


@pytest.mark.parametrize(
    ("least", "barred"), [(0, False), (6.6, False), (6.667, False), (6.6671, True), (7, True)]
)
def test_the_score_reaches_the_minimum_in_points(least: float, barred: bool) -> None:
    tea = {"interests": ["tea"]}
    rules = LENIENT | {"minimum_score": least}
    found = why_not(tea, tea, rules=rules, weights={"interests": 20})
    assert found == ("below_minimum" if barred else None)


@pytest.mark.parametrize("rules", [None, {}, {"style": "ignore"}])
@pytest.mark.parametrize(
    ("mentor", "mentee", "weight", "code"),
    [
        ({}, {}, 20, None),
        ({}, {}, 19, "below_minimum"),
        ({"seniority": 2}, {"seniority": 2}, 20, "not_junior"),
        ({"languages": ["en"]}, {"languages": ["de"]}, 20, "no_language"),
        ({"utc_offset": 0}, {"utc_offset": 7}, 20, None),
        ({"utc_offset": 0}, {"utc_offset": 7.25}, 20, "no_hours"),
    ],
)
def test_rules_left_out_take_their_defaults(
    rules: Json | None, mentor: Json, mentee: Json, weight: int, code: str | None
) -> None:
    """Each wishes for the other: the score is the weight."""
    asked: Json = {
        "mentors": [person("ada", wishes=["bo"], **mentor)],
        "mentees": [person("bo", wishes=["ada"], **mentee)],
        "weights": {"wishes": weight},
    }
    if rules is not None:
        asked["rules"] = rules
    assert assess(read_problem(asked)).why_not("ada", "bo") == code


def test_the_first_failing_rule_is_named() -> None:
    """Everything is wrong with the two; mending one thing after another shows the order."""
    mentor: Json = {
        "manager": "ada",
        "seniority": 9,
        "languages": ["en"],
        "utc_offset": 0,
        "levels": {},
    }
    mentee: Json = {
        "manager": "ada",
        "seniority": 3,
        "languages": ["de"],
        "utc_offset": 12,
        "goals": goals(law=4),
    }
    asked = {
        "mentors": [person("ada", **mentor)],
        "mentees": [person("ada", **mentee), person("bo", **mentee)],
        "forbidden": [["ada", "ada"], ["ada", "bo"]],
    }
    mentees = asked["mentees"]
    mending: list[tuple[str, Any]] = [
        ("forbidden", lambda: asked["forbidden"].pop()),
        ("reporting_line", lambda: mentees[1].pop("manager")),
        ("not_junior", lambda: mentees[1].pop("seniority")),
        ("no_language", lambda: mentees[1].pop("languages")),
        ("no_hours", lambda: mentees[1].pop("utc_offset")),
        ("teaches_nothing", lambda: mentees[1].pop("goals")),
    ]
    assert assess(read_problem(asked)).why_not("ada", "ada") == "same_person"
    seen = ["same_person"]
    for expected, mend in mending:
        found = assess(read_problem(asked)).why_not("ada", "bo")
        assert found == expected
        seen.append(expected)
        mend()
    assert assess(read_problem(asked)).why_not("ada", "bo") == "below_minimum"
    assert (None, *seen, "below_minimum") == CODES
