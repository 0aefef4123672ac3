"""The contract of `curriculum.engine` computed the slow way: every subset of the tracks is tried.

Works on JSON values and imports nothing of the engine. Fit for up to nine tracks or so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

Json = dict[str, Any]
Budget = tuple[int, int | None]
LOCKED_CAUSES = ("excluded", "guide_level", "language", "requires", "level", "budget")


def alike(names: Iterable[str]) -> set[str]:
    return {name.strip().casefold() for name in names} - {""}


def rank(track: Json) -> tuple[int, str]:
    return track.get("order", 0), track["id"]


@dataclass(frozen=True)
class Walk:
    """A set of tracks that can be walked through in some order."""

    tracks: tuple[Json, ...]
    ids: frozenset[str]
    levels: dict[str, int]
    minutes: int
    sessions: int


class Pair:
    """All that one pair could do, were there no budget and no rules about tracks."""

    def __init__(self, problem: Json, pair: Json) -> None:
        self.pair = pair
        self.tracks = sorted(problem.get("tracks", []), key=rank)
        self.completed = set(pair.get("completed", []))
        self.excluded = set(pair.get("excluded", []))
        self.locked = set(pair.get("locked", [])) - self.completed
        self.budget = (pair["budget"]["minutes"], pair["budget"].get("sessions"))
        self.languages = alike(pair.get("languages", []))
        self.guide = pair.get("guide", {})
        self.now = pair.get("levels", {})

    @cached_property
    def walks(self) -> list[Walk]:
        open_tracks = [track for track in self.tracks if track["id"] not in self.completed]
        return [
            walk
            for size in range(len(open_tracks) + 1)
            for chosen in combinations(open_tracks, size)
            if (walk := self.walk(chosen))
        ]

    def walk(self, chosen: tuple[Json, ...]) -> Walk | None:
        levels = dict(self.now)
        done = set(self.completed)
        waiting = list(chosen)
        while waiting:
            ready = next((track for track in waiting if self.ready(track, levels, done)), None)
            if ready is None:
                return None
            waiting.remove(ready)
            self.take(ready, levels, done)
        return Walk(
            chosen,
            frozenset(track["id"] for track in chosen),
            levels,
            sum(self.minutes(track) for track in chosen),
            sum(track.get("sessions", 0) for track in chosen),
        )

    def ready(self, track: Json, levels: dict[str, int], done: set[str]) -> bool:
        return done.issuperset(track.get("requires", [])) and all(
            levels.get(outcome["skill"], 0) >= outcome["from"] for outcome in track["outcomes"]
        )

    def take(self, track: Json, levels: dict[str, int], done: set[str]) -> None:
        for outcome in track["outcomes"]:
            skill = outcome["skill"]
            levels[skill] = max(levels.get(skill, 0), outcome["to"])
        done.add(track["id"])

    def minutes(self, track: Json) -> int:
        left: int = self.pair.get("minutes_left", {}).get(track["id"], track["minutes"])
        return left

    # What rules a track out.

    def guided(self, track: Json, guide: dict[str, int] | None, at_least: int = 0) -> bool:
        return (
            guide is None
            or track.get("self_guided", False)
            or all(
                max(guide.get(outcome["skill"], 0), at_least) >= outcome["to"]
                for outcome in track["outcomes"]
            )
        )

    def spoken(self, track: Json, languages: set[str] | None) -> bool:
        named = alike(track.get("languages", []))
        return not languages or not named or bool(languages & named)

    def plans(
        self,
        *,
        locked: Iterable[str] | None = None,
        budget: Budget | None = None,
        excluded: set[str] | None = None,
        languages: set[str] | None = None,
        guide: dict[str, int] | None = None,
        guide_at_least: int = 0,
    ) -> Iterator[Walk]:
        """Every plan. What is left out is relaxed; `locked` left out: the pair's own."""
        held = self.locked if locked is None else set(locked)
        allowed = {
            track["id"]
            for track in self.tracks
            if track["id"] not in (excluded or set())
            and self.spoken(track, languages)
            and self.guided(track, guide, guide_at_least)
        }
        for walk in self.walks:
            if held <= walk.ids <= allowed and (budget is None or within(walk, budget)):
                yield walk

    def own_rules(self) -> dict[str, Any]:
        return {"excluded": self.excluded, "languages": self.languages, "guide": self.guide}

    # The objective.

    def value(self, walk: Walk, goals: dict[str, Json]) -> int:
        return sum(
            goal.get("weight", 1)
            * (
                min(walk.levels.get(skill, 0), goal["target"])
                - min(self.now.get(skill, 0), goal["target"])
            )
            for skill, goal in goals.items()
        )

    def standing(self, walk: Walk, goals: dict[str, Json]) -> tuple[Any, ...]:
        """The smaller the better, tier by tier."""
        mine = alike(self.pair.get("interests", []))
        current = set(self.pair.get("current", [])) - self.completed - self.excluded
        return (
            -self.value(walk, goals),
            walk.minutes,
            len(current - walk.ids),
            -sum(len(mine & alike(track.get("interests", []))) for track in walk.tracks),
            sorted(rank(track) for track in walk.tracks),
        )


def within(walk: Walk, budget: Budget) -> bool:
    minutes, sessions = budget
    return walk.minutes <= minutes and (sessions is None or walk.sessions <= sessions)


