"""The contract of the curriculum's engine, read once more and solved by trying every set.

Works on the JSON alone and shares no code with the engine. Only for small problems.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

Json = dict[str, Any]
Levels = dict[str, int]


def words(names: Iterable[str]) -> set[str]:
    return {name.strip().casefold() for name in names if name.strip()}


def in_order(track: Json) -> tuple[int, str]:
    return track.get("order", 0), track["id"]


class Ease:
    """What is relaxed when asking why a goal is unmet."""

    def __init__(
        self,
        budget: int | None = 1,
        excluded: Iterable[str] | None = None,
        any_language: bool = False,
        languages: Iterable[str] = (),
        guide: int = 0,
    ) -> None:
        self.budget, self.excluded, self.guide = budget, excluded, guide
        self.any_language, self.languages = any_language, set(languages)


STRICT = Ease()


class Pair:
    """One pair of a problem, with every plan it could have."""

    def __init__(self, tracks: list[Json], pair: Json) -> None:
        self.tracks = {track["id"]: track for track in tracks}
        self.pair = pair
        self.levels: Levels = pair.get("levels", {})
        self.goals: dict[str, Json] = pair.get("goals", {})
        self.completed = set(pair.get("completed", []))
        self.excluded = set(pair.get("excluded", []))
        self.locked = [i for i in pair.get("locked", []) if i not in self.completed]

    def minutes(self, chosen: Iterable[str]) -> int:
        left = self.pair.get("minutes_left", {})
        return sum(left.get(i, self.tracks[i]["minutes"]) for i in chosen)

    def sessions(self, chosen: Iterable[str]) -> int:
        return sum(self.tracks[i].get("sessions", 0) for i in chosen)

    def fits(self, chosen: Iterable[str], times: int) -> bool:
        chosen, budget = list(chosen), self.pair["budget"]
        in_time = self.minutes(chosen) <= budget["minutes"] * times
        return in_time and (
            "sessions" not in budget or self.sessions(chosen) <= budget["sessions"] * times
        )

    def can_guide(self, track: Json, least: int = 0) -> bool:
        guide = self.pair.get("guide", {})
        return track.get("self_guided", False) or all(
            max(least, guide.get(o["skill"], 0)) >= o["to"] for o in track["outcomes"]
        )

    def shares_language(self, track: Json, more: Iterable[str] = ()) -> bool:
        theirs, ours = words(track.get("languages", [])), words(self.pair.get("languages", []))
        return not theirs or not ours or bool(theirs & (ours | words(more)))

    def walk(self, chosen: Iterable[str], ease: Ease) -> tuple[list[Json], Levels] | None:
        """The steps in the order of the contract and the levels at the end, if all can stand."""
        left = sorted((self.tracks[i] for i in chosen), key=in_order)
        levels, done, steps = dict(self.levels), set(self.completed), []
        while left:
            ready = [t for t in left if self.is_ready(t, levels, done) and self.is_open(t, ease)]
            if not ready:
                return None
            track = ready[0]
            gains = self.rise(track, levels)
            steps.append({"track": track["id"], "gains": gains})
            done.add(track["id"])
            left.remove(track)
        return steps, levels

    def is_open(self, track: Json, ease: Ease) -> bool:
        speaks = ease.any_language or self.shares_language(track, ease.languages)
        return speaks and self.can_guide(track, ease.guide)

    @staticmethod
    def is_ready(track: Json, levels: Levels, done: set[str]) -> bool:
        return set(track.get("requires", [])) <= done and all(
            levels.get(o["skill"], 0) >= o["from"] for o in track["outcomes"]
        )

    @staticmethod
    def rise(track: Json, levels: Levels) -> list[Json]:
        gains = [
            {"skill": o["skill"], "from": levels.get(o["skill"], 0), "to": o["to"]}
            for o in track["outcomes"]
            if levels.get(o["skill"], 0) < o["to"]
        ]
        levels.update({gain["skill"]: gain["to"] for gain in gains})
        return sorted(gains, key=lambda gain: gain["skill"])

    def plans(
        self, locked: list[str], ease: Ease
    ) -> Iterator[tuple[list[str], list[Json], Levels]]:
        """Every plan: the tracks chosen, the steps, the levels at the end."""
        shut = self.excluded if ease.excluded is None else set(ease.excluded)
        free = [i for i in self.tracks if i not in self.completed and i not in shut]
        if any(i not in free for i in locked):
            return
        rest = [i for i in free if i not in locked]
        for size in range(len(rest) + 1):
            for extra in combinations(rest, size):
                chosen = [*locked, *extra]
                if ease.budget is not None and not self.fits(chosen, ease.budget):
                    continue
                walked = self.walk(chosen, ease)
                if walked:
                    yield chosen, *walked

    def rank(self, chosen: list[str], levels: Levels, goals: dict[str, Json]) -> tuple[Any, ...]:
        """The objective's five tiers; the smallest is best."""
        value = sum(
            goal.get("weight", 1)
            * (min(levels.get(s, 0), goal["target"]) - min(self.levels.get(s, 0), goal["target"]))
            for s, goal in goals.items()
        )
        current = set(self.pair.get("current", [])) - self.completed - self.excluded
        ours = words(self.pair.get("interests", []))
        shared = sum(len(words(self.tracks[i].get("interests", [])) & ours) for i in chosen)
        order = sorted(in_order(self.tracks[i]) for i in chosen)
        return -value, self.minutes(chosen), len(current - set(chosen)), -shared, order

    def solve(self) -> Json | None:
        """The best plan as the contract writes it; None when the locked tracks cannot stand."""
        if set(self.pair.get("locked", [])) & self.excluded:
            return None
        found = list(self.plans(self.locked, STRICT))
        if not found:
            return None
        chosen, steps, levels = min(found, key=lambda p: self.rank(p[0], p[2], self.goals))
        now = dict(self.levels)
        for step in steps:
            step["serves"] = sorted(
                g["skill"]
                for g in step["gains"]
                if g["skill"] in self.goals
                and now.get(g["skill"], 0) < self.goals[g["skill"]]["target"]
            )
            step["for"] = self.supported(step["track"], chosen)
            now.update({gain["skill"]: gain["to"] for gain in step["gains"]})
        return {
            "pair": self.pair["id"],
            "steps": steps,
            "unmet": [
                self.explain(skill, levels.get(skill, 0))
                for skill in sorted(self.goals)
                if levels.get(skill, 0) < self.goals[skill]["target"]
            ],
            "value": -self.rank(chosen, levels, self.goals)[0],
            "minutes": self.minutes(chosen),
            "sessions": self.sessions(chosen),
            "optimal": True,
        }

    def supported(self, track: str, chosen: list[str]) -> list[str]:
        """Chosen tracks not ready without this one, though all the others stood."""
        waiting = []
        for other in chosen:
            standing = [i for i in chosen if i not in {track, other}]
            levels = dict(self.levels)
            for i in standing:
                self.rise(self.tracks[i], levels)
            ready = self.is_ready(self.tracks[other], levels, self.completed | set(standing))
            if other != track and not ready:
                waiting.append(other)
        return sorted(waiting, key=lambda i: in_order(self.tracks[i]))

    def explain(self, skill: str, reached: int) -> Json:
        goal = self.goals[skill]
        cause, detail = self.cause(skill, reached)
        unmet = {"skill": skill, "reached": reached, "target": goal["target"]}
        return unmet | {"cause": cause, "detail": detail}

    def cause(self, skill: str, reached: int) -> tuple[str, Json]:
        def gets_past(**relaxed: Any) -> bool:
            plans = self.plans(self.locked, Ease(**relaxed))
            return any(levels.get(skill, 0) > reached for _chosen, _steps, levels in plans)

        if gets_past():
            return "outweighed", {}
        free: Json = {"budget": None}
        if gets_past(**free):
            return "no_time", self.over_budget(skill, reached)
        if gets_past(**free, excluded=[]):
            back = (i for i in self.excluded if gets_past(**free, excluded=self.excluded - {i}))
            return "excluded", {"tracks": sorted(back, key=lambda i: in_order(self.tracks[i]))}
        free["excluded"] = []
        if gets_past(**free, any_language=True):
            spoken = {w for t in self.tracks.values() for w in words(t.get("languages", []))}
            enough = sorted(w for w in spoken if gets_past(**free, languages=[w]))
            return "language", {"languages": enough}
        free["any_language"] = True
        if gets_past(**free, guide=5):
            least = next(n for n in range(1, 6) if gets_past(**free, guide=n))
            return "guide_level", {"guide": least}
        return "no_track", {}

    def over_budget(self, skill: str, reached: int) -> Json:
        alone = {skill: self.goals[skill]}
        found = [
            (self.minutes(chosen), self.rank(chosen, levels, alone), chosen)
            for chosen, _steps, levels in self.plans(self.locked, Ease(budget=2))
            if levels.get(skill, 0) > reached
        ]
        if not found:
            return {}
        chosen, budget = min(found)[2], self.pair["budget"]
        sessions = self.sessions(chosen) - budget.get("sessions", 10**9)
        return {
            "minutes": max(0, self.minutes(chosen) - budget["minutes"]),
            "sessions": max(0, sessions),
        }

    def errors(self) -> list[Json]:
        """What the contract says of locked tracks that cannot stand."""
        locked = sorted(self.pair.get("locked", []), key=lambda i: in_order(self.tracks[i]))
        found = [
            {"pair": self.pair["id"], "track": i, "cause": cause}
            for i in locked
            if (cause := self.fault(i))
        ]
        if found:
            return found
        together: list[str] = []
        for i in locked:
            together += [i] if i not in self.completed else []
            if next(self.plans(together, STRICT), None) is None:
                return [{"pair": self.pair["id"], "track": i, "cause": "budget"}]
        return []

    def fault(self, locked: str) -> str:
        """Why this locked track could not stand if it were the only one; empty if it could."""
        track = self.tracks[locked]
        if locked in self.excluded:
            return "excluded"
        if locked in self.completed or next(self.plans([locked], STRICT), None):
            return ""
        if not self.can_guide(track):
            return "guide_level"
        if not self.shares_language(track):
            return "language"
        levels, done = dict(self.levels), set(self.completed)
        for _again in self.tracks:
            for i, other in self.tracks.items():
                usable = i not in done | self.excluded and self.is_open(other, STRICT)
                if usable and self.is_ready(other, levels, done):
                    self.rise(other, levels)
                    done.add(i)
        if not set(track.get("requires", [])) <= done:
            return "requires"
        return "budget" if locked in done else "level"
