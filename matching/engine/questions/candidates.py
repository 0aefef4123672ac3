"""Relaxations that make more pairs possible, and whom each could place at all.

What is sorted out here is proved useless: it makes no pair more, or leaves no choice in which
somebody has a partner. What remains has still to be solved, since scores decide whom it places.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from matching.engine.constraints import CODES, whole_hours
from matching.engine.graph import BoolArray, Whole
from matching.engine.problem import Person, Problem
from matching.engine.questions import relaxations as kinds
from matching.engine.questions.changes import MENTEE, MENTOR, Entry, Ids
from matching.engine.questions.coverage import could_be_placed, coverage
from matching.engine.questions.raising import (
    raised_mentees,
    raised_mentors,
    worth_raising_mentees,
    worth_raising_mentors,
)
from matching.engine.questions.relaxations import Relaxation, relaxed, rule_relaxations
from matching.engine.questions.room import Room, from_mentees, from_mentors, more_pairs
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
    `fit` is, for a raised level, how well it would suit each of them."""

    relaxation: Relaxation
    could_place: frozenset[Entry]
    fit: dict[Entry, int] = field(default_factory=dict)


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
        self.coverage = coverage(room, self.open, self.free, waiting, self.place)
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
            roomier = [
                (k, side, self.place[side][id])
                for k, side in enumerate((MENTOR, MENTEE))
                if id in self.place[side] and self._capacity(side, id) < limits[k]
            ]
            relaxation = kinds.roomier(self._person(id))
            if id in self.both:
                free = (self.free[0].copy(), self.free[1].copy())
                for k, _, place in roomier:
                    free[k][place] = True
                if more_pairs(self.room, self.open, free):
                    yield self._wide(relaxation, self.open, free)
            elif any(reached[k][place] for k, _, place in roomier):
                (_, side, place), *_ = roomier
                yield self._narrow(relaxation, self.coverage.with_a_place(side, place))

    def _capacity(self, side: str, id: str) -> int:
        tables = self.people.tables
        capacity = tables.mentors.capacity if side == MENTOR else tables.mentees.capacity
        return int(capacity[self.place[side][id]])

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
            relaxation = kinds.abler(self._person(id), skill)
            new = {side: allowed for side, (allowed, _) in sides.items()}
            worth = {side: np.where(new[side], score, -1) for side, (_, score) in sides.items()}
            candidate = self._raised(relaxation, new)
            if candidate is not None:
                yield replace(candidate, fit=self._fits(candidate, worth))

    def _fits(self, candidate: Candidate, worth: dict[str, Whole]) -> dict[Entry, int]:
        """The score of the pair that a raised level would allow them: their best if it is
        their own, else with whoever is raised; -1 if it only sets off an exchange."""
        found = {}
        for entry in candidate.could_place:
            is_own = candidate.relaxation.person == entry.id
            side = entry.side if is_own else MENTEE if entry.side == MENTOR else MENTOR
            if side not in worth:
                found[entry] = -1
            elif is_own:
                found[entry] = int(worth[side].max(initial=-1))
            else:
                found[entry] = int(worth[side][self.place[entry.side][entry.id]])
        return found

    def _raised(self, relaxation: Relaxation, allowed: dict[str, BoolArray]) -> Candidate | None:
        """The candidate that a raised level is; None if it makes no pair more.

        A mentee who knows more may lose those who teach them: that is left out here, so that
        this is asked of too much and never of too little.
        """
        id = relaxation.person
        if id in self.both:
            open = self.open.copy()
            if MENTOR in allowed:
                row = self.place[MENTOR][id]
                open[row] = allowed[MENTOR] & ~self.room.standing[row]
            if MENTEE in allowed:
                column = self.place[MENTEE][id]
                open[:, column] = allowed[MENTEE] & ~self.room.standing[:, column]
            more = more_pairs(self.room, open, self.free)
            return self._wide(relaxation, open, self.free) if more else None
        ((side, new),) = allowed.items()
        place = self.place[side][id]
        one = np.zeros(len(self.place[side]), dtype=np.bool_)
        one[place] = True
        if side == MENTOR:
            rows, columns = one, new & ~self.room.standing[place]
        else:
            rows, columns = new & ~self.room.standing[:, place], one
        if not ((rows & self.rows).any() and (columns & self.columns).any()):
            return None
        return self._narrow(relaxation, self.coverage.with_pairs(rows, columns))

    def _bars(self) -> Iterator[Candidate]:
        liftable = self.problem.forbidden if self.liftable is None else self.liftable
        barred = CODES.index("forbidden")
        for mentor, mentee in sorted(set(liftable) & set(self.problem.forbidden)):
            row, column = self.place[MENTOR][mentor], self.place[MENTEE][mentee]
            alone = self.people.only[row, column] == barred
            if alone and self.rows[row] and self.columns[column]:
                rows, columns = (np.zeros(n, dtype=np.bool_) for n in self.open.shape)
                rows[row] = columns[column] = True
                lifted = Relaxation(kind=kinds.BAR, pair=(mentor, mentee))
                yield self._narrow(lifted, self.coverage.with_pairs(rows, columns))

    def _rules(self, kind: str) -> Iterator[Candidate]:
        for relaxation in rule_relaxations(self.problem):
            if relaxation.kind == kind:
                open = self.room.open(self._allowed_after(relaxation))
                if more_pairs(self.room, open, self.free):
                    yield self._wide(relaxation, open, self.free)

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
                    found.append(whole_hours(tables, rows).astype(np.int64))
                else:
                    found.append(scores(tables, rows) // THOUSAND)
            self._measured[kind] = np.concatenate(found)
        return self._measured[kind]

    def _narrow(self, relaxation: Relaxation, helped: set[Entry]) -> Candidate:
        """A change that touches one person, or two."""
        return Candidate(relaxation, frozenset(helped | self.coverage.already))

    def _wide(
        self, relaxation: Relaxation, open: BoolArray, free: tuple[BoolArray, BoolArray]
    ) -> Candidate:
        """A change that touches many."""
        placed = could_be_placed(self.room, open, free, self.waiting, self.place)
        return Candidate(relaxation, frozenset(placed))
