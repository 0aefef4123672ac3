"""Relaxations that make more pairs possible, and whom each could place at all.

What is sorted out here is proved useless: it makes no pair more, or leaves no choice in which
somebody has a partner. What remains has still to be solved, since scores decide whom it places.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np

from matching.engine.constraints import CODES, shared_hours
from matching.engine.graph import BoolArray, Whole
from matching.engine.problem import Person, Problem
from matching.engine.questions import relaxations as kinds
from matching.engine.questions.changes import MENTEE, MENTOR, Entry, Ids
from matching.engine.questions.raising import (
    raised_mentees,
    raised_mentors,
    worth_raising_mentees,
    worth_raising_mentors,
)
from matching.engine.questions.relaxations import Relaxation, relaxed, rule_relaxations
from matching.engine.questions.room import (
    Room,
    could_be_placed,
    from_mentees,
    from_mentors,
    more_pairs,
)
from matching.engine.questions.survey import Survey, survey
from matching.engine.scoring import THOUSAND, scores

RULE_OF = {
    kinds.HOURS: "no_hours",
    kinds.MINIMUM: "below_minimum",
    kinds.JUNIOR: "not_junior",
    kinds.LANGUAGE: "no_language",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relaxation worth solving. `could_place` are those left over whom it may give a partner;
    `scores` are, for a raised level, by side of who is raised: the scores with the other side."""

    relaxation: Relaxation
    could_place: frozenset[Entry]
    scores: dict[str, Whole] = field(default_factory=dict)


