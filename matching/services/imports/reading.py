"""From the bytes of a file to a table of texts: no database, no guessing."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.services.imports.columns import COLUMNS, REQUIRED
from matching.services.imports.problems import FileRefused, Problem
from matching.services.imports.workbook import FormulaCell, read_workbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 5_000
# Marks that turn the direction of what follows: a name could show as another one.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not blank: its number in the file and its texts by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`unknown` are columns of the file that mean nothing here; they are left out of the lines."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read_table(content: bytes) -> Table:
    """Read CSV (UTF-8) or XLSX, told apart by their first bytes. Raises `FileRefused`."""
    if len(content) > MOST_BYTES:
        raise FileRefused(Problem(1, "", _("The file is larger than 20 MB. Split it.")))
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused(Problem(1, "", _("There is nothing in this file.")))
    mark = ","
    if content.startswith(b"PK\x03\x04"):
        records: Iterable[list[str]] = read_workbook(content)
    else:
        text = _decode(content)
        mark = _separator(text)
        records = _read_csv(text, mark)
    numbered = enumerate(records, start=1)
    header = _find_header(numbered)
    return _sort_cells(header, numbered, mark)


def _decode(content: bytes) -> str:
    if content.lstrip().startswith(b"%PDF"):
        problem = _("This is a PDF. Save the table it was made from as “CSV UTF-8” or XLSX.")
        raise FileRefused(Problem(1, "", problem))
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            Problem(1, "", _("This is neither CSV in UTF-8 nor XLSX. Save it as “CSV UTF-8”."))
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content.count(b"\n", 0, fault.start) + 1
        problem = _("A character here is not UTF-8. Save the file as “CSV UTF-8” and try again.")
        raise FileRefused(Problem(row, "", problem)) from None


def _separator(text: str) -> str:
    """A semicolon where only that one splits the first row into columns, as Excel writes it in
    most of Europe; else a comma.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    by_comma, by_semicolon = (
        {_column_name(cell.strip('"')) for cell in first.split(mark)} for mark in ",;"
    )
    return ";" if by_semicolon & set(COLUMNS) and not by_comma & set(COLUMNS) else ","


def _read_csv(text: str, mark: str) -> Iterator[list[str]]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    row = 1
    try:
        for record in records:
            yield record
            row += 1
    except csv.Error:
        problem = _("The quotation marks do not close, or a cell is far too long.")
        raise FileRefused(Problem(row, "", problem)) from None


def _find_header(records: Iterator[tuple[int, list[str]]]) -> list[str]:
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        header = [_column_name(cell) for cell in record]
        if len(record) <= 2 and any(mark in cell for mark in "\t|" for cell in record):
            problem = _("The columns are not separated by commas. Save the file with commas.")
            raise FileRefused(Problem(number, "", problem))
        _refuse_header(number, header)
        return header
    raise FileRefused(Problem(1, "", _("There is nothing in this file.")))


def _column_name(cell: str) -> str:
    return clean_text(cell).lower().replace(" ", "_").replace("-", "_")


def _refuse_header(number: int, header: list[str]) -> None:
    if not set(header) & set(COLUMNS):
        problem = _("The first row must name the columns: %(names)s and others.")
        raise FileRefused(Problem(number, "", problem % {"names": ", ".join(REQUIRED)}))
    problems = [
        Problem(number, name, _("This column stands here twice. Keep one of them."))
        for name, times in Counter(header).items()
        if times > 1 and name in COLUMNS
    ]
    lacks = tuple(name for name in REQUIRED if name not in header)
    problems += [
        Problem(number, name, _("This column is missing. Every file must have it."))
        for name in lacks
    ]
    if problems:
        raise FileRefused(*problems, lacks=lacks)


def _sort_cells(header: list[str], records: Iterator[tuple[int, list[str]]], mark: str) -> Table:
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(lines) == MOST_ROWS:
            raise FileRefused(Problem(number, "", _("More than 50,000 people. Split the file.")))
        if fault := _shape_fault(header, record, mark):
            problems.append(Problem(number, "", fault))
        cells = {name: "" for name in header if name in COLUMNS}
        for name, cell in zip(header, record, strict=False):
            if name not in COLUMNS:
                continue
            cells[name] = clean_text(cell)
            if fault := _cell_fault(cell, cells[name]):
                problems.append(Problem(number, name, fault))
                cells[name] = ""
        lines.append(Line(number, cells))
    if not lines:
        raise FileRefused(Problem(2, "", _("The file names its columns, but nobody is in it.")))
    known = tuple(name for name in header if name in COLUMNS)
    unknown = tuple(dict.fromkeys(name for name in header if name and name not in COLUMNS))
    return Table(known, unknown, tuple(lines), tuple(problems))


def _shape_fault(header: list[str], record: list[str], mark: str) -> str:
    """Why the cells of a row cannot be told apart."""
    if mark == ";" and len(record) != len(header):
        # A list torn apart by its own semicolons would fill the columns after it.
        return _(
            "This row has %(cells)d cells, the first %(columns)d. Put lists with semicolons into "
            "quotation marks, or save the file with commas."
        ) % {"cells": len(record), "columns": len(header)}
    if any(cell.strip() for cell in record[len(header) :]):
        return _("This row has more cells than the first. Is a text with commas unquoted?")
    return ""


def clean_text(cell: str) -> str:
    """One line without outer blanks, each letter written one way."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _cell_fault(cell: str, text: str) -> str:
    if isinstance(cell, FormulaCell):
        return _("This cell holds a formula. Put its value there instead.")
    if len(text) > LONGEST_CELL:
        return _("This cell holds more than 5,000 characters. Shorten it.")
    if any(unicodedata.category(letter) in {"Cc", "Cs"} or letter in TURNS for letter in text):
        return _("This cell holds a character that cannot be shown. Type it again.")
    return ""
