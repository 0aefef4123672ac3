"""What the engine answers, as data: codes and values, no prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class UnmetCause(StrEnum):
    """Why a goal did not get past the level it reached, in the order in which they are tried."""

    OUTWEIGHED = "outweighed"
    NO_TIME = "no_time"
    EXCLUDED = "excluded"
    LANGUAGE = "language"
    GUIDE_LEVEL = "guide_level"
    NO_TRACK = "no_track"


class LockedCause(StrEnum):
    """Why a locked track can't stand, in the order in which they are tried."""

    EXCLUDED = "excluded"
    GUIDE_LEVEL = "guide_level"
    LANGUAGE = "language"
    REQUIRES = "requires"
    LEVEL = "level"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Gain:
    """A level that a step truly raised."""

    skill: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Step:
    """`serves`: goal skills raised while below target, by name. `enables` (`for` in JSON): chosen
    tracks that would not be ready without this one, though all others stood, by (order, id)."""

    track: str
    gains: tuple[Gain, ...]
    serves: tuple[str, ...]
    enables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """What would do, for the causes that have something to say; the rest is None."""

    minutes: int | None = None
    sessions: int | None = None
    tracks: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    guide: int | None = None

    def as_json(self) -> dict[str, Any]:
        values = {
            "minutes": self.minutes,
            "sessions": self.sessions,
            "tracks": None if self.tracks is None else list(self.tracks),
            "languages": None if self.languages is None else list(self.languages),
            "guide": self.guide,
        }
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Unmet:
    """A goal that ended at `reached`, below its `target`."""

    skill: str
    reached: int
    target: int
    cause: UnmetCause
    detail: Detail = field(default_factory=Detail)


@dataclass(frozen=True, slots=True)
class PairPlan:
    """The best plan there is: `optimal` is proved, always. `value` counts weighted goal levels."""

    pair: str
    steps: tuple[Step, ...]
    unmet: tuple[Unmet, ...]
    value: int
    minutes: int
    sessions: int
    optimal: bool = True


@dataclass(frozen=True, slots=True)
class LockedError:
    pair: str
    track: str
    cause: LockedCause


@dataclass(frozen=True, slots=True)
class Result:
    """Plans and errors in the order of the pairs; a pair has a plan, or errors."""

    plans: tuple[PairPlan, ...]
    errors: tuple[LockedError, ...]


def result_as_json(result: Result) -> dict[str, Any]:
    """The result in the form that `python -m curriculum.engine` prints."""
    return {
        "plans": [_plan_as_json(plan) for plan in result.plans],
        "errors": [
            {"pair": error.pair, "track": error.track, "cause": error.cause.value}
            for error in result.errors
        ],
    }


def _plan_as_json(plan: PairPlan) -> dict[str, Any]:
    return {
        "pair": plan.pair,
        "steps": [
            {
                "track": step.track,
                "gains": [
                    {"skill": gain.skill, "from": gain.before, "to": gain.after}
                    for gain in step.gains
                ],
                "serves": list(step.serves),
                "for": list(step.enables),
            }
            for step in plan.steps
        ],
        "unmet": [
            {
                "skill": unmet.skill,
                "reached": unmet.reached,
                "target": unmet.target,
                "cause": unmet.cause.value,
                "detail": unmet.detail.as_json(),
            }
            for unmet in plan.unmet
        ],
        "value": plan.value,
        "minutes": plan.minutes,
        "sessions": plan.sessions,
        "optimal": plan.optimal,
    }
