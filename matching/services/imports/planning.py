"""What a file would change: each row beside what the database holds."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from matching.models import Programme
from matching.queries.roster import (
    KnownPerson,
    Standing,
    known_people,
    known_skills,
    standing_people,
)
from matching.queries.standing import held_sides, side_taken_away
from matching.services.imports.columns import COLUMNS, PersonRow
from matching.services.imports.loops import loop_in_words, manager_loops
from matching.services.imports.problems import FileRefused, Offer, Problem
from matching.services.imports.reading import Table, read_table
from matching.services.imports.rows import read_rows
from matching.wording import held_side_in_words

# Columns that are fields of a participant under the same name.
FIELDS = tuple(name for name in COLUMNS if name not in {"email", "name", "expertise", "goals"})


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one person: what it says now and what it would say, as in the file."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """`person` is None for a refused row, `standing` for somebody new in the programme."""

    number: int
    outcome: Outcome
    email: str = ""
    name: str = ""
    person: PersonRow | None = None
    standing: Standing | None = None
    account: KnownPerson | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """`lacks` are columns without which a file is no list of people; then it has no rows.

    `loops` tells of managers that go round in a circle, `offer` how else the file may be read.
    """

    rows: tuple[RowPlan, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    new_skills: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    offer: Offer | None = None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def refused(self) -> int:
        """Rows with a problem; a file that cannot be read at all counts the row where it fails."""
        return len({problem.row for problem in self.problems})

    @property
    def is_clean(self) -> bool:
        return not self.problems

    @property
    def figures(self) -> dict[str, Any]:
        return {
            "created": self.count(Outcome.CREATED),
            "changed": self.count(Outcome.CHANGED),
            "unchanged": self.count(Outcome.UNCHANGED),
            "refused": self.refused,
            "problems": [
                {"row": fault.row, "column": fault.column, "problem": fault.problem}
                for fault in self.problems
            ],
        }


def plan_import(
    content: bytes,
    programme: Programme | None,
    *,
    may_create_skills: bool = False,
    encoding: str = "",
) -> ImportPlan:
    """Compare a file with the database; changes nothing. Eight queries, however many people.

    `programme` is None while it does not exist yet: then everybody is new in it.
    """
    try:
        table = read_table(content, encoding)
    except FileRefused as refusal:
        return refused_plan(refusal)
    return plan_table(table, programme, may_create_skills=may_create_skills)


def refused_plan(refusal: FileRefused) -> ImportPlan:
    return ImportPlan(problems=refusal.problems, lacks=refusal.lacks, offer=refusal.offer)


def plan_table(
    table: Table, programme: Programme | None, *, may_create_skills: bool = False
) -> ImportPlan:
    """The same of a file that is read already."""
    skills = known_skills()
    people, problems = read_rows(table, skills, may_create_skills=may_create_skills)
    accounts = known_people([person.email for person in people])
    standing = standing_people(programme) if programme else {}
    held = held_sides(programme) if programme else set()
    problems = sorted([*problems, *_sides_taken_away(people, standing, held)])
    refused = {problem.row for problem in problems}
    people = [person for person in people if person.number not in refused]
    planned = [
        _plan_row(person, standing.get(person.email), accounts.get(person.email), table.columns)
        for person in people
    ]
    planned += _refused_rows(table.lines, problems)
    return ImportPlan(
        rows=tuple(sorted(planned, key=lambda row: row.number)),
        problems=tuple(problems),
        unknown_columns=table.unknown,
        new_skills=_new_skills(people, skills),
        loops=_loops(people, standing),
    )


def _sides_taken_away(
    people: Iterable[PersonRow],
    standing: dict[str, Standing],
    held: Container[tuple[int, str]],
) -> Iterator[Problem]:
    """Who stands in a pair keeps the side they stand on: the pair would have nobody there."""
    for person in people:
        known = standing.get(person.email)
        if known and (side := side_taken_away(known.row.pk, known.row.role, person.role, held)):
            yield Problem(person.number, "role", held_side_in_words(side))


def _loops(people: list[PersonRow], standing: dict[str, Standing]) -> tuple[str, ...]:
    managers = {email: known.row.manager_email for email, known in standing.items()}
    names = {email: known.name for email, known in standing.items()}
    names |= {person.email: person.name for person in people}
    return tuple(loop_in_words(loop, names) for loop in manager_loops(people, managers))


def _plan_row(
    person: PersonRow,
    standing: Standing | None,
    account: KnownPerson | None,
    columns: tuple[str, ...],
) -> RowPlan:
    changes = _changes(person, standing, account) if standing else ()
    outcome = Outcome.UNCHANGED if standing else Outcome.CREATED
    return RowPlan(
        number=person.number,
        outcome=Outcome.CHANGED if changes else outcome,
        email=person.email,
        name=person.name,
        person=person,
        standing=standing,
        account=account,
        changes=changes,
        notes=_notes(person, standing, account, columns),
    )


def _changes(
    person: PersonRow, standing: Standing, account: KnownPerson | None
) -> tuple[Change, ...]:
    found = []
    if account and account.name != person.name and account.may_be_renamed:
        found.append(Change("name", account.name, person.name))
    for column in FIELDS:
        if column not in person.given:
            continue
        before, after = getattr(standing.row, column), getattr(person, column)
        if _plain(before) != _plain(after):
            found.append(Change(column, _plain(before), _plain(after)))
    if "expertise" in person.given and standing.levels != person.expertise:
        found.append(Change("expertise", _plain(standing.levels), _plain(person.expertise)))
    if "goals" in person.given:
        goals = {name: (goal.target, goal.weight) for name, goal in standing.goals.items()}
        wanted = {name: (goal.target, goal.weight) for name, goal in person.goals.items()}
        if goals != wanted:
            found.append(Change("goals", _plain(goals), _plain(wanted)))
    return tuple(found)


def _plain(value: Any) -> str:
    """A value as one would write it into the file; also how two values are compared."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ";".join(f"{name}:{_level(level)}" for name, level in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _level(level: int | tuple[int, int]) -> str:
    if isinstance(level, tuple):
        return f"{level[0]}{'!' * (level[1] - 1)}"
    return str(level)


