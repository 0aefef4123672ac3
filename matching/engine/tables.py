"""The people of a problem as arrays: mentors are rows, mentees columns, both sorted by id."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from math import lcm

import numpy as np
from numpy.typing import NDArray

from matching.engine.graph import BoolArray, IntArray, Whole, whole_numbers
from matching.engine.problem import (
    EITHER,
    HIGHEST_LEVEL,
    MEETS,
    STYLES,
    Person,
    Problem,
    Rules,
    Weights,
    exact,
    folded,
    folded_names,
)

UNKNOWN = -1
DAY = 24
# Every step of a goal is one of 1..5 levels wide: sixtieths hold each share exactly.
SHARE = 60
# Tables of so many cells stay in a processor's cache; products of fewer rows are slow.
CELLS_AT_ONCE = 1 << 16
ROWS_AT_ONCE = 128
# A table of a few pairs holds each mentor against each mentee, and only its diagonal is wanted.
PAIRS_AT_ONCE = 64
NOBODY: IntArray = np.zeros(0, dtype=np.int64)

# Sums of small whole numbers: exact up to 2**24, and products of such matrices are fast.
Counts = NDArray[np.float32]
# The names of one kind that each person of a side gives.
Names = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side, an entry or a row a person. Codes stand for texts; UNKNOWN for a missing one."""

    people: tuple[Person, ...]
    place: dict[str, int]
    code: IntArray
    manager: IntArray
    managers_manager: IntArray
    seniority: IntArray
    department: IntArray
    location: IntArray
    offset: Whole
    knows_offset: BoolArray
    meets: IntArray
    style: IntArray
    languages: Counts
    names_language: BoolArray
    interests: Counts
    capacity: IntArray

    def only(self, places: IntArray) -> "Side":
        arrays = {
            field.name: value[places]
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        people = tuple(self.people[place] for place in places)
        return replace(self, **arrays, people=people, place=_places(people))


@dataclass(frozen=True, slots=True)
class Teaching:
    """Who can lift whom. A step is a skill and a level of it, the columns of `reaches`.

    `reaches`: mentors × steps, 1 where their level is at least that. `lifts`: steps × mentees,
    the share of the mentee's goals that a mentor who reaches the step adds, in 1/(60 × `weight`).
    `above`: steps × mentees, 1 at the first step above the mentee's level in a goal's skill.
    """

    reaches: Counts
    lifts: Counts
    above: Counts
    weight: IntArray
    has_goals: BoolArray

    def among(self, rows: IntArray, columns: IntArray) -> "Teaching":
        return Teaching(
            self.reaches[rows],
            self.lifts[:, columns],
            self.above[:, columns],
            self.weight[columns],
            self.has_goals[columns],
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """`hour` is how many units of an offset make an hour; offsets lie within one day.

    The lists hold places of mentees for each mentor: whom they must not have, whom they named,
    and who named them.
    """

    mentors: Side
    mentees: Side
    teaching: Teaching
    forbidden: list[IntArray]
    named: list[IntArray]
    named_by: list[IntArray]
    hour: int
    rules: Rules
    weights: Weights

    def among(self, rows: IntArray, columns: IntArray) -> "Tables":
        """The tables of these mentors and mentees only, in this order; some may stand twice."""
        return replace(
            self,
            mentors=self.mentors.only(rows),
            mentees=self.mentees.only(columns),
            teaching=self.teaching.among(rows, columns),
            forbidden=_placed(self.forbidden, rows, columns),
            named=_placed(self.named, rows, columns),
            named_by=_placed(self.named_by, rows, columns),
        )

    def pairwise(self, rows: IntArray, columns: IntArray) -> Iterator["Tables"]:
        """The first of the rows with the first of the columns, the second with the second … a
        few at a time: what is asked for stands on the diagonal."""
        for first in range(0, len(rows), PAIRS_AT_ONCE):
            here = slice(first, first + PAIRS_AT_ONCE)
            yield self.among(rows[here], columns[here])

    def blocks(self, rows: IntArray) -> Iterator[IntArray]:
        """These mentors in runs that are small enough to hold tables against all mentees."""
        length = max(ROWS_AT_ONCE, CELLS_AT_ONCE // max(1, len(self.mentees.people)))
        for first in range(0, len(rows), length):
            yield rows[first : first + length]


def tables_of(problem: Problem) -> Tables:
    """Expects a problem that `validate` finds nothing wrong with."""
    mentors, mentees = (
        tuple(sorted(side, key=lambda person: person.id))
        for side in (problem.mentors, problem.mentees)
    )
    everybody = mentors + mentees
    hour = lcm(*(exact(p.utc_offset).denominator for p in everybody if p.utc_offset is not None))
    build = _Builder(everybody, hour)
    left, right = build.side(mentors, mentees), build.side(mentees, mentors)
    named = [(one.id, mentee) for one in mentors for mentee in one.wishes if mentee in right.place]
    named_by = [
        (mentor, one.id) for one in mentees for mentor in one.wishes if mentor in left.place
    ]
    return Tables(
        mentors=left,
        mentees=right,
        teaching=_teaching(mentors, mentees),
        forbidden=_by_mentor(problem.forbidden, left, right),
        named=_by_mentor(named, left, right),
        named_by=_by_mentor(named_by, left, right),
        hour=hour,
        rules=problem.rules,
        weights=problem.weights,
    )


def _by_mentor(pairs: Iterable[tuple[str, str]], left: Side, right: Side) -> list[IntArray]:
    found: list[list[int]] = [[] for _ in left.people]
    for mentor, mentee in pairs:
        found[left.place[mentor]].append(right.place[mentee])
    return [_integers(places) if places else NOBODY for places in found]


class _Builder:
    """Gives texts and numbers of both sides the same codes."""

    def __init__(self, everybody: Sequence[Person], hour: int) -> None:
        self.hour, self.day = hour, DAY * hour
        self.ids = _codes(text for person in everybody for text in (person.id, person.manager))
        self.manager_of = {person.id: person.manager for person in everybody}
        self.departments = _codes(person.department for person in everybody)
        self.locations = _codes(person.location for person in everybody)
        known = {exact(p.seniority) for p in everybody if p.seniority is not None}
        self.seniority_rank = {years: rank for rank, years in enumerate(sorted(known))}

        offsets = {person.utc_offset for person in everybody}
        self.offset = {one: int(exact(one or 0) * hour) % (DAY * hour) for one in offsets}
        self.languages = {id(one): folded_names(one.languages) for one in everybody}
        self.interests = {id(one): folded_names(one.interests) for one in everybody}

    def side(self, people: tuple[Person, ...], others: tuple[Person, ...]) -> Side:
        languages, interests = (
            [[names[id(person)] for person in side] for side in (people, others)]
            for names in (self.languages, self.interests)
        )
        managers = [person.manager for person in people]
        above = [self.manager_of.get(manager, "") for manager in managers]
        return Side(
            people=people,
            place=_places(people),
            code=_coded((person.id for person in people), self.ids),
            manager=_coded(managers, self.ids),
            managers_manager=_coded(above, self.ids),
            seniority=_integers(self._rank(person) for person in people),
            department=_coded((person.department for person in people), self.departments),
            location=_coded((person.location for person in people), self.locations),
            offset=whole_numbers([self.offset[one.utc_offset] for one in people], self.day),
            knows_offset=_truths(person.utc_offset is not None for person in people),
            meets=_integers(MEETS.index(person.meets or EITHER) for person in people),
            style=_integers(STYLES.index(folded(person.style) or EITHER) for person in people),
            languages=_names(*languages),
            names_language=_truths(map(bool, languages[0])),
            interests=_names(*interests),
            capacity=_integers(min(person.capacity, len(others)) for person in people),
        )

    def _rank(self, person: Person) -> int:
        return UNKNOWN if person.seniority is None else self.seniority_rank[exact(person.seniority)]


def _places(people: tuple[Person, ...]) -> dict[str, int]:
    return {person.id: place for place, person in enumerate(people)}


def _placed(lists: list[IntArray], rows: IntArray, columns: IntArray) -> list[IntArray]:
    """The lists of these mentors, with the places that mentees have among `columns`."""
    places: dict[int, list[int]] = {}
    for place, column in enumerate(columns.tolist()):
        places.setdefault(column, []).append(place)
    return [
        _integers(place for column in lists[row].tolist() for place in places.get(column, ()))
        if len(lists[row])
        else NOBODY
        for row in rows
    ]


def _integers(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)


def _truths(values: Iterable[bool]) -> BoolArray:
    return np.array(list(values), dtype=np.bool_)


def _codes(texts: Iterable[str]) -> dict[str, int]:
    return {text: code for code, text in enumerate(sorted({text for text in texts if text}))}


def _coded(texts: Iterable[str], codes: dict[str, int]) -> IntArray:
    return _integers(codes.get(text, UNKNOWN) for text in texts)


def shared(left: Counts, right: Counts) -> Counts:
    """The product of two such matrices."""
    # Compiled products may raise flags from numbers beside the matrices, which nobody reads.
    with np.errstate(all="ignore"):
        product: Counts = left @ right
    return product


def _names(mine: Names, theirs: Names) -> Counts:
    """One row a person, 1 at each of their names that somebody on the other side has too."""
    known = frozenset().union(*theirs)
    column = _codes(frozenset().union(*mine) & known)
    rows, columns = [], []
    for row, names in enumerate(mine):
        for name in names & known:
            rows.append(row)
            columns.append(column[name])
    table = np.zeros((len(mine), len(column)), dtype=np.float32)
    table[rows, columns] = 1
    return table


def _teaching(mentors: tuple[Person, ...], mentees: tuple[Person, ...]) -> Teaching:
    taught = {skill for person in mentors for skill in person.levels}
    wanted = {skill for person in mentees for skill in person.goals}
    first = {skill: HIGHEST_LEVEL * code for skill, code in _codes(taught & wanted).items()}
    reaches = np.zeros((len(mentors), HIGHEST_LEVEL * len(first)), dtype=np.float32)
    for row, person in enumerate(mentors):
        for skill in first.keys() & person.levels.keys():
            reaches[row, first[skill] : first[skill] + person.levels[skill]] = 1
    lifts = np.zeros((HIGHEST_LEVEL * len(first), len(mentees)), dtype=np.float32)
    above = np.zeros_like(lifts)
    weight = [0] * len(mentees)
    for column, person in enumerate(mentees):
        for skill, goal in person.goals.items():
            level, target = person.levels.get(skill, 0), goal.target
            if target > level:
                weight[column] += goal.weight
            if skill in first and level < HIGHEST_LEVEL:
                above[first[skill] + level, column] = 1
            if skill in first and target > level:
                share = goal.weight * SHARE // (target - level)
                lifts[first[skill] + level : first[skill] + target, column] = share
    has_goals = _truths(bool(person.goals) for person in mentees)
    return Teaching(reaches, lifts, above, _integers(weight), has_goals)