class Search:
    """All relaxations of one problem that could place one of `waiting`, kind by kind."""

    def __init__(
        self,
        problem: Problem,
        people: Survey,
        room: Room,
        waiting: Collection[Entry],
        liftable: Collection[Ids] | None,
    ) -> None:
        self.problem, self.people, self.room = problem, people, room
        self.waiting, self.liftable = waiting, liftable
        self.open = room.open(people.allowed)
        self.free = (room.free[0] > 0, room.free[1] > 0)
        # Mentors whom a place can reach, and mentees from whom one can be reached.
        self.rows, self.columns_short = from_mentors(room, self.open, self.free[0])
        self.rows_short, self.columns = from_mentees(room, self.open, self.free[1])
        tables = people.tables
        self.place = {MENTOR: tables.mentors.place, MENTEE: tables.mentees.place}
        self.both = tables.mentors.place.keys() & tables.mentees.place.keys()
        self._measured: dict[str, Whole] = {}

    def of_kind(self, kind: str) -> Iterator[Candidate]:
        if kind == kinds.CAPACITY:
            return self._capacities()
        if kind == kinds.LEVEL:
            return self._levels()
        return self._bars() if kind == kinds.BAR else self._rules(kind)

    def _person(self, id: str) -> Person:
        side = MENTOR if id in self.place[MENTOR] else MENTEE
        tables = self.people.tables
        people = tables.mentors.people if side == MENTOR else tables.mentees.people
        return people[self.place[side][id]]

    def _capacities(self) -> Iterator[Candidate]:
        """Somebody takes on one pair more; somebody on both sides one more on each."""
        reached = (self.rows_short, self.columns_short)
        limits = self.open.shape[::-1]
        for id in sorted({*self.place[MENTOR], *self.place[MENTEE]}):
            helps, free = False, (self.free[0].copy(), self.free[1].copy())
            for k, side in enumerate((MENTOR, MENTEE)):
                place = self.place[side].get(id)
                capacity = self._capacity(side, place)
                if place is not None and capacity < limits[k]:
                    free[k][place] = True
                    helps = helps or bool(reached[k][place])
            if helps or (id in self.both and more_pairs(self.room, self.open, free)):
                yield self._candidate(kinds.roomier(self._person(id)), self.open, free)

    def _capacity(self, side: str, place: int | None) -> int:
        tables = self.people.tables
        capacity = tables.mentors.capacity if side == MENTOR else tables.mentees.capacity
        return 0 if place is None else int(capacity[place])

    def _levels(self) -> Iterator[Candidate]:
        tables = self.people.tables
        rows = self.rows & (tables.mentors.capacity > 0)
        two = np.array([p.id in self.both for p in tables.mentors.people], dtype=np.bool_)
        mentors = worth_raising_mentors(self.people, rows, self.columns, two)
        also = np.array([p.id in self.both for p in tables.mentees.people], dtype=np.bool_)
        minimum = self.people.only == CODES.index("below_minimum")
        mentees = worth_raising_mentees(
            self.people, (self.columns & minimum[self.rows].any(axis=0)) | also
        )
        by_person: dict[tuple[str, str], dict[str, tuple[BoolArray, Whole]]] = {}
        raised = raised_mentors(self.problem, self.people, mentors)
        for (row, skill), found in zip(mentors, raised, strict=True):
            by_person.setdefault((tables.mentors.people[row].id, skill), {})[MENTOR] = found
        raised = raised_mentees(self.problem, self.people, mentees)
        for (column, skill), found in zip(mentees, raised, strict=True):
            by_person.setdefault((tables.mentees.people[column].id, skill), {})[MENTEE] = found
        for (id, skill), sides in sorted(by_person.items()):
            open = self._raised(id, {side: allowed for side, (allowed, _) in sides.items()})
            if open is not None:
                relaxation = kinds.abler(self._person(id), skill)
                worth = {
                    side: np.where(allowed, score, -1) for side, (allowed, score) in sides.items()
                }
                yield self._candidate(relaxation, open, self.free, worth)

    def _raised(self, id: str, allowed: dict[str, BoolArray]) -> BoolArray | None:
        """What is open once somebody is raised; None if that makes no pair more."""
        open = self.open
        if MENTOR in allowed:
            row = self.place[MENTOR][id]
            new = allowed[MENTOR] & ~self.room.standing[row]
            if id not in self.both and not (new & self.columns).any():
                return None
            open = open.copy()
            open[row] = new
        if MENTEE in allowed:
            column = self.place[MENTEE][id]
            new = allowed[MENTEE] & ~self.room.standing[:, column]
            if id not in self.both and not (new & self.rows).any():
                return None
            open = open.copy() if open is self.open else open
            open[:, column] = new
        # A mentee who knows more may lose those who teach them: a made pair among them is left
        # standing here, so that this is asked of too much and never of too little.
        return open if id not in self.both or more_pairs(self.room, open, self.free) else None

    def _bars(self) -> Iterator[Candidate]:
        liftable = self.problem.forbidden if self.liftable is None else self.liftable
        barred = CODES.index("forbidden")
        for mentor, mentee in sorted(set(liftable) & set(self.problem.forbidden)):
            row, column = self.place[MENTOR][mentor], self.place[MENTEE][mentee]
            alone = self.people.only[row, column] == barred
            if alone and self.rows[row] and self.columns[column]:
                open = self.open.copy()
                open[row, column] = True
                yield self._candidate(
                    Relaxation(kind=kinds.BAR, pair=(mentor, mentee)), open, self.free
                )

    def _rules(self, kind: str) -> Iterator[Candidate]:
        for relaxation in rule_relaxations(self.problem):
            if relaxation.kind == kind:
                open = self.room.open(self._allowed_after(relaxation))
                if more_pairs(self.room, open, self.free):
                    yield self._candidate(relaxation, open, self.free)

    def _allowed_after(self, relaxation: Relaxation) -> BoolArray:
        if relaxation.kind == kinds.STYLE:
            return survey(relaxed(self.problem, relaxation)).allowed
        barred: BoolArray = self.people.only == CODES.index(RULE_OF[relaxation.kind])
        if relaxation.value is not None:
            barred = barred & (self._measure(relaxation.kind) >= relaxation.value)
        return self.people.allowed | barred

    def _measure(self, kind: str) -> Whole:
        """Hours in common, or points, rounded down to the wholes that thresholds are set in."""
        if kind not in self._measured:
            tables = self.people.tables
            found = [np.zeros((0, self.open.shape[1]), dtype=np.int64)]
            for rows in tables.blocks(np.arange(self.open.shape[0])):
                if kind == kinds.HOURS:
                    found.append(shared_hours(tables, rows) // tables.hour)
                else:
                    found.append(scores(tables, rows) // THOUSAND)
            self._measured[kind] = np.concatenate(found)
        return self._measured[kind]

    def _candidate(
        self,
        relaxation: Relaxation,
        open: BoolArray,
        free: tuple[BoolArray, BoolArray],
        worth: dict[str, Whole] | None = None,
    ) -> Candidate:
        reached = dict(zip((MENTOR, MENTEE), could_be_placed(self.room, open, free), strict=True))
        placed = {one for one in self.waiting if reached[one.side][self.place[one.side][one.id]]}
        return Candidate(relaxation, frozenset(placed), worth or {})
