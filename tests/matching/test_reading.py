"""From bytes to rows: files as people really save them."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from matching.services.imports.problems import FileRefused
from matching.services.imports.reading import read_table
from matching.services.imports.rows import read_rows

GOOD = "email,name,role\namira@example.org,Amira,mentor\n"


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_table(content)
    return " | ".join(
        f"{fault.row}/{fault.column}: {fault.problem}" for fault in caught.value.problems
    )


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        b"\r\n\n" + GOOD.encode(),
        GOOD.replace("email", " E-Mail ".replace("-", "")).encode(),
        b'"email","name","role"\r\n"amira@example.org","Amira","mentor"',
    ],
)
def test_a_csv_file_is_read_however_it_was_saved(content: bytes) -> None:
    (line,) = read_table(content).lines
    assert line.cells == {"email": "amira@example.org", "name": "Amira", "role": "mentor"}


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    content = 'email,name,role\n\n"a@example.org","A\nB",mentor\n,,\nb@example.org,B,mentee\n'
    lines = read_table(content.encode()).lines
    assert [(line.number, line.cells["name"]) for line in lines] == [(3, "A B"), (5, "B")]


def test_unknown_columns_are_told_and_left_out() -> None:
    table = read_table(b"email,shoe size,name,role\na@example.org,44,A,mentor\n")
    assert table.unknown == ("shoe_size",)
    assert "shoe_size" not in table.lines[0].cells


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "1/: There is nothing in this file."),
        (b"\xef\xbb\xbf \n\n", "1/: There is nothing in this file."),
        (b",,\n,,\n", "1/: There is nothing in this file."),
        (b"%PDF-1.7\n%\xe2\xe3", "1/: This is a PDF."),
        (b"email,name,role\n", "2/: The file names its columns, but nobody is in it"),
        (b"a@example.org;A;mentor\n", "1/: The first row must name the columns"),
        (b"email|name|role\na@example.org|A|mentor\n", "not separated by commas"),
        (b"a@example.org,A,mentor\n", "1/: The first row must name the columns"),
        (b"email,name,role,name\na@example.org,A,mentor,B\n", "1/name: This column stands here tw"),
        (b"email,department\na@example.org,Ops\n", "1/name: This column is missing"),
        (b"email,name,role\na@example.org,\xe9,mentor\n", "2/name: A character here is not UTF-8"),
        ("email,name,role\n".encode("utf-16-le"), "neither CSV in UTF-8 nor XLSX"),
        (b'email,name,role\na@example.org,"A,mentor\n', "The quotation marks do not close"),
        (b"PK\x03\x04 not a zip", "This workbook cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_place(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_a_row_torn_by_a_comma_is_a_problem_of_that_row() -> None:
    table = read_table(b"email,name,role\na@example.org,Haddad, Amira,mentor\n")
    assert [(fault.row, "more cells" in fault.problem) for fault in table.problems] == [(2, True)]


def test_a_workbook_reads_like_its_csv() -> None:
    content = workbook(
        ["email", "name", "role", "capacity", "seniority_years"],
        ["amira@example.org", "Amira", "mentor", 2.0, 3.5],
        [None, None, None, None, None],
        ["bo@example.org", "Bo", "mentee", 1, None],
    )
    book = read_table(content)
    assert [line.number for line in book.lines] == [2, 4]
    assert book.lines[0].cells["capacity"] == "2"
    assert book.lines[0].cells["seniority_years"] == "3.5"


def test_every_formula_of_a_workbook_is_told_by_the_name_of_its_column() -> None:
    content = workbook(
        ["email", "name", "role", "shoe size"],
        ["a@example.org", "=1+1", "mentor", "=2*21"],
        ["=A2", "B", '="men"&"tor"', 44],
    )
    _people, problems = read_rows(read_table(content), {}, may_create_skills=False)
    assert [(fault.row, fault.column) for fault in problems] == [
        (2, "name"),
        (3, "email"),
        (3, "role"),
    ]
    assert {fault.problem for fault in problems} == {
        "This cell holds a formula. Put its value there instead."
    }


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_file_with_semicolons_is_read_when_only_they_split_its_header(mark: str) -> None:
    header = ";".join(f"{mark}{name}{mark}" for name in ("email", "name", "role", "languages"))
    table = read_table(f'{header}\na@example.org;"Haddad, Amira";mentor;"en;de"\n'.encode())
    assert table.problems == ()
    assert table.lines[0].cells | {"email": ""} == {
        "email": "",
        "name": "Haddad, Amira",
        "role": "mentor",
        "languages": "en;de",
    }


@pytest.mark.parametrize("row", ["a@example.org;A;mentor;en;de;", "a@example.org;A;mentor;en"])
def test_a_list_torn_by_its_own_semicolons_is_refused(row: str) -> None:
    table = read_table(f"email;name;role;languages;interests\n{row}\n".encode())
    assert [(fault.row, fault.column) for fault in table.problems] == [(2, "")]
    assert "Put lists with semicolons into quotation marks" in table.problems[0].problem


def test_a_text_that_begins_like_a_formula_is_data_in_csv() -> None:
    table = read_table(b"email,name,role\na@example.org,=1+1,mentor\n")
    assert table.lines[0].cells["name"] == "=1+1"


def test_a_zip_that_unpacks_to_a_mountain_is_refused_unread() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
    assert "unpacks to far more" in refused(kept.getvalue())


def test_a_workbook_with_a_far_last_row_does_not_take_for_ever() -> None:
    book = Workbook()
    book.active.append(["email", "name", "role"])
    book.active.append(["a@example.org", "A", "mentor"])
    book.active.cell(row=1_048_576, column=1).value = " "
    kept = io.BytesIO()
    book.save(kept)
    assert len(read_table(kept.getvalue()).lines) == 1


@pytest.mark.parametrize("letter", ["\x00", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_character_that_is_not_seen_is_a_problem_of_its_cell(letter: str) -> None:
    table = read_table(f"email,name,role\na@example.org,A{letter}B,mentor\n".encode())
    assert [(fault.row, fault.column) for fault in table.problems] == [(2, "name")]


def test_joiners_that_some_scripts_need_are_kept() -> None:
    name = "\u0645\u06cc\u200c\u0646\u0627 \u0915\u094d\u200d\u0937"
    table = read_table(f"email,name,role\na@example.org,{name},mentor\n".encode())
    assert (table.problems, table.lines[0].cells["name"]) == ((), name)


@pytest.mark.slow
def test_twenty_thousand_rows_are_read() -> None:
    rows = "".join(f"p{n}@example.org,Person {n},mentor\n" for n in range(20_000))
    assert len(read_table(f"email,name,role\n{rows}".encode()).lines) == 20_000
