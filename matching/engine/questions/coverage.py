"""Who could be placed once something opens up, asked of each person once and not of each change.

Placed means in some choice in which everybody who is in a pair still is in one; whoever has two
partners may give one up for it. That mentors and mentees can be placed at once if each side can
(Mendelsohn and Dulmage 1958) lets the sides be asked one by one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from matching.engine.graph import BoolArray
from matching.engine.questions.changes import MENTEE, MENTOR, Entry
from matching.engine.questions.room import Room, from_mentees, from_mentors

Free = tuple[BoolArray, BoolArray]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`givers` are mentors, and `takers` mentees, whom exchanges join to a place that is free or
    can be given up. `already` can be placed as it is. For each who waits, `near` holds the
    mentors and mentees whom exchanges join to them."""

    givers: BoolArray
    takers: BoolArray
    already: frozenset[Entry]
    near: dict[Entry, tuple[BoolArray, BoolArray]]
    place: Mapping[str, Mapping[str, int]]

    def with_a_place(self, side: str, place: int) -> set[Entry]:
        """Who could be placed if somebody had a place more."""
        helped = MENTEE if side == MENTOR else MENTOR
        at = 0 if side == MENTOR else 1
        return {e for e, near in self.near.items() if e.side == helped and near[at][place]}

    def with_pairs(self, rows: BoolArray, columns: BoolArray) -> set[Entry]:
        """Who could be placed if these mentors might have these mentees; one of the two masks
        marks a single person."""
        found = set()
        from_givers, to_takers = (rows & self.givers).any(), (columns & self.takers).any()
        for entry, (mentors, mentees) in self.near.items():
            if entry.side == MENTEE:
                helps = from_givers and (columns & mentees).any()
            else:
                helps = to_takers and (rows & mentors).any()
            if helps:
                found.add(entry)
        return found


def coverage(
    room: Room,
    open: BoolArray,
    free: Free,
    waiting: Collection[Entry],
    place: Mapping[str, Mapping[str, int]],
) -> Coverage:
    generous = generous_sides(room, free)
    givers, placed_mentees = from_mentors(room, open, generous[0])
    placed_mentors, takers = from_mentees(room, open, generous[1])
    placed = {MENTOR: placed_mentors, MENTEE: placed_mentees}
    near = {}
    for entry in waiting:
        start = np.zeros(len(placed[entry.side]), dtype=np.bool_)
        start[place[entry.side][entry.id]] = True
        reach = from_mentors if entry.side == MENTOR else from_mentees
        near[entry] = reach(room, open, start)
    already = {entry for entry in waiting if placed[entry.side][place[entry.side][entry.id]]}
    return Coverage(givers, takers, frozenset(already), near, place)


def could_be_placed(
    room: Room,
    open: BoolArray,
    free: Free,
    waiting: Collection[Entry],
    place: Mapping[str, Mapping[str, int]],
) -> set[Entry]:
    """Who of those waiting could be placed if `open` were what could be made, and `free` the
    places: for changes that touch many people."""
    generous = generous_sides(room, free)
    mentors, _ = from_mentees(room, open, generous[1])
    _, mentees = from_mentors(room, open, generous[0])
    placed = {MENTOR: mentors, MENTEE: mentees}
    return {entry for entry in waiting if placed[entry.side][place[entry.side][entry.id]]}


def generous_sides(room: Room, free: Free) -> Free:
    """Mentors and mentees with a free place, or whose partner has another and can spare them."""
    rows, columns = free[0].copy(), free[1].copy()
    rows[room.row[room.held[1][room.column] > 1]] = True
    columns[room.column[room.held[0][room.row] > 1]] = True
    return rows, columns
