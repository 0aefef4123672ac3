"""In which order candidates are tried for somebody: what they would like best comes first."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from matching.engine.graph import Whole
from matching.engine.questions.candidates import Candidate
from matching.engine.questions.changes import MENTEE, MENTOR, Entry
from matching.engine.questions.relaxations import CAPACITY, LEVEL
from matching.engine.questions.survey import scores_of_mentees, scores_of_mentor
from matching.engine.tables import Tables


class Fitting:
    """What the people asked about are worth with everybody on the other side."""

    def __init__(self, tables: Tables, asked: list[Entry]) -> None:
        self.place = {MENTOR: tables.mentors.place, MENTEE: tables.mentees.place}
        mentors = [entry for entry in asked if entry.side == MENTOR]
        mentees = [entry for entry in asked if entry.side == MENTEE]
        self.scores: dict[Entry, Whole] = {
            entry: scores_of_mentor(tables, self.place[MENTOR][entry.id]) for entry in mentors
        }
        if mentees:
            places = np.array([self.place[MENTEE][entry.id] for entry in mentees], dtype=np.int64)
            columns = scores_of_mentees(tables, places)
            self.scores |= {entry: columns[:, k] for k, entry in enumerate(mentees)}

    def in_order(self, kind: str, entry: Entry, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that could place this person; rules and bars keep the order they come in."""
        found = [one for one in candidates if entry in one.could_place]
        if kind == CAPACITY:
            return sorted(found, key=lambda one: self._capacity(entry, one))
        return sorted(found, key=lambda one: self._level(entry, one)) if kind == LEVEL else found

    def _capacity(self, entry: Entry, candidate: Candidate) -> tuple[Any, ...]:
        id = candidate.relaxation.person
        place = self.place[_other(entry.side)].get(id)
        return (place is None, 0 if place is None else -int(self.scores[entry][place]), id)

    def _level(self, entry: Entry, candidate: Candidate) -> tuple[Any, ...]:
        relaxation = candidate.relaxation
        is_own = relaxation.person == entry.id
        return (not is_own, -candidate.fit[entry], relaxation.person, relaxation.skill)


def _other(side: str) -> str:
    return MENTEE if side == MENTOR else MENTOR
