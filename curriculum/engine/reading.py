"""From JSON to a problem, or to every flaw that keeps it from being one.

The same rules judge a problem built in Python: `validate` puts it in the form of its JSON and
reads that back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .circles import circles
from .problem import HIGHEST_LEVEL, Budget, Goal, Outcome, PairProblem, Problem, Track
from .shapes import Flaw, Reader, below, load, shown
from .writing import problem_as_json

_TRACK = (
    "id",
    "outcomes",
    "minutes",
    "sessions",
    "requires",
    "languages",
    "self_guided",
    "interests",
    "order",
)
_OUTCOME = ("skill", "from", "to")
_PAIR = (
    "id",
    "levels",
    "goals",
    "guide",
    "languages",
    "interests",
    "budget",
    "minutes_left",
    "completed",
    "locked",
    "excluded",
    "current",
)
_HEAVIEST = 3


class MalformedProblemError(ValueError):
    """The problem can't be read. `flaws` holds all that is wrong with it, at least one."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__("\n".join(map(str, flaws)))
        self.flaws = flaws


def read_problem(data: bytes | str, name: str = "problem") -> Problem:
    """The problem in a JSON document called `name`. Raises MalformedProblemError."""
    try:
        document = load(data)
    except ValueError as error:
        raise MalformedProblemError((Flaw(name, str(error)),)) from None
    reading = _Reading()
    problem = reading.problem(document)
    if reading.flaws:
        raise MalformedProblemError(tuple(reading.flaws))
    return problem


def validate(problem: Problem) -> tuple[Flaw, ...]:
    """All that is wrong with a problem built in Python; nothing if it is sound."""
    reading = _Reading()
    reading.problem(problem_as_json(problem))
    return tuple(reading.flaws)


