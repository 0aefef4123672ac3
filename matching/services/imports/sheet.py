"""One sheet of a workbook as rows of texts, row by row."""

import re
from collections.abc import Iterator, Sequence
from typing import IO

from matching.services.imports.streams import StreamRefused, walk

# What the format itself allows.
MOST_COLUMNS = 16_384
MOST_TEXTS = 1_000_000
LONGEST_TEXT = 32_767
# Spreadsheets keep formatted rows down to the last one; nobody writes after so many blank ones.
MOST_BLANK_ROWS = 1_000

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Row = tuple[int, list[str]]


class FormulaCell(str):
    """What stands in a cell instead of a value; whether that matters depends on its column."""

    __slots__ = ()


class DateCell(str):
    """A number that a spreadsheet shows as a day or an hour: nobody typed it as text."""

    __slots__ = ()


class _Texts:
    """Gathers the text of one cell or shared text, up to one character more than is allowed."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.listens = False

    def begin(self) -> None:
        self.pieces, self.length, self.listens = [], 0, False

    def text(self, piece: str) -> None:
        if self.listens and self.length <= LONGEST_TEXT:
            self.pieces.append(piece)
            self.length += len(piece)

    @property
    def whole(self) -> str:
        text = "".join(self.pieces)
        # Characters that XML cannot hold are written as their number.
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _SharedTexts(_Texts):
    """The texts that cells point at by number; what is said aloud above a text is not its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_aside = False

    def open(self, name: str, values: dict[str, str]) -> None:
        if name == "si":
            self.begin()
        elif name == "rPh":
            self.is_aside = True
        elif name == "t":
            self.listens = not self.is_aside

    def close(self, name: str) -> None:
        self.listens = False
        if name == "rPh":
            self.is_aside = False
        elif name == "si":
            if len(self.found) == MOST_TEXTS:
                raise StreamRefused("more texts than rows could hold")
            self.found.append(self.whole)


class _Cells(_Texts):
    """The rows of a sheet, gathered until they are taken."""

    def __init__(self, shared: Sequence[str], dates: frozenset[int]) -> None:
        super().__init__()
        self.shared, self.dates = shared, dates
        self.ready: list[Row] = []
        self.number = self.column = 0
        self.cells: list[str] = []
        self.kind = self.style = ""
        self.is_formula = self.is_aside = False

    def open(self, name: str, values: dict[str, str]) -> None:
        if name == "c":
            self.begin()
            self._place(values.get("r", ""))
            self.kind, self.style = values.get("t", "n"), values.get("s", "")
            self.is_formula = False
        elif name == "row":
            given = values.get("r", "")
            known = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
            self.number = max(known, self.number + 1)
            self.cells, self.column = [], 0
        elif name in {"v", "t"}:
            self.listens = not self.is_aside
        elif name == "f":
            self.is_formula = True
        elif name == "rPh":
            self.is_aside = True

    def _place(self, place: str) -> None:
        """The column a cell stands in: as it says itself, else after the one before."""
        column = 0
        # Three letters name the last column there is; a million would be a number to fill memory.
        for letter in place[:4]:
            if not "A" <= letter <= "Z":
                break
            column = column * 26 + ord(letter) - 64
        self.column = max(column, self.column + 1)
        if self.column > MOST_COLUMNS:
            raise StreamRefused("more columns than a sheet has")

    def close(self, name: str) -> None:
        self.listens = False
        if name == "c":
            if text := self._value():
                self.cells += [""] * (self.column - 1 - len(self.cells))
                self.cells.append(text)
        elif name == "row":
            self.ready.append((self.number, self.cells))
        elif name == "rPh":
            self.is_aside = False

    def _value(self) -> str:
        text = self.whole
        if self.is_formula:
            # Its result may be missing or stale; a name must not depend on another sheet.
            return FormulaCell(text or "=")
        if self.kind == "s":
            place = int(text) if text else -1
            return self.shared[place] if 0 <= place < len(self.shared) else ""
        if self.kind == "b":
            return {"1": "true", "0": "false"}.get(text, text)
        if self.kind == "d" or (
            self.kind == "n" and text and self.style.isdigit() and int(self.style) in self.dates
        ):
            return DateCell(text)
        return _number(text) if self.kind == "n" else text


def _number(text: str) -> str:
    """As one would type it: 2 for 2.0, and no more digits than it takes."""
    if text.lstrip("-").isdigit():
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return repr(int(value)) if value.is_integer() else repr(value)


def read_shared(file: IO[bytes]) -> list[str]:
    reader = _SharedTexts()
    for _ in walk(file, reader):
        pass
    return reader.found


def read_sheet(file: IO[bytes], shared: Sequence[str], dates: frozenset[int]) -> Iterator[Row]:
    """Rows with their numbers, blanks left out; `dates` are the styles that show a day."""
    reader = _Cells(shared, dates)
    blank = 0
    for _ in walk(file, reader):
        for number, cells in reader.ready:
            blank = 0 if any(text.strip() for text in cells) else blank + 1
            if blank > MOST_BLANK_ROWS:
                return
            if not blank:
                yield number, cells
        reader.ready.clear()
