"""From a line of texts to a person: every cell is read, every fault is told at once."""

from collections import Counter
from collections.abc import Callable, Container, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from matching.enums import Meets, Role, Style
from matching.services.imports import cells
from matching.services.imports.columns import REQUIRED, PersonRow
from matching.services.imports.problems import Problem
from matching.services.imports.reading import Line, Table

Reader = Callable[[str], Any]

READERS: dict[str, Reader] = {
    "email": cells.read_email,
    "name": cells.read_text,
    "role": cells.read_choice(Role),
    "department": cells.read_text,
    "job_title": cells.read_text,
    "location": cells.read_text,
    "seniority_years": cells.read_years,
    "manager_email": cells.read_email,
    "time_zone": cells.read_zone,
    "languages": cells.read_languages,
    "meets": cells.read_choice(Meets),
    "style": cells.read_choice(Style),
    "interests": cells.read_interests,
    "capacity": cells.read_capacity,
}


def read_rows(
    table: Table, skills: Mapping[str, str], *, may_create_skills: bool
) -> tuple[list[PersonRow], list[Problem]]:
    """The people of a table and everything that is wrong in it, in the order of the rows.

    `skills` maps names without case to how they are written. A row with a fault gives no person.
    New skills are written as the first row that names them does.
    """
    known = dict(skills)
    readers: dict[str, Reader] = {
        **READERS,
        "expertise": partial(cells.read_expertise, skills=known),
        "goals": partial(cells.read_goals, skills=known),
    }
    people: list[PersonRow] = []
    problems = list(table.problems)
    told = {(problem.row, problem.column) for problem in problems}
    spoilt = {problem.row for problem in problems}
    # Where the cells of a row cannot be told apart, each of them would seem wrong.
    torn = {problem.row for problem in problems if not problem.column}
    for line in table.lines:
        if line.number in torn:
            continue
        values, faults = _read_line(line, readers, told)
        faults += _settle_skills(line, values, known, may_create_skills)
        if not faults and line.number not in spoilt:
            given = frozenset(line.cells)
            people.append(PersonRow(number=line.number, given=given, **values))
        problems += faults
    problems += _repeated(table)
    refused = {problem.row for problem in problems}
    return [person for person in people if person.number not in refused], sorted(set(problems))


def _read_line(
    line: Line, readers: Mapping[str, Reader], told: Container[tuple[int, str]]
) -> tuple[dict[str, Any], list[Problem]]:
    """Values and faults of one row; `told` are cells of which it is known that they are bad."""
    values: dict[str, Any] = {}
    faults: list[Problem] = []
    for column, text in line.cells.items():
        if not text:
            if column in REQUIRED and (line.number, column) not in told:
                faults.append(Problem(line.number, column, _("This cell must not be empty.")))
            continue
        try:
            values[column] = readers[column](text)
        except cells.CellRefused as refusal:
            faults += [Problem(line.number, column, text) for text in refusal.problems]
            if refusal.skills:
                values[column] = dict.fromkeys(refusal.skills)
    if values.get("manager_email") and values["manager_email"] == values.get("email"):
        problem = _("Nobody is their own manager. Leave the cell empty for someone without one.")
        faults.append(Problem(line.number, "manager_email", problem))
    return values, faults


def _settle_skills(
    line: Line, values: dict[str, Any], known: dict[str, str], may_create: bool
) -> list[Problem]:
    """Write each skill as it is known, and say which are not."""
    faults = []
    for column in ("expertise", "goals"):
        for name in values.get(column, ()):
            if name.casefold() in known:
                continue
            if may_create:
                known[name.casefold()] = name
                continue
            problem = _("There is no skill “%(name)s”. Mend its name, or let it be created.")
            faults.append(Problem(line.number, column, problem % {"name": name}))
        values[column] = {
            known.get(name.casefold(), name): value
            for name, value in values.get(column, {}).items()
        }
    return faults


def _repeated(table: Table) -> list[Problem]:
    """Every later row of an address that an earlier row has; an address has no case."""
    first: dict[str, int] = {}
    found = []
    times = Counter(line.cells["email"].lower() for line in table.lines)
    for line in table.lines:
        email = line.cells["email"].lower()
        if not email or times[email] == 1:
            continue
        if email in first:
            problem = _("This address already stands in row %(row)d.") % {"row": first[email]}
            found.append(Problem(line.number, "email", problem))
        first.setdefault(email, line.number)
    return found
