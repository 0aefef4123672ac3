"""Pairs that a coordinator has decided: they stand, fill places and count in nothing."""

from typing import Any

import pytest

from matching.engine import MalformedProblemError
from tests.matching.engine.checker import complaints
from tests.matching.engine.people import (
    LENIENT,
    by_table,
    goals,
    pairs_of,
    person,
    problem,
    solved,
)

Json = dict[str, Any]


def test_a_locked_pair_stands_and_counts_in_none_of_the_figures() -> None:
    asked = by_table(
        {"ada": "19", "bo": "95"}, {"ada": 1, "bo": 1}, {"x": 1, "y": 1}, locked=[["ada", "x"]]
    )
    found = solved(asked)
    assert complaints(asked, found) == []
    assert [(p["mentor"], p["mentee"], p["locked"]) for p in found["pairs"]] == [
        ("ada", "x", True),
        ("bo", "y", False),
    ]
    assert (found["count"], found["worst"], found["total"]) == (1, 5000, 5000)
    assert (found["bound"], found["optimal"]) == (5000, True)


def test_locked_pairs_fill_places_and_are_not_made_twice() -> None:
    asked = by_table({"ada": "999"}, {"ada": 2}, {"x": 2, "y": 1, "z": 1}, locked=[["ada", "x"]])
    found = solved(asked)
    assert complaints(asked, found) == []
    assert len(found["pairs"]) == 2
    assert found["count"] == 1


def test_where_locked_pairs_fill_everything_nothing_is_left_to_choose() -> None:
    asked = by_table({"ada": "9", "bo": "9"}, {"ada": 1, "bo": 1}, {"x": 1}, locked=[["ada", "x"]])
    for objective in ("fair", "total"):
        found = solved(asked | {"objective": objective})
        assert complaints(asked, found) == []
        assert (found["count"], found["worst"], found["total"]) == (0, None, 0)
        assert found["optimal"] is True
        assert [u["cause"] for u in found["unmatched"]] == ["others_fit_better"]


@pytest.mark.parametrize("rules", [LENIENT, LENIENT | {"minimum_score": 90}])
def test_a_poor_pair_may_be_locked(rules: Json) -> None:
    """Ada teaches Bo nothing, and the two reach no minimum."""
    asked = problem(
        [person("ada")], [person("bo", goals=goals(law=3))], locked=[["ada", "bo"]], rules=rules
    )
    found = solved(asked)
    assert complaints(asked, found) == []
    assert pairs_of(found) == [("ada", "bo")]


@pytest.mark.parametrize(
    ("code", "mentor", "mentee", "rest"),
    [
        ("same_person", {"id": "bo"}, {}, {}),
        ("forbidden", {}, {}, {"forbidden": [["ada", "bo"]]}),
        ("reporting_line", {"manager": "bo"}, {}, {}),
        ("not_junior", {"seniority": 9}, {"seniority": 3}, {}),
        ("no_language", {"languages": ["en"]}, {"languages": ["de"]}, {}),
        ("no_hours", {"utc_offset": 0}, {"utc_offset": 12}, {}),
    ],
)
def test_a_pair_that_the_rules_keep_apart_cannot_be_locked(
    code: str, mentor: Json, mentee: Json, rest: Json
) -> None:
    ada, bo = {"id": "ada"} | mentor, {"id": "bo"} | mentee
    asked = {"mentors": [ada, person("cy")], "mentees": [bo, person("di")], **rest}
    asked["locked"] = [["cy", "di"], [ada["id"], "bo"]]
    with pytest.raises(MalformedProblemError) as refused:
        solved(asked)
    (fault,) = refused.value.faults
    assert (fault.path, fault.code) == ("locked[1]", code)


def test_no_more_pairs_can_be_locked_than_somebody_can_carry() -> None:
    mentors, mentees = [person("ada", capacity=2), person("cy")], [person(id) for id in "xyz"]
    asked = problem(
        mentors, mentees, locked=[["ada", "x"], ["ada", "y"], ["ada", "z"], ["cy", "z"]]
    )
    with pytest.raises(MalformedProblemError) as refused:
        solved(asked)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("locked[2]", "over_capacity"),
        ("locked[3]", "over_capacity"),
    ]
