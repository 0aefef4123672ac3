"""What a plan is: which tracks may stand in it, in which order, and what each step did."""

from typing import Any

import pytest

from tests.curriculum.engine.problems import Json, ids, pair, plan_of, track

AI_TO_2 = {"ai": {"target": 2}}


def basics(**facts: Any) -> Json:
    return track("basics", ("ai", 0, 2), **facts)


@pytest.mark.parametrize(
    ("facts", "terms", "stands"),
    [
        pytest.param({}, {}, True, id="nothing in the way"),
        pytest.param({}, {"completed": ["basics"]}, False, id="completed"),
        pytest.param({}, {"excluded": ["basics"]}, False, id="excluded"),
        pytest.param({"self_guided": False}, {}, False, id="a guide of unknown level"),
        pytest.param({"self_guided": False}, {"guide": {"ai": 1}}, False, id="guide below"),
        pytest.param({"self_guided": False}, {"guide": {"ai": 2}}, True, id="guide at the level"),
        pytest.param({"languages": ["de"]}, {}, True, id="the pair names no language"),
        pytest.param({}, {"languages": ["en"]}, True, id="the track names no language"),
        pytest.param({"languages": ["de"]}, {"languages": ["en"]}, False, id="none shared"),
        pytest.param({"languages": ["de", " EN"]}, {"languages": ["En "]}, True, id="blanks, case"),
        pytest.param({"languages": ["", " "]}, {"languages": ["en"]}, True, id="blank names none"),
        pytest.param({"minutes": 60}, {"minutes": 60}, True, id="minutes just enough"),
        pytest.param({"minutes": 61}, {"minutes": 60}, False, id="a minute too long"),
        pytest.param(
            {"minutes": 90}, {"minutes": 60, "minutes_left": {"basics": 60}}, True, id="begun"
        ),
        pytest.param(
            {"minutes": 30}, {"minutes": 60, "minutes_left": {"basics": 61}}, False, id="longer"
        ),
        pytest.param({"sessions": 2}, {"sessions": 2}, True, id="sessions just enough"),
        pytest.param({"sessions": 3}, {"sessions": 2}, False, id="a session too many"),
        pytest.param({"sessions": 99}, {}, True, id="no limit of sessions"),
        pytest.param({}, {"levels": {"ai": 2}}, False, id="already there"),
        pytest.param({}, {"levels": {"ai": 1}}, True, id="halfway there"),
    ],
)
def test_a_track_stands_or_not(facts: Json, terms: Json, stands: bool) -> None:
    plan = plan_of([basics(**facts)], pair(goals=AI_TO_2, **terms))
    assert ids(plan) == (["basics"] if stands else [])


def test_a_guide_must_hold_every_outcome() -> None:
    both = track("both", ("ai", 0, 2), ("web", 0, 3), self_guided=False)
    assert ids(plan_of([both], pair(goals=AI_TO_2, guide={"ai": 5, "web": 2}))) == []
    assert ids(plan_of([both], pair(goals=AI_TO_2, guide={"ai": 2, "web": 3}))) == ["both"]


def test_a_learner_must_stand_at_every_entry_level() -> None:
    both = track("both", ("ai", 0, 2), ("web", 1, 3))
    assert ids(plan_of([both], pair(goals=AI_TO_2))) == []
    assert ids(plan_of([both], pair(goals=AI_TO_2, levels={"web": 1}))) == ["both"]


def test_own_outcomes_never_help_a_track_to_start() -> None:
    twofold = track("twofold", ("ai", 0, 1), ("ai", 1, 2))
    assert ids(plan_of([twofold], pair(goals=AI_TO_2))) == []
    assert ids(plan_of([twofold], pair(goals=AI_TO_2, levels={"ai": 1}))) == ["twofold"]


def test_levels_never_fall() -> None:
    low = track("low", ("ai", 0, 1), ("web", 0, 1))
    plan = plan_of([low], pair(goals={"web": {"target": 1}}, levels={"ai": 4}))
    assert plan["steps"][0]["gains"] == [{"skill": "web", "from": 0, "to": 1}]


def test_tracks_chain_from_level_to_level() -> None:
    tracks = [track("second", ("ai", 2, 4)), track("first", ("ai", 0, 2))]
    plan = plan_of(tracks, pair(goals={"ai": {"target": 4, "weight": 3}}))
    assert plan == {
        "pair": "ada+bo",
        "steps": [
            {
                "track": "first",
                "gains": [{"skill": "ai", "from": 0, "to": 2}],
                "serves": ["ai"],
                "for": ["second"],
            },
            {
                "track": "second",
                "gains": [{"skill": "ai", "from": 2, "to": 4}],
                "serves": ["ai"],
                "for": [],
            },
        ],
        "unmet": [],
        "value": 12,
        "minutes": 120,
        "sessions": 0,
        "optimal": True,
    }


def test_what_a_track_requires_comes_first_or_is_completed() -> None:
    tracks = [track("after", ("ai", 0, 2), requires=["before"]), track("before", ("web", 0, 1))]
    plan = plan_of(tracks, pair(goals=AI_TO_2))
    assert ids(plan) == ["before", "after"]
    assert plan["steps"][0]["serves"] == []
    assert plan["steps"][0]["for"] == ["after"]
    assert ids(plan_of(tracks, pair(goals=AI_TO_2, completed=["before"]))) == ["after"]
    assert ids(plan_of(tracks, pair(goals=AI_TO_2, excluded=["before"]))) == []


