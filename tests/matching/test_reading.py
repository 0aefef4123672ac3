"""From bytes to rows: files as people really save them."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from matching.services.imports.problems import FileRefused
from matching.services.imports.reading import read_table

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
        (b"", "1/: The file is empty"),
        (b"\xef\xbb\xbf \n\n", "1/: The file is empty"),
        (b"email,name,role\n", "2/: The file names its columns, but nobody is in it"),
        (b"email;name;role\na@example.org;A;mentor\n", "1/: The columns are not separated by"),
        (b"email\tname\trole\na@example.org\tA\tmentor\n", "not separated by commas"),
        (b"a@example.org,A,mentor\n", "1/: The first row must name the columns"),
        (b"email,name,role,name\na@example.org,A,mentor,B\n", "1/name: This column stands here tw"),
        (b"email,department\na@example.org,Ops\n", "1/name: This column is missing"),
        (b"email,name,role\na@example.org,\xe9,mentor\n", "2/: A character here is not UTF-8"),
        ("email,name,role\n".encode("utf-16"), "neither CSV in UTF-8 nor XLSX"),
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


def test_a_formula_in_a_workbook_is_refused_where_it_stands() -> None:
    content = workbook(["email", "name", "role"], ["a@example.org", "=1+1", "mentor"])
    assert "2/B: This cell holds a formula" in refused(content)


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


def test_a_control_character_is_a_problem_of_its_cell() -> None:
    table = read_table(b"email,name,role\na@example.org,A\x00B,mentor\n")
    assert [(fault.row, fault.column) for fault in table.problems] == [(2, "name")]


@pytest.mark.slow
def test_twenty_thousand_rows_are_read() -> None:
    rows = "".join(f"p{n}@example.org,Person {n},mentor\n" for n in range(20_000))
    assert len(read_table(f"email,name,role\n{rows}".encode()).lines) == 20_000
