"""Problems that are none: each says where it is wrong and what would be right."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from matching.engine import (
    Fault,
    Goal,
    MalformedProblemError,
    Person,
    Problem,
    Rules,
    Weights,
    read_problem,
    solve,
    validate,
)
from matching.engine.reading import read_json

Json = dict[str, Any]


def faults_in(problem: Any) -> list[str]:
    """The lines that a caller reads; none if the problem can be solved."""
    return _lines(json.dumps(problem))


def _lines(text: str) -> list[str]:
    try:
        read_json(text.encode(), "problem.json")
    except MalformedProblemError as refused:
        return str(refused).split("\n")
    return []


def with_mentor(**facts: Any) -> Json:
    return {"mentors": [{"id": "ada"} | facts], "mentees": [{"id": "bo"}, {"id": "cy"}]}


def test_the_smallest_problems_are_in_order() -> None:
    assert faults_in({"mentors": [], "mentees": []}) == []
    assert faults_in(with_mentor()) == []


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ([], "problem: must be an object, not a list"),
        (None, "problem: must be an object, not null"),
        (7, "problem: must be an object, not 7"),
        ({"mentors": []}, "mentees: is missing"),
        ({"mentors": [], "mentees": ""}, "mentees: is missing"),
        ({"mentors": {}, "mentees": []}, "mentors: must be a list, not an object"),
        ({"mentors": [3], "mentees": []}, "mentors[0]: must be an object, not 3"),
        ({"mentors": [{}], "mentees": []}, "mentors[0].id: is missing"),
        ({"mentors": [{"id": ""}], "mentees": []}, "mentors[0].id: is missing"),
        ({"mentors": [{"id": 3}], "mentees": []}, "mentors[0].id: must be a text, not 3"),
        (
            {"mentors": [], "mentees": [{"id": "a"}, {"id": "b"}, {"id": "a"}]},
            'mentees[2].id: must be given once, but "a" came before',
        ),
    ],
)
def test_two_lists_of_people_with_ids(problem: Any, line: str) -> None:
    assert faults_in(problem) == [line]


@pytest.mark.parametrize(
    ("key", "value", "path", "message"),
    [
        ("capacity", 0, "capacity", "must be a whole number of 1 or more, not 0"),
        ("capacity", 1.5, "capacity", "must be a whole number of 1 or more, not 1.5"),
        ("capacity", True, "capacity", "must be a whole number of 1 or more, not true"),
        ("capacity", "2", "capacity", 'must be a whole number of 1 or more, not "2"'),
        ("seniority", "3", "seniority", 'must be a number of 0 or more, not "3"'),
        ("seniority", -1, "seniority", "must be a number of 0 or more, not -1"),
        ("seniority", False, "seniority", "must be a number of 0 or more, not false"),
        ("utc_offset", "+1", "utc_offset", 'must be a number, not "+1"'),
        ("utc_offset", [], "utc_offset", "must be a number, not a list"),
        ("manager", 3, "manager", "must be a text, not 3"),
        ("department", ["law"], "department", "must be a text, not a list"),
        ("location", {}, "location", "must be a text, not an object"),
        ("languages", "en", "languages", 'must be a list, not "en"'),
        ("languages", ["en", 3], "languages[1]", "must be a text, not 3"),
        ("interests", {"tea": 1}, "interests", "must be a list, not an object"),
        ("interests", [True], "interests[0]", "must be a text, not true"),
        ("meets", "Online", "meets", 'must be online, in_person or either, not "Online"'),
        ("meets", 1, "meets", "must be online, in_person or either, not 1"),
        ("style", "loud", "style", 'must be quiet, outgoing or either, not "loud"'),
        ("style", [], "style", "must be quiet, outgoing or either, not a list"),
        ("levels", ["law"], "levels", "must be an object, not a list"),
        ("levels", {"law": 6}, "levels.law", "must be a whole number from 0 to 5, not 6"),
        ("levels", {"law": -1}, "levels.law", "must be a whole number from 0 to 5, not -1"),
        ("levels", {"a b": 0.5}, 'levels["a b"]', "must be a whole number from 0 to 5, not 0.5"),
        ("levels", {"a\nb": "x"}, 'levels["a\\nb"]', 'must be a whole number from 0 to 5, not "x"'),
        ("goals", [], "goals", "must be an object, not a list"),
        ("goals", {"law": 3}, "goals.law", "must be an object, not 3"),
        ("goals", {"law": {}}, "goals.law.target", "is missing"),
        (
            "goals",
            {"law": {"target": 7}},
            "goals.law.target",
            "must be a whole number from 1 to 5, not 7",
        ),
        (
            "goals",
            {"law": {"target": 0}},
            "goals.law.target",
            "must be a whole number from 1 to 5, not 0",
        ),
        (
            "goals",
            {"law": {"target": 3, "weight": 4}},
            "goals.law.weight",
            "must be a whole number from 1 to 3, not 4",
        ),
        (
            "goals",
            {"law": {"target": 3, "wait": 1}},
            "goals.law.wait",
            "is not known here; known are target, weight",
        ),
        ("wishes", "bo", "wishes", 'must be a list, not "bo"'),
        ("wishes", [3], "wishes[0]", "must be a text, not 3"),
        ("wishes", ["bo", "zoe"], "wishes[1]", 'names "zoe", who is on neither side'),
        ("wishes", ["bo", "cy", "bo"], "wishes[2]", 'names "bo" a second time'),
    ],
)
def test_each_fact_of_a_person(key: str, value: Any, path: str, message: str) -> None:
    assert faults_in(with_mentor(**{key: value})) == [f"mentors[0].{path}: {message}"]


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ({"rules": []}, "rules: must be an object, not a list"),
        (
            {"rules": {"mentor_is_junior": 1}},
            "rules.mentor_is_junior: must be true or false, not 1",
        ),
        (
            {"rules": {"shared_language": "yes"}},
            'rules.shared_language: must be true or false, not "yes"',
        ),
        (
            {"rules": {"working_hours_overlap": -1}},
            "rules.working_hours_overlap: must be a number of 0 or more, not -1",
        ),
        (
            {"rules": {"minimum_score": True}},
            "rules.minimum_score: must be a number of 0 or more, not true",
        ),
        (
            {"rules": {"style": "opposite"}},
            'rules.style: must be similar, complementary or ignore, not "opposite"',
        ),
        (
            {"weights": {"wishes": 1.5}},
            "weights.wishes: must be a whole number of 0 or more, not 1.5",
        ),
        (
            {"weights": {"distance": -1}},
            "weights.distance: must be a whole number of 0 or more, not -1",
        ),
        (
            {"weights": {"interests": True}},
            "weights.interests: must be a whole number of 0 or more, not true",
        ),
        ({"weights": 40}, "weights: must be an object, not 40"),
        ({"objective": "Fair"}, 'objective: must be fair or total, not "Fair"'),
        ({"locked": {}}, "locked: must be a list, not an object"),
        ({"locked": ["ada"]}, "locked[0]: must be [a mentor, a mentee]"),
        ({"locked": [["ada"]]}, "locked[0]: must be [a mentor, a mentee]"),
        ({"locked": [["ada", "bo", "cy"]]}, "locked[0]: must be [a mentor, a mentee]"),
        ({"locked": [["ada", 3]]}, "locked[0]: must be [a mentor, a mentee]"),
        (
            {"locked": [["bo", "ada"]]},
            'locked[0]: must be [a mentor, a mentee], but "bo" is no mentor and "ada" is no mentee',
        ),
        (
            {"forbidden": [["ada", "bo"], ["ada", "zoe"]]},
            'forbidden[1]: must be [a mentor, a mentee], but "zoe" is no mentee',
        ),
        ({"locked": [["ada", "bo"], ["ada", "bo"]]}, "locked[1]: is locked a second time"),
    ],
)
def test_rules_weights_and_what_is_decided(rest: Json, line: str) -> None:
    assert faults_in(with_mentor() | rest) == [line]


@pytest.mark.parametrize("place", ["problem", "person", "goal", "rules", "weights"])
def test_unknown_keys_are_refused_everywhere(place: str) -> None:
    goal: Json = {"target": 3}
    person: Json = {"id": "ada", "goals": {"law": goal}}
    problem: Json = {"mentors": [person], "mentees": [], "rules": {}, "weights": {}}
    objects = {"problem": problem, "person": person, "goal": goal}
    (objects | {"rules": problem["rules"], "weights": problem["weights"]})[place]["colour"] = 1
    (line,) = faults_in(problem)
    assert ".colour: is not known here" in f".{line}"


@pytest.mark.parametrize(
    ("problem", "path"),
    [
        ({"mentors": None, "mentees": []}, "mentors"),
        ({"mentors": [], "mentees": [], "locked": None}, "locked"),
        ({"mentors": [None], "mentees": []}, "mentors[0]"),
        ({"mentors": [{"id": None}], "mentees": []}, "mentors[0].id"),
        (with_mentor(seniority=None), "mentors[0].seniority"),
        (with_mentor(languages=["en", None]), "mentors[0].languages[1]"),
        (with_mentor(levels={"law": None}), "mentors[0].levels.law"),
        (with_mentor(goals={"law": None}), "mentors[0].goals.law"),
        (with_mentor(goals={"law": {"target": None}}), "mentors[0].goals.law.target"),
        (with_mentor(wishes=[None]), "mentors[0].wishes[0]"),
        (with_mentor() | {"weights": {"wishes": None}}, "weights.wishes"),
        (with_mentor() | {"rules": None}, "rules"),
        (with_mentor() | {"locked": [None]}, "locked[0]"),
        (with_mentor() | {"forbidden": [["ada", None]]}, "forbidden[0]"),
    ],
)
def test_null_is_refused_everywhere(problem: Json, path: str) -> None:
    (line,) = faults_in(problem)
    assert line.startswith(f"{path}: must ")


def test_an_empty_text_is_as_good_as_nothing() -> None:
    empty = dict.fromkeys(("manager", "department", "location", "meets", "style"), "")
    assert faults_in(with_mentor(**empty, languages=["", "en"], wishes=["", ""])) == []
    rest = {"objective": "", "rules": {"style": ""}, "weights": {"wishes": ""}}
    assert faults_in(with_mentor() | rest) == []


def test_one_person_has_one_manager() -> None:
    def both(as_mentor: Json, as_mentee: Json) -> list[str]:
        mentors, mentees = [{"id": "ada"} | as_mentor], [{"id": "bo"}, {"id": "ada"} | as_mentee]
        return faults_in({"mentors": mentors, "mentees": mentees})

    assert both({"manager": "zoe"}, {"manager": "zoe"}) == []
    assert both({"manager": ""}, {}) == []
    for as_mentor, as_mentee in (({"manager": "zoe"}, {"manager": "bo"}), ({"manager": "zoe"}, {})):
        (line,) = both(as_mentor, as_mentee)
        assert line.startswith("mentees[1].manager: must be the same on both sides")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"), ("1e999", "Infinity")],
)
def test_numbers_are_finite(number: str, shown: str) -> None:
    text = json.dumps(with_mentor(utc_offset="HERE")).replace('"HERE"', number)
    assert _lines(text) == [f"mentors[0].utc_offset: must be a number, not {shown}"]


@pytest.mark.parametrize("number", ["2.0", "2e0", "20e-1", "2.000000000000000000000"])
def test_a_whole_number_is_whole_however_it_is_written(number: str) -> None:
    text = json.dumps(with_mentor(capacity="HERE")).replace('"HERE"', number)
    assert _lines(text) == []
    nearly = text.replace(number, "2.000000000000000000001")
    assert _lines(nearly)[0].endswith("not 2.000000000000000000001")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("9" * 5000, ["mentors[0].utc_offset: must be a number, not Infinity"]),
        ("1" + "0" * 500, ["mentors[0].utc_offset: must be a number, not Infinity"]),
        ("0." + "0" * 9000 + "1", []),
        ("3." + "1" * 9000, []),
        ("1e-999999999", []),
    ],
)
def test_numbers_too_long_for_sense_harm_nothing(number: str, told: list[str]) -> None:
    text = json.dumps(with_mentor(utc_offset="HERE")).replace('"HERE"', number)
    assert _lines(text) == told


def test_a_key_given_twice_is_refused() -> None:
    lines = _lines('{"mentors": [{"id": "a", "id": "b", "id": "c"}], "mentees": [], "mentees": []}')
    assert lines == ["mentees: is given twice", "mentors[0].id: is given twice"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (b"", "problem.json: is not JSON: Expecting value"),
        (b'{"mentors": [', "problem.json: is not JSON: Expecting value"),
        (b'{"mentors": [], "mentees": []} {}', "problem.json: is not JSON: Extra data"),
        (b"\xff\xfe\xfd", "problem.json: is not JSON:"),
        (b"[" * 100_000, "problem.json: is nested too deeply"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(text: bytes, start: str) -> None:
    with pytest.raises(MalformedProblemError) as refused:
        read_json(text, "problem.json")
    (line,) = str(refused.value).split("\n")
    assert line.startswith(start)


def test_every_problem_is_named_and_none_twice() -> None:
    problem = {
        "mentors": [{"id": "ada", "capacity": 0, "colour": 1}, {"levels": {"law": 9}}, 7],
        "mentees": [{"id": "bo", "goals": {"law": {"target": 7, "weight": None}}}],
        "locked": [["ada", "zoe"]],
        "weights": {"wishes": -1},
    }
    paths = [line.partition(": ")[0] for line in faults_in(problem)]
    assert sorted(paths) == [
        "locked[0]",
        "mentees[0].goals.law.target",
        "mentees[0].goals.law.weight",
        "mentors[0].capacity",
        "mentors[0].colour",
        "mentors[1].id",
        "mentors[1].levels.law",
        "mentors[2]",
        "weights.wishes",
    ]


def test_locked_pairs_are_held_against_the_rules_only_when_all_else_is_in_order() -> None:
    problem = with_mentor(seniority=9) | {"locked": [["ada", "bo"]]}
    problem["mentees"][0]["seniority"] = 3
    assert faults_in(problem) == ["locked[0]: breaks the rule not_junior"]
    problem["objective"] = "best"
    assert [line[:9] for line in faults_in(problem)] == ["objective"]


def test_a_locked_pair_is_told_of_its_rule_and_of_its_capacity() -> None:
    problem = {
        "mentors": [{"id": "ada"}],
        "mentees": [{"id": "bo"}, {"id": "cy", "manager": "ada"}],
        "locked": [["ada", "bo"], ["ada", "cy"]],
    }
    assert faults_in(problem) == [
        "locked[1]: breaks the rule reporting_line",
        'locked[1]: is one pair too many for "ada", who can carry 1',
    ]


def test_a_problem_built_in_python_is_held_to_the_same() -> None:
    problem = Problem(
        mentors=[
            Person(
                id="ada",
                seniority=Decimal("2.5"),
                utc_offset=Fraction(11, 2),
                languages=frozenset({"en"}),
                levels={"law": 4},
            )
        ],
        mentees=[Person(id="bo", utc_offset=5.5, goals={"law": Goal(target=9)})],
        rules=Rules(minimum_score=12.5),
        weights=Weights(skill_gap=1),
    )
    message = "must be a whole number from 1 to 5, not 9"
    expected = Fault("mentees[0].goals.law.target", "out_of_range", message)
    assert validate(problem) == (expected,)
    with pytest.raises(MalformedProblemError) as refused:
        solve(problem)
    assert refused.value.faults == (expected,)


def test_a_problem_built_in_python_gives_what_its_json_gives() -> None:
    mentor: Json = {"id": "ada", "capacity": 2, "levels": {"law": 4}, "interests": ["tea"]}
    mentee: Json = {"id": "bo", "interests": ["Tea"], "utc_offset": 5.5, "wishes": ["ada"]}
    goals = {"law": {"target": 3, "weight": 2}}
    read = read_problem({"mentors": [mentor], "mentees": [mentee | {"goals": goals}]})
    built = Problem(
        mentors=[Person(**mentor)],
        mentees=[Person(**mentee, goals={"law": Goal(3, weight=2)})],
    )
    assert solve(read) == solve(built)
    assert len(solve(built).pairs) == 1
