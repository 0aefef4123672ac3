"""Holds a result against its problem, whatever the size: is each plan one, and told truly?

It says nothing of what would have been best; `brute_force` and `cp_sat` do.
"""

from typing import Any

from tests.curriculum.engine.brute_force import Pair, steps, within

Json = dict[str, Any]


def check(problem: Json, result: Json) -> None:
    order = [pair["id"] for pair in problem["pairs"]]
    planned = [plan["pair"] for plan in result["plans"]]
    failed = [error["pair"] for error in result["errors"]]
    assert planned == [name for name in order if name in planned]
    assert failed == sorted(failed, key=order.index)
    assert set(planned) ^ set(failed) == set(order)
    by_id = {pair["id"]: pair for pair in problem["pairs"]}
    for plan in result["plans"]:
        check_plan(Pair(problem, by_id[plan["pair"]]), plan)


def check_plan(pair: Pair, plan: Json) -> None:
    chosen = {step["track"] for step in plan["steps"]}
    assert len(chosen) == len(plan["steps"])
    assert pair.locked <= chosen
    assert not chosen & (pair.completed | pair.excluded)
    tracks = tuple(track for track in pair.tracks if track["id"] in chosen)
    for track in tracks:
        assert pair.guided(track, pair.guide)
        assert pair.spoken(track, pair.languages)
    walk = pair.walk(tracks)
    assert walk is not None
    assert within(walk, pair.budget)
    assert plan["steps"] == steps(pair, walk)
    assert (plan["minutes"], plan["sessions"]) == (walk.minutes, walk.sessions)
    goals = pair.pair.get("goals", {})
    assert plan["value"] == pair.value(walk, goals)
    assert [(goal["skill"], goal["reached"], goal["target"]) for goal in plan["unmet"]] == [
        (skill, walk.levels.get(skill, 0), goal["target"])
        for skill, goal in sorted(goals.items())
        if walk.levels.get(skill, 0) < goal["target"]
    ]
    assert plan["optimal"] is True
