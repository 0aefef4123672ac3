"""Why a goal was not met: the first relaxation that would have taken it on, and what would do."""

import pytest

from tests.curriculum.engine.problems import Json, pair, plan_of, track


def unmet_of(tracks: list[Json], pair: Json) -> dict[str, Json]:
    return {goal["skill"]: goal for goal in plan_of(tracks, pair)["unmet"]}


def ai(target: int = 2) -> Json:
    return {"ai": {"target": target}}


def why(tracks: list[Json], pair: Json, skill: str = "ai") -> tuple[str, Json]:
    goal = unmet_of(tracks, pair)[skill]
    return goal["cause"], goal["detail"]


def test_reached_is_the_level_at_the_end_and_met_goals_are_not_named() -> None:
    tracks = [track("ai", ("ai", 0, 2)), track("web", ("web", 0, 3))]
    goals = {"web": {"target": 4}, "ai": {"target": 2}, "data": {"target": 1}}
    assert plan_of(tracks, pair(goals=goals))["unmet"] == [
        {"skill": "data", "reached": 0, "target": 1, "cause": "no_track", "detail": {}},
        {"skill": "web", "reached": 3, "target": 4, "cause": "no_track", "detail": {}},
    ]


def test_a_goal_that_is_behind_the_learner_is_met() -> None:
    assert unmet_of([], pair(goals=ai(), levels={"ai": 3})) == {}


def test_outweighed_by_a_goal_that_gains_more() -> None:
    tracks = [track("ai", ("ai", 0, 2)), track("web", ("web", 0, 3))]
    goals = ai() | {"web": {"target": 3}}
    assert why(tracks, pair(minutes=60, goals=goals)) == ("outweighed", {})


def test_a_goal_alone_still_has_the_locked_tracks_to_carry() -> None:
    tracks = [track("ai", ("ai", 0, 2), minutes=50), track("locked", ("web", 0, 3), minutes=20)]
    terms = pair(minutes=60, goals=ai(), locked=["locked"])
    assert why(tracks, terms) == ("no_time", {"minutes": 10, "sessions": 0})


@pytest.mark.parametrize(
    ("minutes", "sessions", "detail"),
    [
        (40, None, {"minutes": 20, "sessions": 0}),
        (30, None, {"minutes": 30, "sessions": 0}),
        (29, None, {}),
        (60, 2, {"minutes": 0, "sessions": 1}),
        (50, 2, {"minutes": 10, "sessions": 1}),
        (60, 1, {}),
        (0, None, {}),
    ],
)
def test_no_time(minutes: int, sessions: int | None, detail: Json) -> None:
    tracks = [track("ai", ("ai", 0, 2), minutes=60, sessions=3)]
    assert why(tracks, pair(minutes, sessions, goals=ai())) == ("no_time", detail)


def test_no_time_tells_of_the_fewest_minutes_not_of_the_fewest_sessions() -> None:
    tracks = [
        track("quick", ("ai", 0, 2), minutes=70, sessions=5),
        track("slow", ("ai", 0, 2), minutes=80, sessions=0),
    ]
    detail = {"minutes": 10, "sessions": 2}
    assert why(tracks, pair(60, 3, goals=ai())) == ("no_time", detail)


def test_no_time_prefers_the_better_of_two_equally_short_plans() -> None:
    """Both take 70 minutes and get past 0; the one that reaches 2 is better for the goal."""
    tracks = [
        track("to 1", ("ai", 0, 1), minutes=70, sessions=1),
        track("to 2", ("ai", 0, 2), minutes=70, sessions=4),
    ]
    detail = {"minutes": 10, "sessions": 1}
    assert why(tracks, pair(60, 3, goals=ai())) == ("no_time", detail)


def test_no_time_counts_from_what_was_reached() -> None:
    tracks = [track("one", ("ai", 0, 1)), track("two", ("ai", 1, 2), minutes=50)]
    goal = unmet_of(tracks, pair(minutes=60, goals=ai()))["ai"]
    assert goal["reached"] == 1
    assert (goal["cause"], goal["detail"]) == ("no_time", {"minutes": 50, "sessions": 0})


def test_excluded_names_each_track_whose_return_alone_would_do() -> None:
    tracks = [
        track("b", ("ai", 0, 2), order=1),
        track("a", ("ai", 0, 1), order=1),
        track("c", ("ai", 0, 2), minutes=9999),
        track("useless", ("web", 0, 2)),
        track("done", ("ai", 0, 1)),
    ]
    out = [one["id"] for one in tracks]
    terms = pair(minutes=60, goals=ai(), excluded=out, completed=["done"])
    # The budget stays relaxed, so "c" would do as well; it comes first in the editors' order.
    assert why(tracks, terms) == ("excluded", {"tracks": ["c", "a", "b"]})


def test_excluded_may_name_none_when_only_two_together_would_do() -> None:
    tracks = [track("first", ("ai", 0, 1)), track("second", ("ai", 1, 2))]
    tracks[0]["outcomes"][0]["skill"] = "web"
    tracks[1]["requires"] = ["first"]
    terms = pair(goals=ai(), levels={"ai": 1}, excluded=["first", "second"])
    assert why(tracks, terms) == ("excluded", {"tracks": []})


def test_language_names_each_that_alone_would_do() -> None:
    tracks = [
        track("french", ("ai", 0, 2), languages=["FR", "it "]),
        track("german", ("ai", 0, 1), languages=["de"]),
        track("later", ("ai", 1, 2), languages=["es"]),
    ]
    terms = pair(goals=ai(), languages=["en"])
    assert why(tracks, terms) == ("language", {"languages": ["de", "fr", "it"]})


def test_language_may_need_an_excluded_track_back() -> None:
    tracks = [track("german", ("ai", 0, 2), languages=["de"])]
    terms = pair(goals=ai(), languages=["en"], excluded=["german"])
    assert why(tracks, terms) == ("language", {"languages": ["de"]})


@pytest.mark.parametrize(
    ("outcomes", "guide", "least"),
    [
        ([("ai", 0, 2)], {}, 2),
        ([("ai", 0, 2)], {"ai": 1}, 2),
        ([("ai", 0, 1), ("web", 0, 4)], {}, 4),
        ([("ai", 0, 1), ("web", 0, 4)], {"web": 5}, 1),
        ([("ai", 0, 5)], {"ai": 4}, 5),
    ],
)
def test_guide_level_is_the_least_that_would_do(
    outcomes: list[tuple[str, int, int]], guide: dict[str, int], least: int
) -> None:
    """What the guide holds above that level stays: a relaxation takes nothing away."""
    tracks = [track("guided", *outcomes, self_guided=False)]
    assert why(tracks, pair(goals=ai(), guide=guide)) == ("guide_level", {"guide": least})


def test_relaxations_stay_on() -> None:
    """Excluded, in another language, too long, and above the guide: it takes all of them."""
    hard = track("hard", ("ai", 0, 2), minutes=999, languages=["de"], self_guided=False)
    terms = pair(goals=ai(), languages=["en"], excluded=["hard"])
    assert why([hard], terms) == ("guide_level", {"guide": 2})


def test_no_track_where_the_learner_is_too_low_for_all() -> None:
    assert why([track("high", ("ai", 1, 5))], pair(goals=ai())) == ("no_track", {})
