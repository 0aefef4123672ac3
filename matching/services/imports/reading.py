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
from matching.services.imports.workbook import read_workbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 5_000


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
        raise FileRefused(Problem(1, "", _("The file is empty. Its first row names the columns.")))
    if content.startswith(b"PK\x03\x04"):
        records: Iterable[list[str]] = read_workbook(content)
    else:
        records = _read_csv(_decode(content))
    numbered = enumerate(records, start=1)
    header = _find_header(numbered)
    return _sort_cells(header, numbered)


def _decode(content: bytes) -> str:
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


def _read_csv(text: str) -> Iterator[list[str]]:
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
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
        if len(record) <= 2 and any(mark in cell for mark in ";\t|" for cell in record):
            # Lists in cells are separated by semicolons: a guess would tear them apart.
            problem = _("The columns are not separated by commas. Save the file with commas.")
            raise FileRefused(Problem(number, "", problem))
        _refuse_header(number, header)
        return header
    raise FileRefused(Problem(1, "", _("The file is empty. Its first row names the columns.")))


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
    problems += [
        Problem(number, name, _("This column is missing. Every file must have it."))
        for name in REQUIRED
        if name not in header
    ]
    if problems:
        raise FileRefused(*problems)


def _sort_cells(header: list[str], records: Iterator[tuple[int, list[str]]]) -> Table:
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(lines) == MOST_ROWS:
            raise FileRefused(Problem(number, "", _("More than 50,000 people. Split the file.")))
        if any(cell.strip() for cell in record[len(header) :]):
            problem = _("This row has more cells than the first. Is a text with commas unquoted?")
            problems.append(Problem(number, "", problem))
        cells = {name: "" for name in header if name in COLUMNS}
        for name, cell in zip(header, record, strict=False):
            if name not in COLUMNS:
                continue
            cells[name] = text = clean_text(cell)
            if fault := _text_fault(text):
                problems.append(Problem(number, name, fault))
                cells[name] = ""
        lines.append(Line(number, cells))
    if not lines:
        raise FileRefused(Problem(2, "", _("The file names its columns, but nobody is in it.")))
    known = tuple(name for name in header if name in COLUMNS)
    unknown = tuple(dict.fromkeys(name for name in header if name and name not in COLUMNS))
    return Table(known, unknown, tuple(lines), tuple(problems))


def clean_text(cell: str) -> str:
    """One line without outer blanks, each letter written one way."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _text_fault(text: str) -> str:
    if len(text) > LONGEST_CELL:
        return _("This cell holds more than 5,000 characters. Shorten it.")
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        return _("This cell holds a character that cannot be shown. Type it again.")
    return ""
