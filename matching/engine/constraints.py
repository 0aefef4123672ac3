"""Which mentor may be matched with which mentee, and the first rule against it.

Each rule answers for some mentors (`rows`) against all mentees: a matrix of those it bars.
"""

from collections.abc import Callable, Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray

from matching.engine.graph import BoolArray, IntArray, Whole
from matching.engine.problem import Problem, exact
from matching.engine.tables import DAY, UNKNOWN, Tables, shared, tables_of

WORKING_DAY = 8

# For each mentor and mentee, a place in CODES.
Verdicts = NDArray[np.int8]


def same_person(tables: Tables, rows: IntArray) -> BoolArray:
    return _equal(tables.mentors.code[rows], tables.mentees.code)


def forbidden(tables: Tables, rows: IntArray) -> BoolArray:
    return marked([tables.forbidden[row] for row in rows], len(tables.mentees.people))


def reporting_line(tables: Tables, rows: IntArray) -> BoolArray:
    mentors, mentees = tables.mentors, tables.mentees
    barred = _equal(mentors.manager[rows], mentees.code)
    barred |= _equal(mentors.managers_manager[rows], mentees.code)
    barred |= _equal(mentors.code[rows], mentees.manager)
    barred |= _equal(mentors.code[rows], mentees.managers_manager)
    return barred


def not_junior(tables: Tables, rows: IntArray) -> BoolArray:
    mentor, mentee = tables.mentors.seniority[rows][:, None], tables.mentees.seniority
    # An unknown mentor stands below every mentee that is known.
    older: BoolArray = (mentor >= mentee) & (mentee != UNKNOWN)
    barred: BoolArray = older & tables.rules.mentor_is_junior
    return barred


def no_language(tables: Tables, rows: IntArray) -> BoolArray:
    both_name_some = tables.mentors.names_language[rows][:, None] & tables.mentees.names_language
    in_common = shared(tables.mentors.languages[rows], tables.mentees.languages.T)
    barred: BoolArray = both_name_some & (in_common == 0) & tables.rules.shared_language
    return barred


def no_hours(tables: Tables, rows: IntArray) -> BoolArray:
    least = ceil(exact(tables.rules.working_hours_overlap))
    barred: BoolArray = knows_hours(tables, rows) & (whole_hours(tables, rows) < least)
    return barred


def teaches_nothing(tables: Tables, rows: IntArray) -> BoolArray:
    above = shared(tables.teaching.reaches[rows], tables.teaching.above)
    barred: BoolArray = tables.teaching.has_goals & (above == 0)
    return barred


RULES: tuple[Callable[[Tables, IntArray], BoolArray], ...] = (
    same_person,
    forbidden,
    reporting_line,
    not_junior,
    no_language,
    no_hours,
    teaches_nothing,
)
BELOW_MINIMUM = "below_minimum"
# In the order in which they are asked; 0 is allowed.
CODES = (None, *(rule.__name__ for rule in RULES), BELOW_MINIMUM)
# A locked pair may be a poor one, but no pair that the rules keep apart.
RULES_FOR_LOCKED = RULES[:-1]


def verdicts(tables: Tables, rows: IntArray, scores: Whole) -> Verdicts:
    """The place in CODES of the first rule that bars each mentor of `rows` from each mentee."""
    found = _first_failing(tables, rows, RULES)
    least = ceil(exact(tables.rules.minimum_score) * 1000)
    below = CODES.index(BELOW_MINIMUM)
    np.copyto(found, below, where=(found == 0) & (scores < least), casting="unsafe")
    return found


def locked_failures(problem: Problem) -> Iterator[tuple[tuple[str, str], str | None]]:
    """Each locked pair, with the code of the first rule it breaks although locked."""
    if not problem.locked:
        return
    tables = tables_of(problem)
    rows = np.array([tables.mentors.place[mentor] for mentor, _ in problem.locked])
    columns = np.array([tables.mentees.place[mentee] for _, mentee in problem.locked])
    pairs = iter(problem.locked)
    for few in tables.pairwise(rows, columns):
        found = _first_failing(few, np.arange(len(few.mentors.people)), RULES_FOR_LOCKED)
        for code in found.diagonal().tolist():
            yield next(pairs), CODES[code]


def _first_failing(
    tables: Tables, rows: IntArray, rules: tuple[Callable[[Tables, IntArray], BoolArray], ...]
) -> Verdicts:
    found = np.zeros((len(rows), len(tables.mentees.people)), dtype=np.int8)
    for place in range(len(rules), 0, -1):
        np.copyto(found, place, where=rules[place - 1](tables, rows), casting="unsafe")
    return found


def knows_hours(tables: Tables, rows: IntArray) -> BoolArray:
    return tables.mentors.knows_offset[rows][:, None] & tables.mentees.knows_offset


def whole_hours(tables: Tables, rows: IntArray) -> Whole:
    """The longest stretch in which both work 9 to 17, in whole hours, rounded down.

    Two working days of 8 hours on a cycle of 24 meet in one stretch at most.
    """
    day = DAY * tables.hour
    # People are many, their zones few.
    mentor_zones, mentor_zone = np.unique(tables.mentors.offset[rows], return_inverse=True)
    mentee_zones, mentee_zone = np.unique(tables.mentees.offset, return_inverse=True)
    apart = abs(mentor_zones[:, None] - mentee_zones)
    together = np.maximum(WORKING_DAY * tables.hour - np.minimum(apart, day - apart), 0)
    hours: Whole = (together // tables.hour).astype(np.int8)
    return hours[:, mentee_zone][mentor_zone]


def marked(places: list[IntArray], columns: int) -> BoolArray:
    """A matrix that is true at the given columns of each row."""
    found = np.zeros((len(places), columns), dtype=np.bool_)
    for row, there in enumerate(places):
        if len(there):
            found[row, there] = True
    return found


def _equal(rows: IntArray, columns: IntArray) -> BoolArray:
    """Where both are known and the same."""
    same: BoolArray = (rows[:, None] == columns) & (columns != UNKNOWN)
    return same
