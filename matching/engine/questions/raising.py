"""One skill one level higher: who would then be allowed with whom, and at what score.

Of all rules and criteria only two look at levels, so that the rest is taken from the people as
they are, and a raised level is a row (or a column) of its own in those two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from matching.engine.constraints import teaches_nothing
from matching.engine.graph import BoolArray, Whole
from matching.engine.problem import HIGHEST_LEVEL, Person, Problem
from matching.engine.questions.survey import Survey, least_points
from matching.engine.scoring import parts, scores
from matching.engine.tables import Tables, tables_of

# A person's place on their side, and the skill.
Raise = tuple[int, str]
SKILL_GAP = "skill_gap"
AT_ONCE = 512


def worth_raising_mentors(
    people: Survey, rows: BoolArray, columns: BoolArray, always: BoolArray
) -> list[Raise]:
    """Skills in which one level more could let a mentor of `rows` have a mentee of `columns`.

    Mentors of `always` are looked at with every mentee.
    """
    mentors, mentees = people.tables.mentors.people, people.tables.mentees.people
    poor = ~people.apart & ~people.allowed
    poor &= (rows[:, None] & columns) | always[:, None]
    found: list[Raise] = []
    for skill in sorted({skill for person in mentees for skill in person.goals}):
        wants = np.array(
            [p.levels.get(skill, 0) if skill in p.goals else HIGHEST_LEVEL for p in mentees],
            dtype=np.int64,
        )
        level = np.array([person.levels.get(skill, 0) for person in mentors], dtype=np.int64)
        reached = (poor & (wants <= level[:, None])).any(axis=1) & (level < HIGHEST_LEVEL)
        found += [(row, skill) for row in reached.nonzero()[0].tolist()]
    return sorted(found)


def worth_raising_mentees(people: Survey, columns: BoolArray) -> list[Raise]:
    """Goals of these mentees that one level more would change."""
    return [
        (column, skill)
        for column in columns.nonzero()[0].tolist()
        for skill, goal in sorted(people.tables.mentees.people[column].goals.items())
        if people.tables.mentees.people[column].levels.get(skill, 0) < goal.target
    ]


def raised_mentors(
    problem: Problem, people: Survey, wanted: Sequence[Raise]
) -> Iterator[tuple[BoolArray, Whole]]:
    """For each: the mentees then allowed, and the scores with all of them."""
    tables = people.tables
    for some in _runs(wanted):
        raised = replace(
            problem, mentors=_ghosts(tables.mentors.people, some), locked=(), forbidden=()
        )
        changed = tables_of(raised)
        # Their names are made to keep the order in which they were asked for.
        every = np.arange(len(some))
        rows = np.array([row for row, _ in some], dtype=np.int64)
        worth = scores(tables, rows) - parts(tables, rows)[SKILL_GAP]
        worth = worth + parts(changed, every)[SKILL_GAP]
        allowed = ~people.apart[rows] & ~teaches_nothing(changed, every)
        allowed &= worth >= least_points(tables)
        yield from zip(allowed, worth, strict=True)


def raised_mentees(
    problem: Problem, people: Survey, wanted: Sequence[Raise]
) -> Iterator[tuple[BoolArray, Whole]]:
    """For each: the mentors then allowed, and the scores with all of them."""
    tables = people.tables
    for some in _runs(wanted):
        raised = replace(
            problem, mentees=_ghosts(tables.mentees.people, some), locked=(), forbidden=()
        )
        changed = tables_of(raised)
        columns = np.array([column for column, _ in some], dtype=np.int64)
        nobody = np.zeros((0, len(some)), dtype=np.int64)
        found = [(nobody == 1, nobody)]
        for rows in tables.blocks(np.arange(len(tables.mentors.people))):
            found.append(_raised_columns(tables, changed, people, rows, columns))
        allowed = np.concatenate([block[0] for block in found])
        worth = np.concatenate([block[1] for block in found])
        yield from zip(allowed.T, worth.T, strict=True)


def _raised_columns(
    tables: Tables, changed: Tables, people: Survey, rows: Whole, columns: Whole
) -> tuple[BoolArray, Whole]:
    worth = (scores(tables, rows) - parts(tables, rows)[SKILL_GAP])[:, columns]
    worth = worth + parts(changed, rows)[SKILL_GAP]
    allowed = ~people.apart[np.ix_(rows, columns)] & ~teaches_nothing(changed, rows)
    return allowed & (worth >= least_points(tables)), worth


def _runs(wanted: Sequence[Raise]) -> Iterator[Sequence[Raise]]:
    for first in range(0, len(wanted), AT_ONCE):
        yield wanted[first : first + AT_ONCE]


def _ghosts(people: Sequence[Person], wanted: Iterable[Raise]) -> tuple[Person, ...]:
    return tuple(
        replace(
            people[place],
            id=f"{number:09}",
            levels={**people[place].levels, skill: people[place].levels.get(skill, 0) + 1},
        )
        for number, (place, skill) in enumerate(wanted)
    )
