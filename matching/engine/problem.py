"""What the engine is asked: people, rules, weights, and what a coordinator has already decided.

Nothing here checks or tidies its values: `validate` does the one, the tables do the other. All
fields but the ids have the defaults of the contract.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Number = int | float | Decimal | Fraction

EITHER = "either"
MEETS = ("online", "in_person", EITHER)
STYLES = ("quiet", "outgoing", EITHER)
STYLE_RULES = ("similar", "complementary", "ignore")
OBJECTIVES = ("fair", "total")
HIGHEST_LEVEL = 5
HIGHEST_GOAL_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Goal:
    """The level wanted of a skill, 1..5, and how much it matters, 1..3."""

    target: int
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person on one side; someone on both sides is given twice, under one id.

    An empty text or None means unknown. `seniority` is in years, `utc_offset` in hours,
    `levels` 0..5 by skill (0 if missing), `wishes` ids of the other side.
    """

    id: str
    capacity: int = 1
    seniority: Number | None = None
    manager: str = ""
    department: str = ""
    location: str = ""
    utc_offset: Number | None = None
    languages: Collection[str] = ()
    meets: str = EITHER
    style: str = EITHER
    interests: Collection[str] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    wishes: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`working_hours_overlap` is in hours, `minimum_score` in points."""

    mentor_is_junior: bool = True
    shared_language: bool = True
    working_hours_overlap: Number = 1
    minimum_score: Number = 20
    style: str = STYLE_RULES[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points for a full fit in each criterion; whole numbers ≥ 0 that need not add to 100."""

    skill_gap: int = 0
    interests: int = 0
    wishes: int = 0
    distance: int = 0
    way_of_working: int = 0


STANDARD_WEIGHTS = Weights(skill_gap=40, interests=20, wishes=15, distance=15, way_of_working=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`locked` and `forbidden` hold pairs of ids, (mentor, mentee)."""

    mentors: Collection[Person]
    mentees: Collection[Person]
    rules: Rules = field(default_factory=Rules)
    weights: Weights = STANDARD_WEIGHTS
    locked: Collection[tuple[str, str]] = ()
    forbidden: Collection[tuple[str, str]] = ()
    objective: str = OBJECTIVES[0]


@lru_cache(maxsize=4096)
def exact(number: Number) -> Fraction:
    """The number as it is written in decimals: 0.1 is a tenth."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Names of languages, interests and styles are the same without case and outer blanks."""
    return name.strip().casefold()


def folded_names(names: Collection[str]) -> frozenset[str]:
    return frozenset(map(folded, names)) - {""}