def solve(problem: Json) -> Json:
    """The whole result, as the engine has to give it."""
    plans: list[Json] = []
    errors: list[Json] = []
    for given in problem.get("pairs", []):
        pair = Pair(problem, given)
        wrong = locked_errors(pair)
        errors += [{"pair": given["id"], "track": name, "cause": cause} for name, cause in wrong]
        if not wrong:
            plans.append(plan(pair))
    return {"plans": plans, "errors": errors}


def plan(pair: Pair) -> Json:
    goals = pair.pair.get("goals", {})
    found = pair.plans(budget=pair.budget, **pair.own_rules())
    best = min(found, key=lambda walk: pair.standing(walk, goals))
    return {
        "pair": pair.pair["id"],
        "steps": steps(pair, best),
        "unmet": [
            unmet(pair, skill, goal, best.levels.get(skill, 0))
            for skill, goal in sorted(goals.items())
            if best.levels.get(skill, 0) < goal["target"]
        ],
        "value": pair.value(best, goals),
        "minutes": best.minutes,
        "sessions": best.sessions,
        "optimal": True,
    }


def steps(pair: Pair, walk: Walk) -> list[Json]:
    goals = pair.pair.get("goals", {})
    levels = dict(pair.now)
    done = set(pair.completed)
    waiting = sorted(walk.tracks, key=rank)
    found = []
    while waiting:
        track = next(track for track in waiting if pair.ready(track, levels, done))
        waiting.remove(track)
        before = dict(levels)
        pair.take(track, levels, done)
        gains = [
            {"skill": skill, "from": before.get(skill, 0), "to": levels[skill]}
            for skill in sorted(levels)
            if levels[skill] > before.get(skill, 0)
        ]
        found.append(
            {
                "track": track["id"],
                "gains": gains,
                "serves": [
                    gain["skill"]
                    for gain in gains
                    if gain["skill"] in goals and gain["from"] < goals[gain["skill"]]["target"]
                ],
                "for": [
                    other["id"]
                    for other in sorted(walk.tracks, key=rank)
                    if other is not track and not ready_without(pair, walk, other, track)
                ],
            }
        )
    return found


def ready_without(pair: Pair, walk: Walk, track: Json, missing: Json) -> bool:
    """Would a track be ready if all other chosen tracks but the missing one stood?"""
    levels = dict(pair.now)
    done = set(pair.completed)
    for other in walk.tracks:
        if other is not track and other is not missing:
            pair.take(other, levels, done)
    return pair.ready(track, levels, done)


def unmet(pair: Pair, skill: str, goal: Json, reached: int) -> Json:
    cause, detail = why(pair, skill, goal, reached)
    entry = {"skill": skill, "reached": reached, "target": goal["target"]}
    return entry | {"cause": cause, "detail": detail}


def why(pair: Pair, skill: str, goal: Json, reached: int) -> tuple[str, Json]:
    def past(**rules: Any) -> list[Walk]:
        return [walk for walk in pair.plans(**rules) if walk.levels.get(skill, 0) > reached]

    own = pair.own_rules()
    if past(budget=pair.budget, **own):
        return "outweighed", {}
    if past(**own):
        minutes, sessions = pair.budget
        twice = (2 * minutes, None if sessions is None else 2 * sessions)
        alone = {skill: goal}
        longer = past(budget=twice, **own)
        if not longer:
            return "no_time", {}
        best = min(longer, key=lambda walk: (walk.minutes, pair.standing(walk, alone)))
        over = 0 if sessions is None else max(0, best.sessions - sessions)
        return "no_time", {"minutes": max(0, best.minutes - minutes), "sessions": over}
    own.pop("excluded")
    if past(**own):
        back = [
            track["id"]
            for track in pair.tracks
            if track["id"] in pair.excluded and past(excluded=pair.excluded - {track["id"]}, **own)
        ]
        return "excluded", {"tracks": back}
    own.pop("languages")
    if past(**own):
        every = set().union(*(alike(track.get("languages", [])) for track in pair.tracks))
        more = [name for name in sorted(every) if past(languages=pair.languages | {name}, **own)]
        return "language", {"languages": more}
    if past():
        level = next(n for n in range(1, 6) if past(guide=pair.guide, guide_at_least=n))
        return "guide_level", {"guide": level}
    return "no_track", {}


def locked_errors(pair: Pair) -> list[tuple[str, str]]:
    clashing = set(pair.pair.get("locked", [])) & pair.excluded
    own = pair.own_rules()
    if not clashing and any(pair.plans(budget=pair.budget, **own)):
        return []
    suspects = [track for track in pair.tracks if track["id"] in pair.locked | clashing]
    causes = [(track["id"], cause_alone(pair, track)) for track in suspects]
    alone = [(name, cause) for name, cause in causes if cause]
    if alone:
        return [(name, cause) for name, cause in alone if cause]
    for count in range(1, len(suspects) + 1):
        first = [track["id"] for track in suspects[:count]]
        if not any(pair.plans(locked=first, budget=pair.budget, **own)):
            return [(first[-1], "budget")]
    raise AssertionError("the locked tracks fail, but not one after the other")


def cause_alone(pair: Pair, track: Json) -> str | None:
    own = pair.own_rules()
    name = track["id"]
    if name in pair.excluded:
        return "excluded"
    if not pair.guided(track, pair.guide):
        return "guide_level"
    if not pair.spoken(track, pair.languages):
        return "language"
    for required in set(track.get("requires", [])) - pair.completed:
        if not any(pair.plans(locked=[required], **own)):
            return "requires"
    if not any(pair.plans(locked=[name], **own)):
        return "level"
    if not any(pair.plans(locked=[name], budget=pair.budget, **own)):
        return "budget"
    return None
