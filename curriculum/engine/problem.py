"""What the engine is asked: tracks, and for each pair what it knows, wants and has time for.

Levels are whole numbers 0..5; a skill that is not named is at level 0. Minutes and sessions are
whole numbers. Names of languages and interests are compared without case and outer blanks; ids
and skills as they are. Nothing here checks anything: `reading.validate` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HIGHEST_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """A track lifts `skill` to at least `to`, for learners who stand at `entry` or above."""

    skill: str
    entry: int
    to: int


@dataclass(frozen=True, slots=True)
class Track:
    """`order` is the editors' order: of two plans alike in all else, the smaller one wins."""

    id: str
    outcomes: tuple[Outcome, ...]
    minutes: int
    sessions: int = 0
    requires: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    self_guided: bool = False
    interests: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    target: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Budget:
    """`sessions` None: no limit."""

    minutes: int
    sessions: int | None = None


@dataclass(frozen=True, slots=True)
class PairProblem:
    """One pair. `levels` and `goals` are the learner's, `guide` the levels of who teaches.

    `levels` already hold what `completed` gave; `minutes_left` replaces a track's minutes.
    """

    id: str
    budget: Budget
    levels: Mapping[str, int] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    guide: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    minutes_left: Mapping[str, int] = field(default_factory=dict)
    completed: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    current: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    tracks: tuple[Track, ...] = ()
    pairs: tuple[PairProblem, ...] = ()


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names of languages or interests as they are compared; blank ones count as missing."""
    return frozenset(name.strip().casefold() for name in names) - {""}