def _notes(
    person: PersonRow,
    standing: Standing | None,
    account: KnownPerson | None,
    columns: tuple[str, ...],
) -> tuple[str, ...]:
    """What a coordinator should know about a row although nothing is wrong with it."""
    notes = []
    if account and account.name != person.name and not account.may_be_renamed:
        notes.append(
            _("Goes on as “%(name)s”: this person uses the portal already and names themselves.")
            % {"name": account.name}
        )
    if standing and standing.row.withdrawn_at:
        notes.append(_("Has left the programme, and stays out of it."))
    if missing := [name for name in columns if name not in person.given]:
        notes.append(
            _("The row ends early: %(columns)s stay as they are.") % {"columns": ", ".join(missing)}
        )
    levels = person.expertise
    reached = [name for name, goal in person.goals.items() if levels.get(name, 0) >= goal.target]
    if reached:
        notes.append(
            _("Already at the level asked for: %(skills)s.") % {"skills": ", ".join(reached)}
        )
    return tuple(notes)


def _refused_rows(lines: Iterable[Any], problems: list[Problem]) -> list[RowPlan]:
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    return [
        RowPlan(
            number=line.number,
            outcome=Outcome.REFUSED,
            email=line.cells["email"],
            name=line.cells["name"],
            problems=tuple(by_row[line.number]),
        )
        for line in lines
        if line.number in by_row
    ]


def _new_skills(people: list[PersonRow], skills: dict[str, str]) -> tuple[str, ...]:
    named = {name for person in people for name in (*person.expertise, *person.goals)}
    return tuple(sorted(name for name in named if name.casefold() not in skills))