class _Reading(Reader):
    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}
        """Where each track stands, by its id."""
        self._listed = True

    def problem(self, value: object) -> Problem:
        fields = self.fields(value, "", ("tracks", "pairs"))
        self._listed = isinstance(fields.get("tracks", []), list)
        listed = list(self.items(fields.get("tracks", []), "tracks"))
        for path, item in listed:
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(name, str) and name:
                self._known.setdefault(name, path)
        tracks = [self._track(item, path) for path, item in listed]
        self._refuse_circles(tracks)
        seen: dict[str, str] = {}
        pairs = [
            self._pair(item, path, seen)
            for path, item in self.items(fields.get("pairs", []), "pairs")
        ]
        return Problem(tuple(tracks), tuple(pairs))

    def _track(self, value: object, path: str) -> Track:
        fields = self.fields(value, path, _TRACK, ("id", "outcomes", "minutes"))
        name = self.name(fields, path, "id")
        self._refuse_twin(name, path, self._known)
        return Track(
            id=name,
            outcomes=self._outcomes(fields, path),
            minutes=self._whole(fields, path, "minutes", 1, default=1),
            sessions=self._whole(fields, path, "sessions", 0),
            requires=self._tracks(fields, path, "requires"),
            languages=self.texts(fields.get("languages", []), f"{path}.languages"),
            self_guided=self.truth(fields.get("self_guided", False), f"{path}.self_guided"),
            interests=self.texts(fields.get("interests", []), f"{path}.interests"),
            order=self._whole(fields, path, "order", None),
        )

    def _outcomes(self, fields: Mapping[str, Any], path: str) -> tuple[Outcome, ...]:
        if "outcomes" not in fields:
            return ()
        path = f"{path}.outcomes"
        if fields["outcomes"] == []:
            self.wrong(path, "must name at least one outcome")
        return tuple(
            self._outcome(item, item_path)
            for item_path, item in self.items(fields["outcomes"], path)
        )

    def _outcome(self, value: object, path: str) -> Outcome:
        fields = self.fields(value, path, _OUTCOME, _OUTCOME)
        skill = self.name(fields, path, "skill")
        before = len(self.flaws)
        entry = self._whole(fields, path, "from", 0, HIGHEST_LEVEL - 1)
        to = self._whole(fields, path, "to", 1, HIGHEST_LEVEL, default=1)
        if {"from", "to"} <= fields.keys() and len(self.flaws) == before and to <= entry:
            self.wrong(f"{path}.to", f"must be above from ({entry}), not {to}")
        return Outcome(skill, entry, to)

    def _pair(self, value: object, path: str, seen: dict[str, str]) -> PairProblem:
        """`seen`: where each pair so far stands, by its id."""
        fields = self.fields(value, path, _PAIR, ("id", "budget"))
        name = self.name(fields, path, "id")
        self._refuse_twin(name, path, seen)
        return PairProblem(
            id=name,
            budget=self._budget(fields, path),
            levels=self._levels(fields, path, "levels"),
            goals=self._goals(fields, path),
            guide=self._levels(fields, path, "guide"),
            languages=self.texts(fields.get("languages", []), f"{path}.languages"),
            interests=self.texts(fields.get("interests", []), f"{path}.interests"),
            minutes_left=self._minutes_left(fields, path),
            completed=self._tracks(fields, path, "completed"),
            locked=self._tracks(fields, path, "locked"),
            excluded=self._tracks(fields, path, "excluded"),
            current=self._tracks(fields, path, "current"),
        )

    def _budget(self, fields: Mapping[str, Any], path: str) -> Budget:
        if "budget" not in fields:
            return Budget(0)
        path = f"{path}.budget"
        budget = self.fields(fields["budget"], path, ("minutes", "sessions"), ("minutes",))
        sessions = self._whole(budget, path, "sessions", 0) if "sessions" in budget else None
        return Budget(self._whole(budget, path, "minutes", 0), sessions)

    def _goals(self, fields: Mapping[str, Any], path: str) -> dict[str, Goal]:
        path = f"{path}.goals"
        goals = {}
        for skill, value in self.mapping(fields.get("goals", {}), path).items():
            goal_path = below(path, skill)
            goal = self.fields(value, goal_path, ("target", "weight"), ("target",))
            goals[skill] = Goal(
                self._whole(goal, goal_path, "target", 1, HIGHEST_LEVEL, default=1),
                self._whole(goal, goal_path, "weight", 1, _HEAVIEST, default=1),
            )
        return goals

    def _levels(self, fields: Mapping[str, Any], path: str, key: str) -> dict[str, int]:
        path = f"{path}.{key}"
        return {
            skill: self.whole(level, below(path, skill), 0, HIGHEST_LEVEL)
            for skill, level in self.mapping(fields.get(key, {}), path).items()
        }

    def _minutes_left(self, fields: Mapping[str, Any], path: str) -> dict[str, int]:
        path = f"{path}.minutes_left"
        left = {}
        for name, minutes in self.mapping(fields.get("minutes_left", {}), path).items():
            unknown = self._unknown(name)
            if unknown:
                self.wrong(below(path, name), unknown)
            left[name] = self.whole(minutes, below(path, name), 1)
        return left

    def _whole(
        self,
        fields: Mapping[str, Any],
        path: str,
        key: str,
        low: int | None,
        high: int | None = None,
        default: int = 0,
    ) -> int:
        return self.whole(fields[key], f"{path}.{key}", low, high) if key in fields else default

    def _tracks(self, fields: Mapping[str, Any], path: str, key: str) -> tuple[str, ...]:
        return self.ids(fields.get(key, []), f"{path}.{key}", self._unknown)

    def _unknown(self, name: str) -> str | None:
        # Without a list of tracks every id would be unknown: one flaw is enough.
        return (
            None
            if name in self._known or not self._listed
            else f"no track has the id {shown(name)}"
        )

    def _refuse_twin(self, name: str, path: str, first: dict[str, str]) -> None:
        if name and first.setdefault(name, path) != path:
            self.wrong(f"{path}.id", f"{shown(name)} is the id of {first[name]} already")

    def _refuse_circles(self, tracks: list[Track]) -> None:
        requires = {track.id: track.requires for track in reversed(tracks)}
        for circle in circles({track.id: requires[track.id] for track in tracks}):
            path = f"{self._known[circle[0]]}.requires"
            way = " → ".join(map(shown, [*circle, circle[0]]))
            self.wrong(path, f"goes round in a circle: {way}")
