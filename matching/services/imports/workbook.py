"""XLSX, read with care: a workbook is a zip of XML that somebody else made."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from matching.services.imports.problems import FileRefused, Problem

# A megabyte of zip can hold a gigabyte of blanks.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 100
# Spreadsheets keep formatted rows down to the last one; nobody writes after so many blank ones.
MOST_BLANK_ROWS = 1_000

FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    # An unknown compression, an encrypted part.
    RuntimeError,
)


class FormulaCell(str):
    """What stands in a cell instead of a value; whether that matters depends on its column."""

    __slots__ = ()


def read_workbook(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet as texts. Raises `FileRefused` for what is no workbook."""
    _check_size(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        # What a file says about its own size is often wrong.
        sheet.reset_dimensions()
        yield from _rows(sheet)
    except FileRefused:
        raise
    except (*FAULTS, IndexError, TypeError, AttributeError):
        raise _broken() from None


def _rows(sheet: Any) -> Iterator[list[str]]:
    blank = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):
        texts = [_text(cell) for cell in row]
        blank = 0 if any(texts) else blank + 1
        if blank > MOST_BLANK_ROWS:
            return
        yield texts


def _check_size(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except FAULTS:
        raise _broken() from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        problem = _("This workbook unpacks to far more than a list of people. Save it as CSV.")
        raise FileRefused(Problem(1, "", problem))


def _broken() -> FileRefused:
    return FileRefused(
        Problem(1, "", _("This workbook cannot be read. Save it again as XLSX or CSV UTF-8."))
    )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        # Its result may be missing or stale; a name must not depend on another sheet.
        return FormulaCell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
