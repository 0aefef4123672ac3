"""Every mentor held against every mentee: who is allowed, and what they would be worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.engine.constraints import CODES, verdicts
from matching.engine.explanation import covers
from matching.engine.graph import IntArray, Whole, with_room
from matching.engine.problem import Problem
from matching.engine.result import Pair
from matching.engine.scoring import most_points, parts, scores
from matching.engine.tables import Tables, tables_of

BARRED = -1


@dataclass(frozen=True, slots=True)
class Assessment:
    """`worth` has a row a mentor and a column a mentee, both sorted by id: their score in
    thousandths, or BARRED."""

    tables: Tables
    worth: Whole

    def why_not(self, mentor: str, mentee: str) -> str | None:
        """The code of the first rule that bars these two ids; None if they are allowed."""
        row, column = self.places([(mentor, mentee)])
        two = self.tables.among(row, column)
        only = np.zeros(1, np.int64)
        return CODES[int(verdicts(two, only, scores(two, only))[0, 0])]

    def pair(self, mentor: str, mentee: str) -> Pair:
        """What these two ids would be worth together, allowed or not."""
        (found,) = self.pairs(*self.places([(mentor, mentee)]), locked=frozenset())
        return found

    def places(self, pairs: Iterable[tuple[str, str]]) -> tuple[IntArray, IntArray]:
        """The rows and the columns of these pairs of ids."""
        mentors, mentees = self.tables.mentors.place, self.tables.mentees.place
        found = [(mentors[mentor], mentees[mentee]) for mentor, mentee in pairs]
        row, column = np.array(found, dtype=np.int64).reshape(-1, 2).T
        return row, column

    def pairs(
        self, row: IntArray, column: IntArray, locked: frozenset[tuple[int, int]]
    ) -> Iterator[Pair]:
        """The pairs of these rows and columns, one by one, in their order."""
        places = zip(row.tolist(), column.tolist(), strict=True)
        for few in self.tables.pairwise(row, column):
            by_criterion: dict[str, list[int]] = {
                name: part.diagonal().tolist()
                for name, part in parts(few, np.arange(len(few.mentors.people))).items()
            }
            for at, mentor in enumerate(few.mentors.people):
                mentee = few.mentees.people[at]
                points = {name: part[at] for name, part in by_criterion.items()}
                yield Pair(
                    mentor=mentor.id,
                    mentee=mentee.id,
                    score=sum(points.values()),
                    parts=points,
                    covers=covers(mentor, mentee),
                    locked=next(places) in locked,
                )

    def barring(self, mentors: Sequence[int] = (), mentees: Sequence[int] = ()) -> list[list[int]]:
        """How many of the other side each code applies to first, for these mentors or mentees:
        one row each, an entry for each of CODES (allowed comes first)."""
        every = np.arange(len(self.tables.mentors.people))
        rows = np.array(mentors, dtype=np.int64) if mentors else every
        columns = np.array(mentees, dtype=np.int64)
        tables = self.tables.among(every, columns) if mentees else self.tables
        counts = np.zeros((len(mentors) or len(mentees), len(CODES)), dtype=np.int64)
        done = 0
        for block in tables.blocks(rows):
            found = verdicts(tables, block, scores(tables, block))
            for code in range(len(CODES)):
                if mentors:
                    counts[done : done + len(block), code] = (found == code).sum(axis=1)
                else:
                    counts[:, code] += (found == code).sum(axis=0)
            done += len(block)
        listed: list[list[int]] = counts.tolist()
        return listed


def assess(problem: Problem) -> Assessment:
    """Expects a problem that `validate` finds nothing wrong with."""
    tables = tables_of(problem)
    shape = (len(tables.mentors.people), len(tables.mentees.people))
    worth: Whole = np.empty(shape, dtype=_smallest_type(most_points(tables.weights)))
    for block in tables.blocks(np.arange(shape[0])):
        found = scores(tables, block)
        np.copyto(found, BARRED, where=verdicts(tables, block, found) > 0)
        worth[block[0] : block[-1] + 1] = found
    return Assessment(tables, worth)


def _smallest_type(most: int) -> Any:
    """Half the memory where scores are of a usual size."""
    if most < 2**31:
        return np.int32
    return with_room(np.zeros(0, dtype=np.int64), most).dtype
