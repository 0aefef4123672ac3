"""Of two plans, the better one: five tiers, each of which decides only what those above left."""

import pytest

from tests.curriculum.engine.problems import Json, ids, pair, plan_of, track

TO_2 = {"ai": {"target": 2}}


def way(id: str, minutes: int = 60, **facts: object) -> Json:
    return track(id, ("ai", 0, 2), minutes=minutes, **facts)


def test_value_comes_before_minutes() -> None:
    tracks = [track("short", ("ai", 0, 1), minutes=10), way("long", minutes=300)]
    assert ids(plan_of(tracks, pair(goals=TO_2))) == ["long"]


def test_weight_decides_which_goal_is_served() -> None:
    tracks = [track("ai", ("ai", 0, 2)), track("web", ("web", 0, 1))]
    goals = {"ai": {"target": 2}, "web": {"target": 1, "weight": 3}}
    assert ids(plan_of(tracks, pair(minutes=60, goals=goals))) == ["web"]


def test_two_small_tracks_beat_one_that_looks_best() -> None:
    tracks = [
        track("bundle", ("ai", 0, 2), ("web", 0, 1), minutes=70),
        track("ai", ("ai", 0, 2), minutes=50),
        track("data", ("data", 0, 2), minutes=50),
    ]
    goals = {"ai": {"target": 2}, "web": {"target": 1}, "data": {"target": 2}}
    assert ids(plan_of(tracks, pair(minutes=100, goals=goals))) == ["ai", "data"]


def test_minutes_come_before_the_current_plan() -> None:
    tracks = [way("quick", 59), way("current", 60)]
    assert ids(plan_of(tracks, pair(goals=TO_2, current=["current"]))) == ["quick"]


def test_sessions_are_no_part_of_the_objective() -> None:
    tracks = [way("a", sessions=9), way("b", sessions=0)]
    assert ids(plan_of(tracks, pair(goals=TO_2))) == ["a"]


def test_a_longer_track_may_save_the_sessions_that_another_goal_needs() -> None:
    tracks = [
        way("quick", 30, sessions=3),
        way("slow", 60, sessions=1),
        track("web", ("web", 0, 1), sessions=2),
    ]
    goals = TO_2 | {"web": {"target": 1}}
    assert ids(plan_of(tracks, pair(sessions=5, goals=goals))) == ["quick", "web"]
    assert ids(plan_of(tracks, pair(sessions=4, goals=goals))) == ["slow", "web"]


def test_a_longer_way_to_the_same_levels_may_save_sessions() -> None:
    """Neither way is a single track that the other could stand for."""
    tracks = [
        track("q1", ("ai", 0, 1), ("data", 0, 1), minutes=20, sessions=2),
        track("q2", ("ai", 1, 2), minutes=20, sessions=2),
        track("s1", ("ai", 0, 1), minutes=30, sessions=1),
        track("s2", ("ai", 1, 2), ("data", 0, 1), minutes=30, sessions=0),
        track("web", ("web", 0, 1), sessions=2, requires=["bridge"]),
        track("bridge", ("ai", 2, 3), sessions=0, minutes=10),
    ]
    goals = {"ai": {"target": 2}, "data": {"target": 1}, "web": {"target": 1}}
    assert sorted(ids(plan_of(tracks, pair(sessions=6, goals=goals)))) == [
        "bridge",
        "q1",
        "q2",
        "web",
    ]
    assert sorted(ids(plan_of(tracks, pair(sessions=3, goals=goals)))) == [
        "bridge",
        "s1",
        "s2",
        "web",
    ]


def test_the_current_plan_comes_before_interests() -> None:
    tracks = [way("liked", interests=["chess", "go"]), way("current")]
    terms = {"goals": TO_2, "interests": ["chess", "go"]}
    assert ids(plan_of(tracks, pair(**terms, current=["current"]))) == ["current"]
    assert ids(plan_of(tracks, pair(**terms))) == ["liked"]


def test_current_tracks_that_can_not_stand_count_for_nothing() -> None:
    tracks = [way("a"), way("b"), track("done", ("web", 0, 1)), track("out", ("web", 0, 1))]
    terms = {"completed": ["done"], "excluded": ["out"], "current": ["b", "done", "out"]}
    assert ids(plan_of(tracks, pair(goals=TO_2, **terms))) == ["b"]


def test_keeping_more_of_the_current_plan_wins() -> None:
    tracks = [
        track("a1", ("ai", 0, 1), minutes=30),
        track("a2", ("ai", 1, 2), minutes=30),
        way("b", 60),
    ]
    assert ids(plan_of(tracks, pair(goals=TO_2, current=["b"]))) == ["b"]
    assert ids(plan_of(tracks, pair(goals=TO_2, current=["a1", "a2", "b"]))) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("mine", "theirs", "wins"),
    [
        (["chess"], ["chess"], "z"),
        ([" CHESS "], ["chess", "Chess"], "z"),
        (["chess"], ["go"], "a"),
        ([], ["chess"], "a"),
        ([""], [""], "a"),
    ],
)
def test_interests_come_before_the_editors_order(
    mine: list[str], theirs: list[str], wins: str
) -> None:
    tracks = [way("a"), way("z", interests=theirs)]
    assert ids(plan_of(tracks, pair(goals=TO_2, interests=mine))) == [wins]


def test_shared_interests_are_counted_by_track() -> None:
    tracks = [
        track("a1", ("ai", 0, 1), minutes=30, interests=["chess"]),
        track("a2", ("ai", 1, 2), minutes=30, interests=["chess"]),
        way("one", 60, interests=["chess"]),
    ]
    assert ids(plan_of(tracks, pair(goals=TO_2, interests=["chess"]))) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("orders", "wins"),
    [
        ({"a": 2, "b": 1}, ["b"]),
        ({"a": 1, "b": 1}, ["a"]),
        ({"a": 0, "b": -1}, ["b"]),
    ],
)
def test_the_editors_order_then_the_id(orders: dict[str, int], wins: list[str]) -> None:
    tracks = [way(name, order=order) for name, order in orders.items()]
    assert ids(plan_of(tracks, pair(goals=TO_2))) == wins


def test_lists_in_order_are_compared_from_the_front() -> None:
    """{1, 6} comes before {2, 3}: the first place counts, not how many low ones there are."""
    tracks = [
        track("one", ("ai", 0, 1), minutes=30, order=1),
        track("six", ("ai", 1, 2), minutes=30, order=6),
        track("two", ("ai", 0, 2), minutes=20, order=2),
        track("three", ("web", 0, 1), minutes=40, order=3),
        track("web", ("web", 0, 1), minutes=40, order=9),
    ]
    goals = {"ai": {"target": 2}}
    assert ids(plan_of(tracks, pair(goals=goals))) == ["two"]
    tracks[2] = track("two", ("ai", 0, 1), minutes=30, order=2)
    tracks[3] = track("three", ("ai", 1, 2), minutes=30, order=3)
    assert ids(plan_of(tracks, pair(goals=goals))) == ["one", "three"]
    tracks[1] = track("six", ("ai", 0, 1), minutes=30, order=6)
    tracks[0] = track("one", ("ai", 1, 2), minutes=30, order=1)
    # In the sorted list "one" leads, whichever step comes first.
    assert ids(plan_of(tracks, pair(goals=goals))) == ["two", "one"]


def test_a_longer_list_may_come_first() -> None:
    tracks = [
        track("a", ("ai", 0, 1), minutes=20),
        track("c", ("ai", 1, 2), minutes=40),
        way("b", 60),
    ]
    assert ids(plan_of(tracks, pair(goals=TO_2))) == ["a", "c"]
