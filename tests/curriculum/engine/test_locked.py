"""Locked tracks that can't stand: which, and why."""

from typing import Any

import pytest

from tests.curriculum.engine.problems import Json, pair, solved, track


def errors_of(tracks: list[Json], pair: Json) -> list[tuple[str, str]]:
    result = solved({"tracks": tracks, "pairs": [pair]})
    assert bool(result["errors"]) != bool(result["plans"])
    return [(error["track"], error["cause"]) for error in result["errors"]]


def locked(**terms: Any) -> Json:
    return pair(locked=["t"], **terms)


@pytest.mark.parametrize(
    ("facts", "terms", "cause"),
    [
        pytest.param({}, {"excluded": ["t"]}, "excluded", id="excluded"),
        pytest.param({}, {"excluded": ["t"], "completed": ["t"]}, "excluded", id="though done"),
        pytest.param({"self_guided": False}, {}, "guide_level", id="guide"),
        pytest.param({"languages": ["de"]}, {"languages": ["en"]}, "language", id="language"),
        pytest.param({"requires": ["r"]}, {"excluded": ["r"]}, "requires", id="requires"),
        pytest.param({"requires": ["high"]}, {}, "requires", id="requires what is out of reach"),
        pytest.param({"outcomes": [{"skill": "ai", "from": 2, "to": 3}]}, {}, "level", id="level"),
        pytest.param({"minutes": 601}, {}, "budget", id="minutes"),
        pytest.param({"sessions": 3}, {"sessions": 2}, "budget", id="sessions"),
        pytest.param({"requires": ["r"], "minutes": 590}, {}, "budget", id="with what it requires"),
    ],
)
def test_the_first_cause_that_holds(facts: Json, terms: Json, cause: str) -> None:
    tracks = [
        track("t", ("ai", 0, 1)) | facts,
        track("r", ("web", 0, 1)),
        track("high", ("web", 3, 4)),
    ]
    assert errors_of(tracks, locked(**terms)) == [("t", cause)]


def test_the_causes_in_their_order() -> None:
    """One track with everything against it; each is mended in turn."""
    high: Json = {
        "self_guided": False,
        "languages": ["de"],
        "requires": ["high"],
        "minutes": 900,
        "outcomes": [{"skill": "ai", "from": 2, "to": 3}],
    }
    tracks = [track("t", ("ai", 0, 1)) | high, track("high", ("web", 3, 4))]
    terms = locked(languages=["en"], excluded=["t"])
    seen = []
    for mend in (
        lambda: terms.update(excluded=[]),
        lambda: terms.update(guide={"ai": 3}),
        lambda: terms.update(languages=[]),
        lambda: terms.update(levels={"web": 3}),
        lambda: terms.update(levels={"web": 3, "ai": 2}),
        lambda: terms.update(budget={"minutes": 2000}),
    ):
        seen += errors_of(tracks, terms)
        mend()
    causes = ["excluded", "guide_level", "language", "requires", "level", "budget"]
    assert seen == [("t", cause) for cause in causes]
    assert errors_of(tracks, terms) == []


def test_alone_means_the_only_one_locked_not_without_support() -> None:
    tracks = [
        track("t", ("ai", 2, 3), requires=["r"]),
        track("r", ("web", 0, 1)),
        track("way", ("ai", 0, 2)),
    ]
    assert errors_of(tracks, locked()) == []
    assert errors_of(tracks, locked(minutes=179)) == [("t", "budget")]


def test_each_that_can_not_stand_alone_is_named_in_the_editors_order() -> None:
    tracks = [
        track("fine", ("ai", 0, 1)),
        track("b", ("ai", 0, 1), minutes=999),
        track("a", ("ai", 4, 5), order=1),
    ]
    terms = pair(locked=["a", "fine", "b"])
    assert errors_of(tracks, terms) == [("b", "budget"), ("a", "level")]


def test_together_too_much_names_the_first_that_no_longer_fits() -> None:
    tracks = [track(name, (name, 0, 1), order=order) for order, name in enumerate("cab")]
    assert errors_of(tracks, pair(180, locked=["a", "b", "c"])) == []
    assert errors_of(tracks, pair(179, locked=["a", "b", "c"])) == [("b", "budget")]
    assert errors_of(tracks, pair(119, locked=["a", "b", "c"])) == [("a", "budget")]
    assert errors_of(tracks, pair(119, locked=["b", "c"])) == [("b", "budget")]


def test_together_too_much_counts_what_they_share_once() -> None:
    tracks = [
        track("first", ("ai", 1, 2)),
        track("second", ("ai", 1, 2)),
        track("way", ("ai", 0, 1)),
    ]
    assert errors_of(tracks, pair(180, locked=["first", "second"])) == []
    assert errors_of(tracks, pair(179, locked=["first", "second"])) == [("second", "budget")]


def test_other_pairs_go_on() -> None:
    tracks = [track("t", ("ai", 0, 1))]
    pairs = [
        pair(id="zoe", goals={"ai": {"target": 1}}),
        pair(id="bad", locked=["t"], excluded=["t"]),
        pair(id="amy"),
    ]
    result = solved({"tracks": tracks, "pairs": pairs})
    assert [plan["pair"] for plan in result["plans"]] == ["zoe", "amy"]
    assert result["errors"] == [{"pair": "bad", "track": "t", "cause": "excluded"}]
