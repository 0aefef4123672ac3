"""Who could still be given a place by exchanges, without solving again.

A match is held as marked pairs; an exchange goes from a mentor to a mentee over a pair that
could be made, and back to a mentor over one that is given up (Berge 1957: there are more pairs
to be had exactly if some exchange leads from a free place to a free place).
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matching.engine.graph import BoolArray, IntArray
from matching.engine.questions.changes import Ids
from matching.engine.result import Result
from matching.engine.tables import Tables


@dataclass(frozen=True, slots=True)
class Room:
    """`row` and `column` are the pairs made that are not locked; `standing` marks all pairs.

    `free` counts the places left, `held` all pairs, of each mentor and each mentee.
    """

    row: IntArray
    column: IntArray
    standing: BoolArray
    free: tuple[IntArray, IntArray]
    held: tuple[IntArray, IntArray]

    def open(self, allowed: BoolArray) -> BoolArray:
        """The pairs that could be made besides those there are."""
        found: BoolArray = allowed & ~self.standing
        return found


def room_in(tables: Tables, result: Result, locked: Collection[Ids]) -> Room:
    mentors, mentees = tables.mentors, tables.mentees
    places = [
        (mentors.place[pair.mentor], mentees.place[pair.mentee], pair.locked)
        for pair in result.pairs
    ]
    row, column, is_locked = (np.array([p[k] for p in places], dtype=np.int64) for k in range(3))
    standing = np.zeros((len(mentors.people), len(mentees.people)), dtype=np.bool_)
    standing[row, column] = True
    held = (
        np.bincount(row, minlength=len(mentors.people)),
        np.bincount(column, minlength=len(mentees.people)),
    )
    chosen = is_locked == 0
    free = (mentors.capacity - held[0], mentees.capacity - held[1])
    return Room(row[chosen], column[chosen], standing, free, held)


def from_mentors(room: Room, open: BoolArray, start: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Mentors and mentees that exchanges reach if the mentors of `start` have a place to give."""
    rows, columns = start.copy(), np.zeros(open.shape[1], dtype=np.bool_)
    new = rows
    while new.any():
        columns |= open[new].any(axis=0)
        given_up = np.zeros_like(rows)
        given_up[room.row[columns[room.column]]] = True
        new = given_up & ~rows
        rows |= new
    return rows, columns


def from_mentees(room: Room, open: BoolArray, start: BoolArray) -> tuple[BoolArray, BoolArray]:
    """The same the other way round: who reaches the mentees of `start`."""
    columns, rows = start.copy(), np.zeros(open.shape[0], dtype=np.bool_)
    new = columns
    while new.any():
        rows |= open[:, new].any(axis=1)
        given_up = np.zeros_like(columns)
        given_up[room.column[rows[room.row]]] = True
        new = given_up & ~columns
        columns |= new
    return rows, columns


def more_pairs(room: Room, open: BoolArray, free: tuple[BoolArray, BoolArray]) -> bool:
    """Whether exchanges lead from a mentor with a free place to a mentee with one."""
    _, reached = from_mentors(room, open, free[0])
    return bool((reached & free[1]).any())
