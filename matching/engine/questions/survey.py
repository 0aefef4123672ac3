"""Every rule held against every two people, in one pass over blocks of rows."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from matching.engine.constraints import CODES, RULES, RULES_FOR_LOCKED
from matching.engine.graph import BoolArray, IntArray, Whole
from matching.engine.problem import Problem, exact
from matching.engine.scoring import THOUSAND, scores
from matching.engine.tables import Tables, tables_of

Codes = NDArray[np.int8]
SEVERAL = len(CODES)


@dataclass(frozen=True, slots=True)
class Survey:
    """Mentors × mentees in the order of `tables`.

    `only` is the place in CODES of the one rule that bars two people, 0 where none does, SEVERAL
    where more than one does. `apart` marks those whom a rule keeps apart that no skill changes.
    `first` and `alone` count, for each mentor and each mentee (side, person, code), the people of
    the other side whom the rule bars first, and whom it bars alone.
    """

    tables: Tables
    only: Codes
    apart: BoolArray
    first: tuple[IntArray, IntArray]
    alone: tuple[IntArray, IntArray]

    @property
    def allowed(self) -> BoolArray:
        free: BoolArray = self.only == 0
        return free


def survey(problem: Problem) -> Survey:
    tables = tables_of(problem)
    shape = (len(tables.mentors.people), len(tables.mentees.people))
    only = np.zeros(shape, dtype=np.int8)
    apart = np.zeros(shape, dtype=np.bool_)
    first, alone = (
        tuple(np.zeros((people, SEVERAL), dtype=np.int64) for people in shape) for _ in range(2)
    )
    for rows in tables.blocks(np.arange(shape[0])):
        failing = _failing(tables, rows)
        times = failing.sum(axis=0)
        place = failing.argmax(axis=0) + 1
        only[rows] = np.where(times == 0, 0, np.where(times == 1, place, SEVERAL))
        apart[rows] = failing[: len(RULES_FOR_LOCKED)].any(axis=0)
        for code in range(1, SEVERAL):
            _count(first, code, rows, (times > 0) & (place == code))
            _count(alone, code, rows, only[rows] == code)
    return Survey(tables, only, apart, (first[0], first[1]), (alone[0], alone[1]))


def _failing(tables: Tables, rows: IntArray) -> BoolArray:
    """Codes × mentors × mentees: every rule that bars, not only the first."""
    found = [rule(tables, rows) for rule in RULES]
    found.append(scores(tables, rows) < least_points(tables))
    return np.stack(found).astype(np.bool_)


def least_points(tables: Tables) -> int:
    """The lowest score of a match, in thousandths of a point."""
    return ceil(exact(tables.rules.minimum_score) * THOUSAND)


def _count(counts: tuple[IntArray, ...], code: int, rows: IntArray, barred: BoolArray) -> None:
    counts[0][rows, code] = barred.sum(axis=1)
    counts[1][:, code] += barred.sum(axis=0)


def scores_of_mentor(tables: Tables, mentor: int) -> Whole:
    """What a mentor is worth with each mentee."""
    row: Whole = scores(tables, np.array([mentor], dtype=np.int64))[0]
    return row


def scores_of_mentees(tables: Tables, mentees: IntArray) -> Whole:
    """Mentors × the mentees asked for: what each two are worth."""
    found = [np.zeros((0, len(mentees)), dtype=np.int64)]
    for rows in tables.blocks(np.arange(len(tables.mentors.people))):
        found.append(scores(tables, rows)[:, mentees])
    columns: Whole = np.concatenate(found)
    return columns
