"""A problem in the form of its JSON, defaults written out."""

from __future__ import annotations

from typing import Any

from .problem import Budget, PairProblem, Problem, Track


def problem_as_json(problem: Problem) -> dict[str, Any]:
    return {
        "tracks": [_track_as_json(track) for track in problem.tracks],
        "pairs": [_pair_as_json(pair) for pair in problem.pairs],
    }


def _track_as_json(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "outcomes": [
            {"skill": outcome.skill, "from": outcome.entry, "to": outcome.to}
            for outcome in track.outcomes
        ],
        "minutes": track.minutes,
        "sessions": track.sessions,
        "requires": list(track.requires),
        "languages": list(track.languages),
        "self_guided": track.self_guided,
        "interests": list(track.interests),
        "order": track.order,
    }


def _pair_as_json(pair: PairProblem) -> dict[str, Any]:
    return {
        "id": pair.id,
        "levels": dict(pair.levels),
        "goals": {
            skill: {"target": goal.target, "weight": goal.weight}
            for skill, goal in pair.goals.items()
        },
        "guide": dict(pair.guide),
        "languages": list(pair.languages),
        "interests": list(pair.interests),
        "budget": _budget_as_json(pair.budget),
        "minutes_left": dict(pair.minutes_left),
        "completed": list(pair.completed),
        "locked": list(pair.locked),
        "excluded": list(pair.excluded),
        "current": list(pair.current),
    }


def _budget_as_json(budget: Budget) -> dict[str, Any]:
    if budget.sessions is None:
        return {"minutes": budget.minutes}
    return {"minutes": budget.minutes, "sessions": budget.sessions}
