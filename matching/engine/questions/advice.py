"""What the doctor says of people without a partner."""

from dataclasses import dataclass
from typing import Any

from matching.engine.questions.changes import Entry, Outcome, Tie
from matching.engine.questions.relaxations import Relaxation

# Why nothing that was tried helps somebody: nobody is on the other side; every place of those
# who would be allowed is taken, and the people who wait outnumber what one place more can do;
# more than one thing stands between them and everybody.
NOBODY_THERE, NO_PLACE, NO_SINGLE_CHANGE = "nobody_there", "no_place", "no_single_change"


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many people of the other side a rule bars first, and how many it bars alone."""

    code: str
    first: int
    alone: int

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "first": self.first, "alone": self.alone}


@dataclass(frozen=True, slots=True)
class Remedy:
    """A relaxation after which they are in a pair, and nobody who was in one is without.

    `ties` are then their partners, `placed` is everybody it places, `outcome` the match's.
    """

    relaxation: Relaxation
    ties: tuple[Tie, ...]
    placed: tuple[Entry, ...]
    outcome: Outcome

    def as_json(self) -> dict[str, Any]:
        return {
            "relaxation": self.relaxation.as_json(),
            "ties": [tie.as_json() for tie in self.ties],
            "placed": [entry.as_json() for entry in self.placed],
            "outcome": self.outcome.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Advice:
    """For one person on one side. `allowed` counts the other side's people no rule bars.

    `reason` says why there are no remedies, None where there are or not all was tried; with
    `NO_PLACE`, `missing` is how many places at least the other side would need more, for everyone
    here who waits for one. `complete` is False if the limit was reached before all was tried.
    """

    id: str
    side: str
    allowed: int
    rules: tuple[RuleCount, ...]
    remedies: tuple[Remedy, ...]
    reason: str | None
    missing: int
    complete: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "side": self.side,
            "allowed": self.allowed,
            "rules": [rule.as_json() for rule in self.rules],
            "remedies": [remedy.as_json() for remedy in self.remedies],
            "reason": self.reason,
            "missing": self.missing,
            "complete": self.complete,
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everybody asked about who has no partner, mentors first; `solves` counts what was solved
    again, `complete` whether the limit let everything be tried."""

    people: tuple[Advice, ...]
    solves: int
    complete: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "people": [person.as_json() for person in self.people],
            "solves": self.solves,
            "complete": self.complete,
        }