def test_a_completed_track_counts_even_if_it_is_ruled_out_now() -> None:
    tracks = [track("after", ("ai", 0, 2), requires=["before"]), track("before", ("web", 0, 1))]
    plan = plan_of(tracks, pair(goals=AI_TO_2, completed=["before"], excluded=["before"]))
    assert ids(plan) == ["after"]


def test_the_next_step_is_the_first_that_is_ready() -> None:
    tracks = [
        track("d", ("ai", 0, 1), order=0),
        track("c", ("web", 0, 1), order=1),
        track("b", ("web", 1, 2), order=-1),
        track("a", ("data", 0, 1), order=1),
    ]
    goals = {skill: {"target": 2} for skill in ("ai", "web", "data")}
    assert ids(plan_of(tracks, pair(goals=goals))) == ["d", "a", "c", "b"]


def test_a_locked_track_stands_though_it_serves_nothing() -> None:
    tracks = [basics(), track("chosen by hand", ("chess", 0, 1), minutes=30, sessions=1)]
    plan = plan_of(tracks, pair(goals=AI_TO_2, locked=["chosen by hand"]))
    assert ids(plan) == ["basics", "chosen by hand"]
    assert plan["steps"][1]["serves"] == []
    assert (plan["minutes"], plan["sessions"]) == (90, 1)
    alone = plan_of(tracks, pair(goals=AI_TO_2, locked=["chosen by hand"], minutes=60))
    assert ids(alone) == ["chosen by hand"]


def test_a_locked_track_brings_along_what_it_needs() -> None:
    tracks = [
        track("locked", ("chess", 2, 3), requires=["wanted first"]),
        track("wanted first", ("go", 0, 1)),
        track("long way", ("chess", 0, 2), minutes=90),
        track("short way", ("chess", 0, 2), minutes=80),
    ]
    plan = plan_of(tracks, pair(locked=["locked"]))
    assert sorted(ids(plan)) == ["locked", "short way", "wanted first"]


def test_what_locked_tracks_give_counts_once_each_of_them_is_ready() -> None:
    """`second` waits for `first`, which waits for a level that a free track brings."""
    tracks = [
        track("first", ("chess", 2, 3)),
        track("second", ("go", 0, 2), requires=["first"]),
        track("way", ("chess", 0, 2)),
        track("goal", ("ai", 0, 2), requires=["second"]),
        track("other", ("web", 0, 1), ("go", 2, 3)),
    ]
    goals = AI_TO_2 | {"web": {"target": 1}}
    plan = plan_of(tracks, pair(goals=goals, locked=["first", "second"]))
    assert ids(plan) == ["way", "first", "second", "goal", "other"]


def test_a_locked_track_that_is_completed_asks_for_nothing() -> None:
    plan = plan_of([basics()], pair(goals=AI_TO_2, locked=["basics"], completed=["basics"]))
    assert ids(plan) == []


def test_serves_only_goals_that_were_below_target() -> None:
    tracks = [track("more", ("ai", 2, 5), ("web", 0, 1), ("data", 0, 1))]
    goals = {"ai": {"target": 2}, "web": {"target": 1}}
    plan = plan_of(tracks, pair(goals=goals, levels={"ai": 2}))
    assert plan["steps"][0]["serves"] == ["web"]
    assert [gain["skill"] for gain in plan["steps"][0]["gains"]] == ["ai", "data", "web"]
    assert plan["value"] == 1


def test_value_counts_up_to_the_target_and_by_weight() -> None:
    goals = {"ai": {"target": 3, "weight": 2}, "web": {"target": 1, "weight": 3}}
    tracks = [track("far", ("ai", 0, 5)), track("web", ("web", 0, 2))]
    assert plan_of(tracks, pair(goals=goals, levels={"ai": 1}))["value"] == 2 * 2 + 3


def test_for_looks_at_all_other_chosen_tracks_whenever_they_stood() -> None:
    """Without `early`, `late` alone would still let `user` begin: neither is what opens it."""
    tracks = [
        track("early", ("ai", 0, 1)),
        track("late", ("ai", 0, 1), ("data", 0, 1), order=9),
        track("user", ("ai", 1, 3)),
    ]
    goals = {"ai": {"target": 3}, "data": {"target": 1}}
    plan = plan_of(tracks, pair(goals=goals, locked=["early"]))
    assert {step["track"]: step["for"] for step in plan["steps"]} == {
        "early": [],
        "user": [],
        "late": [],
    }


def test_skills_and_ids_are_taken_as_they_are() -> None:
    plan = plan_of([track("Basics", ("AI", 0, 2))], pair(goals=AI_TO_2))
    assert ids(plan) == []


def test_without_tracks_or_goals_a_plan_is_empty() -> None:
    assert plan_of([], pair())["steps"] == []
    assert plan_of([basics()], pair())["steps"] == []
    assert plan_of([basics()], pair(minutes=0, goals=AI_TO_2))["steps"] == []
