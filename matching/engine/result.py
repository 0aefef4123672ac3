"""What the engine answers. All scores are whole thousandths of a point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NO_ALLOWED_PARTNER = "no_allowed_partner"
OTHERS_FIT_BETTER = "others_fit_better"


@dataclass(frozen=True, slots=True)
class Cover:
    """A goal's skill that the mentor can lift, from the mentee's level to `to`."""

    skill: str
    level: int
    to: int
    target: int


@dataclass(frozen=True, slots=True)
class Pair:
    """`parts` are the thousandths by criterion; they add up to `score`."""

    mentor: str
    mentee: str
    score: int
    parts: Mapping[str, int]
    covers: tuple[Cover, ...]
    locked: bool

    def as_json(self) -> dict[str, Any]:
        return _pair_as_json(self)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Someone in no pair at all. `side` is mentor or mentee.

    `detail` counts, for `no_allowed_partner`, everyone on the other side by the first rule that
    bars them.
    """

    id: str
    side: str
    cause: str
    detail: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Result:
    """Locked pairs stand among `pairs` only; count, worst and total are about the others."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    count: int
    worst: int | None
    total: int
    bound: int
    optimal: bool

    def as_json(self) -> dict[str, Any]:
        """The result in the form of the contract, ready for `json.dumps`."""
        return {
            "pairs": [_pair_as_json(pair) for pair in self.pairs],
            "unmatched": [_unmatched_as_json(person) for person in self.unmatched],
            "count": self.count,
            "worst": self.worst,
            "total": self.total,
            "bound": self.bound,
            "optimal": self.optimal,
        }


def _pair_as_json(pair: Pair) -> dict[str, Any]:
    return {
        "mentor": pair.mentor,
        "mentee": pair.mentee,
        "score": pair.score,
        "parts": dict(pair.parts),
        "covers": [
            {"skill": cover.skill, "from": cover.level, "to": cover.to, "target": cover.target}
            for cover in pair.covers
        ],
        "locked": pair.locked,
    }


def _unmatched_as_json(person: Unmatched) -> dict[str, Any]:
    return {
        "id": person.id,
        "side": person.side,
        "cause": person.cause,
        "detail": dict(person.detail),
    }
