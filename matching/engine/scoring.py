"""What a pair is worth: whole thousandths of a point, criterion by criterion."""

from dataclasses import fields

import numpy as np

from matching.engine.constraints import knows_hours, marked, whole_hours
from matching.engine.graph import BoolArray, IntArray, Whole, whole_numbers, with_room
from matching.engine.problem import EITHER, MEETS, STYLE_RULES, STYLES, Weights, folded
from matching.engine.tables import SHARE, UNKNOWN, Tables, shared

CRITERIA = tuple(field.name for field in fields(Weights))
THOUSAND = 1000
EXACT_IN_FLOAT64 = 2**52
ENOUGH_INTERESTS = 3
COMFORTABLE_HOURS = 4
SIMILAR, _, IGNORE = STYLE_RULES


def parts(tables: Tables, rows: IntArray) -> dict[str, Whole]:
    """The parts of the score of each mentor of `rows` with each mentee, by criterion."""
    weights = tables.weights
    return {
        "skill_gap": _skill_gap(tables, rows),
        "interests": _steps(_shared_interests(tables, rows), ENOUGH_INTERESTS, weights.interests),
        "wishes": _steps(_wishes(tables, rows), 2, weights.wishes),
        "distance": _steps(_distances(tables, rows), 2, weights.distance),
        "way_of_working": _steps(_ways_of_working(tables, rows), 3, weights.way_of_working),
    }


def scores(tables: Tables, rows: IntArray) -> Whole:
    """The sums of the parts."""
    by_criterion = parts(tables, rows)
    largest = 2 * most_points(tables.weights)
    shape = (len(rows), len(tables.mentees.people))
    total = with_room(np.zeros(shape, dtype=np.int64), largest)
    for part in by_criterion.values():
        # A part may have needed more room on the way than its points do.
        total += part.astype(total.dtype, copy=False)
    return total


def most_points(weights: Weights) -> int:
    """What a perfect match is given, in thousandths."""
    most: int = THOUSAND * sum(getattr(weights, name) for name in CRITERIA)
    return most


def rounded(numerator: int, denominator: int) -> int:
    """Half up, both being ≥ 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def _steps(count: IntArray, full: int, weight: int) -> Whole:
    """The points for `count` of `full` steps of a criterion."""
    points = whole_numbers([rounded(THOUSAND * weight * k, full) for k in range(full + 1)])
    found: Whole = points.take(count, mode="clip")
    return found


def _skill_gap(tables: Tables, rows: IntArray) -> Whole:
    """Σ weight × clamp(E − L, 0, T − L)/(T − L) over the open goals, divided by Σ weight."""
    teaching, weight = tables.teaching, tables.weights.skill_gap
    lifted = shared(teaching.reaches[rows], teaching.lifts).astype(np.float64)
    whole = SHARE * np.maximum(teaching.weight, 1)
    largest = 4 * THOUSAND * max(weight, 1) * int(whole.max(initial=1))
    points: Whole
    if largest < EXACT_IN_FLOAT64:
        # The quotient is off by less than 1/whole: too little to reach another whole number.
        points = ((lifted * (2 * THOUSAND * weight) + whole) / (2 * whole)).astype(np.int64)
    else:
        lifted, whole = (with_room(part.astype(np.int64), largest) for part in (lifted, whole))
        points = (lifted * (2 * THOUSAND * weight) + whole) // (2 * whole)
    return points


def _shared_interests(tables: Tables, rows: IntArray) -> IntArray:
    both = shared(tables.mentors.interests[rows], tables.mentees.interests.T)
    enough: IntArray = np.minimum(both, ENOUGH_INTERESTS).astype(np.int64)
    return enough


def _wishes(tables: Tables, rows: IntArray) -> IntArray:
    columns = len(tables.mentees.people)
    by_mentor = marked([tables.named[row] for row in rows], columns)
    by_mentee = marked([tables.named_by[row] for row in rows], columns)
    return by_mentor.astype(np.int64) + by_mentee


def _distances(tables: Tables, rows: IntArray) -> IntArray:
    mentors, mentees = tables.mentors, tables.mentees
    departments = _differ(mentors.department[rows], mentees.department)
    return departments.astype(np.int64) + _differ(mentors.location[rows], mentees.location)


def _ways_of_working(tables: Tables, rows: IntArray) -> IntArray:
    mentors, mentees = tables.mentors, tables.mentees
    meets = _agree(mentors.meets[rows], mentees.meets, MEETS.index(EITHER))
    hours = ~knows_hours(tables, rows)
    hours |= whole_hours(tables, rows) >= COMFORTABLE_HOURS
    return meets.astype(np.int64) + hours + _styles_fit(tables, rows)


def _styles_fit(tables: Tables, rows: IntArray) -> BoolArray:
    mentor, mentee, either = tables.mentors.style[rows], tables.mentees.style, STYLES.index(EITHER)
    rule = folded(tables.rules.style) or SIMILAR
    if rule == SIMILAR:
        return _agree(mentor, mentee, either)
    fit: BoolArray = (mentor[:, None] != mentee) | (mentor == either)[:, None] | (mentee == either)
    return fit | (rule == IGNORE)


def _agree(mentor: IntArray, mentee: IntArray, either: int) -> BoolArray:
    fit: BoolArray = (mentor[:, None] == mentee) | (mentor == either)[:, None] | (mentee == either)
    return fit


def _differ(mentor: IntArray, mentee: IntArray) -> BoolArray:
    """Where both are known and not the same."""
    apart: BoolArray = mentor[:, None] != mentee
    apart &= (mentor != UNKNOWN)[:, None] & (mentee != UNKNOWN)
    return apart
