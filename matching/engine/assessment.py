"""Every mentor held against every mentee: who is allowed, and what they would be worth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matching.engine.constraints import CODES, Verdicts, verdicts
from matching.engine.explanation import covers
from matching.engine.graph import BoolArray, Whole
from matching.engine.problem import Problem
from matching.engine.result import Pair
from matching.engine.scoring import parts, scores
from matching.engine.tables import Tables, tables_of


@dataclass(frozen=True, slots=True)
class Assessment:
    """`verdicts` and `scores` have a row a mentor and a column a mentee, both sorted by id."""

    tables: Tables
    verdicts: Verdicts
    scores: Whole

    def why_not(self, mentor: str, mentee: str) -> str | None:
        """The code of the first rule that bars these two ids; None if they are allowed."""
        place = self.tables.mentors.place[mentor], self.tables.mentees.place[mentee]
        return CODES[int(self.verdicts[place])]

    def pair(self, mentor: str, mentee: str) -> Pair:
        """What these two ids would be worth together, allowed or not."""
        together = self.matrix([(mentor, mentee)])
        (found,) = self.pairs(together, np.zeros_like(together))
        return found

    def matrix(self, pairs: Iterable[tuple[str, str]]) -> BoolArray:
        """Mentors × mentees, true for these pairs of ids."""
        found = np.zeros(self.verdicts.shape, dtype=np.bool_)
        for mentor, mentee in pairs:
            found[self.tables.mentors.place[mentor], self.tables.mentees.place[mentee]] = True
        return found

    def pairs(self, together: BoolArray, locked: BoolArray) -> Iterator[Pair]:
        """The pairs marked in `together`, by mentor, then mentee."""
        mentors, mentees = self.tables.mentors.people, self.tables.mentees.people
        for block in self.tables.blocks(np.unique(together.nonzero()[0])):
            by_criterion = parts(self.tables, block)
            for at, column in np.argwhere(together[block]).tolist():
                row = int(block[at])
                yield Pair(
                    mentor=mentors[row].id,
                    mentee=mentees[column].id,
                    score=int(self.scores[row, column]),
                    parts={name: int(part[at, column]) for name, part in by_criterion.items()},
                    covers=covers(mentors[row], mentees[column]),
                    locked=bool(locked[row, column]),
                )


def assess(problem: Problem) -> Assessment:
    """Expects a problem that `validate` finds nothing wrong with."""
    tables = tables_of(problem)
    shape = (len(tables.mentors.people), len(tables.mentees.people))
    found_scores = [np.zeros((0, shape[1]), dtype=np.int64)]
    found_verdicts = [np.zeros((0, shape[1]), dtype=np.int8)]
    for block in tables.blocks(np.arange(shape[0])):
        found_scores.append(scores(tables, block))
        found_verdicts.append(verdicts(tables, block, found_scores[-1]))
    return Assessment(tables, np.concatenate(found_verdicts), np.concatenate(found_scores))
