"""Tables that people download and open in a spreadsheet."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

# A spreadsheet takes what begins so for a formula, and works it out.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: object) -> str:
    """The text of a cell that no spreadsheet runs: an apostrophe before it, which most hide."""
    text = str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not is_number else text


def csv_download(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV file in which every cell is escaped."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Excel takes a file without this mark for another encoding.
    response.write("\ufeff")
    csv.writer(response).writerows([plain_cell(value) for value in row] for row in rows)
    return response
