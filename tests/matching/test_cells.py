"""One row with one bad cell: each fault is told in words, at its column."""

from typing import Any

import pytest

from matching.services.imports.reading import read_table
from matching.services.imports.rows import read_rows

KNOWN = {"databases": "Databases", "web: front end": "Web: front end"}
FIRST = {"email": "amira@example.org", "name": "Amira", "role": "mentor"}


def read(may_create: bool = False, **cells: str) -> tuple[Any, list[Any]]:
    row = FIRST | cells
    line = ",".join('"' + text.replace('"', '""') + '"' for text in row.values())
    table = read_table(f"{','.join(row)}\n{line}\n".encode())
    people, problems = read_rows(table, KNOWN, may_create_skills=may_create)
    return (people[0] if people else None), problems


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("email", "", "must not be empty"),
        ("email", "amira", "“amira” is not an email address"),
        ("email", "a@b@c.org", "is not an email address"),
        ("name", "", "must not be empty"),
        ("name", "A" * 201, "longer than 200"),
        ("role", "", "must not be empty"),
        ("role", "pupil", "“pupil” is none of: mentor, mentee, both."),
        ("meets", "sometimes", "none of: online, in_person, either"),
        ("style", "loud", "none of: quiet, outgoing, either"),
        ("seniority_years", "many", "not a number of years"),
        ("seniority_years", "-1", "not a number of years"),
        ("seniority_years", "4,5", "not a number of years"),
        ("seniority_years", "NaN", "not a number of years"),
        ("seniority_years", "1e3", "not a number of years"),
        ("seniority_years", "4.125", "at most two decimals"),
        ("capacity", "0", "from 1 to"),
        ("capacity", "1.5", "from 1 to"),
        ("capacity", "-2", "from 1 to"),
        ("capacity", "²", "from 1 to"),
        ("capacity", "99999999", "from 1 to"),
        ("manager_email", "boss", "is not an email address"),
        ("manager_email", "AMIRA@example.org", "Nobody is their own manager"),
        ("time_zone", "London", "Write it as Europe/London"),
        ("time_zone", "../etc/passwd", "is not a time zone"),
        ("time_zone", "localtime", "is not a time zone"),
        ("time_zone", "Factory", "is not a time zone"),
        ("time_zone", "posixrules", "is not a time zone"),
        ("languages", "en;english", "“english” is not a language of two letters"),
        ("interests", "x" * 101, "longer than 100"),
        ("expertise", "Databases:6", "a level is a number from 0 to 5"),
        ("expertise", "Databases:-1", "a level is a number from 0 to 5"),
        ("expertise", "Databases:three", "a level is a number from 0 to 5"),
        ("expertise", "Databases:", "a level is a number from 0 to 5"),
        ("expertise", ":3", "names no skill"),
        ("expertise", "Databases:3;databases:2", "stands here twice"),
        ("expertise", "Basket weaving:3", "There is no skill “Basket weaving”"),
        ("goals", "Databases", "needs its level from 1 to 5"),
        ("goals", "Databases:0", "needs its level from 1 to 5"),
        ("goals", "Databases:6", "needs its level from 1 to 5"),
        ("goals", "Databases:!3", "needs its level from 1 to 5"),
        ("goals", "Databases:3!!!", "at most two exclamation marks"),
        ("goals", "Juggling:3", "There is no skill “Juggling”"),
    ],
)
def test_a_bad_cell_is_told_at_its_column(column: str, text: str, told: str) -> None:
    person, problems = read(**{column: text})
    assert person is None
    assert [fault.column for fault in problems] == [column]
    assert told in problems[0].problem
    assert problems[0].row == 2


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("email", "Amira@Example.ORG", "amira@example.org"),
        ("name", "  Amira   Haddad ", "Amira Haddad"),
        ("role", "Both", "both"),
        ("languages", "EN; de;en;", ("en", "de")),
        ("interests", "Jazz;jazz; open data", ("Jazz", "open data")),
        ("expertise", "databases", {"Databases": 3}),
        ("expertise", "Databases: 0", {"Databases": 0}),
        ("expertise", "Web: front end", {"Web: front end": 3}),
        ("expertise", "Web: front end:5", {"Web: front end": 5}),
        ("capacity", "", 1),
        ("meets", "", "either"),
    ],
)
def test_a_good_cell_is_read_as_it_was_meant(column: str, text: str, value: object) -> None:
    person, problems = read(**{column: text})
    assert problems == []
    assert getattr(person, column) == value


def test_exclamation_marks_make_a_goal_weigh_more() -> None:
    person, _problems = read(goals="Databases:4!!;Web: front end:2!")
    goals = {name: (goal.target, goal.weight) for name, goal in person.goals.items()}
    assert goals == {"Databases": (4, 3), "Web: front end": (2, 2)}


def test_unknown_skills_may_be_created_under_one_spelling() -> None:
    person, problems = read(may_create=True, expertise="Juggling:2", goals="juggling:4")
    assert problems == []
    assert (list(person.expertise), list(person.goals)) == (["Juggling"], ["Juggling"])


def test_every_fault_of_a_row_is_told_at_once() -> None:
    _person, problems = read(email="amira", role="pupil", capacity="0")
    assert {fault.column for fault in problems} == {"email", "role", "capacity"}


@pytest.mark.parametrize("column", ["expertise", "goals"])
def test_every_fault_of_a_list_is_told_at_once(column: str) -> None:
    text = "Databases:9;Juggling:3;Weaving:0x;:2"
    _person, problems = read(**{column: text})
    told = " | ".join(fault.problem for fault in problems)
    assert {fault.column for fault in problems} == {column}
    for words in ("“Databases:9”: a ", "no skill “Juggling”", "“Weaving:0x”: a ", "“:2” names no"):
        assert words in told
    assert "no skill “Weaving”" in told
    assert len(problems) == 5


def test_every_strange_language_is_told_at_once() -> None:
    _person, problems = read(languages="english;de;Deutsch")
    assert [fault.problem.split()[0] for fault in problems] == ["“deutsch”", "“english”"]


def test_an_address_may_stand_in_a_file_once_whatever_its_case() -> None:
    table = read_table(
        b"email,name,role\na@example.org,A,mentor\nb@example.org,B,mentor\nA@Example.org,C,mentee\n"
    )
    people, problems = read_rows(table, KNOWN, may_create_skills=False)
    assert [(fault.row, fault.problem) for fault in problems] == [
        (4, "This address already stands in row 2.")
    ]
    assert [person.number for person in people] == [2, 3]
