"""Tables for spreadsheet programs, which take some texts for formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Excel takes a file without this mark for another encoding.
MARK = "\ufeff"


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """CSV in which no cell is a formula: one that would be stands behind an apostrophe."""
    written = StringIO()
    csv.writer(written).writerows([_cell(value) for value in row] for row in rows)
    return MARK + written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
