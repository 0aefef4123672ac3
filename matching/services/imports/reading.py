"""From the bytes of a file to a table of texts: no database, no guessing."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.services.imports.columns import COLUMNS, REQUIRED
from matching.services.imports.problems import FileRefused, Problem
from matching.services.imports.sheet import DateCell, FormulaCell, Row
from matching.services.imports.texts import decode
from matching.services.imports.workbook import read_workbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 5_000
# Nothing that is not seen, and no mark that turns the direction of what follows: a name could
# show as another one.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# What a spreadsheet writes where a value could not be worked out.
FAILED = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
# Excel’s own first line, which only says what stands between the cells.
MARK_LINE = re.compile(r'\s*"?sep=([,;\t])"?\s*?(\r\n|\r|\n)', re.IGNORECASE)


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


def read_table(content: bytes, encoding: str = "") -> Table:
    """Read CSV or XLSX, told apart by their first bytes. Raises `FileRefused`."""
    if len(content) > MOST_BYTES:
        raise FileRefused(Problem(1, "", _("The file is larger than 20 MB. Split it.")))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileRefused(Problem(1, "", _("There is nothing in this file.")))
    if content.startswith(b"PK\x03\x04"):
        # Blanks at the end of a row are cells too, though a workbook does not keep them.
        records, mark = read_workbook(content), ""
    else:
        text = decode(content, encoding)
        mark = _separator(text)
        records = _read_csv(text, mark)
    header = _find_header(records)
    return _sort_cells(header, records, mark)


def _separator(text: str) -> str:
    """A semicolon, as Excel writes it in most of Europe, or a tab, as in its “Unicode text”, where
    only that one splits the first row into columns; else a comma.
    """
    if told := MARK_LINE.match(text):
        return told[1]
    found = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    first = found[0][:20_000] if found else ""
    for mark in ",;\t":
        if {_column_name(cell.strip('"')) for cell in first.split(mark)} & set(COLUMNS):
            return mark
    return ","


def _read_csv(text: str, mark: str) -> Iterator[Row]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    row = 0
    try:
        for row, record in enumerate(records, start=1):
            yield row, record
    except csv.Error as fault:
        raise FileRefused(Problem(row + 1, "", _csv_fault(str(fault)))) from None


def _csv_fault(said: str) -> str:
    if "limit" in said:
        return _(
            "A cell here is far longer than 5,000 characters. Shorten it, and look for a "
            "quotation mark that does not close."
        )
    if "end of data" in said:
        return _(
            "The quotation marks do not close: one opens in this row. Close it or take it out."
        )
    return _("A quotation mark stands in the middle of a cell here. Write it twice or take it out.")


def _find_header(records: Iterator[Row]) -> list[str]:
    for number, record in records:
        if not any(cell.strip() for cell in record) or record[0].lower().startswith("sep="):
            continue
        if any(UNSEEN.search(clean_text(cell)) for cell in record):
            problem = _("There are characters here that no text has. Save it as “CSV UTF-8”.")
            raise FileRefused(Problem(number, "", problem))
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


def _sort_cells(header: list[str], records: Iterator[Row], mark: str) -> Table:
    lines: list[Line] = []
    problems: list[Problem] = []
    wanted = [(place, name) for place, name in enumerate(header) if name in COLUMNS]
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(lines) == MOST_ROWS:
            raise FileRefused(Problem(number, "", _("More than 50,000 people. Split the file.")))
        if fault := _shape_fault(header, record, mark):
            problems.append(Problem(number, "", fault))
        if not mark:
            record += [""] * (len(header) - len(record))
        # What a row that ends early does not have stays as it is; it is not emptied.
        cells = {name: "" for place, name in wanted if place < len(record) or name in REQUIRED}
        for place, name in wanted:
            if place >= len(record):
                continue
            cells[name] = clean_text(record[place])
            if fault := _cell_fault(record[place], cells[name]):
                problems.append(Problem(number, name, fault))
                cells[name] = ""
        lines.append(Line(number, cells))
    if not lines:
        raise FileRefused(Problem(2, "", _("The file names its columns, but nobody is in it.")))
    known = tuple(name for _place, name in wanted)
    unknown = tuple(dict.fromkeys(name for name in header if name and name not in COLUMNS))
    return Table(known, unknown, tuple(lines), tuple(problems))


def _shape_fault(header: list[str], record: list[str], mark: str) -> str:
    """Why the cells of a row cannot be told apart."""
    if [_column_name(cell) for cell in record[: len(header)]] == header:
        return _("This row names the columns once more. Delete it.")
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
    text = " ".join(cell.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _cell_fault(cell: str, text: str) -> str:
    if isinstance(cell, FormulaCell):
        return _("This cell holds a formula. Put its value there instead.")
    if isinstance(cell, DateCell):
        return _("This cell holds a date or an hour. Format it as text and write it again.")
    if len(text) > LONGEST_CELL:
        return _("This cell holds more than 5,000 characters. Shorten it.")
    if text.startswith("#") and text.upper() in FAILED:
        return _("This cell holds an error of the spreadsheet. Put its value there instead.")
    if not text.isprintable() and UNSEEN.search(text):
        return _("This cell holds a character that cannot be shown. Type it again.")
    return ""
