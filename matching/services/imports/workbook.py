"""XLSX, read with care: a workbook is a zip of XML that somebody else made."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import is_date_format

from matching.services.imports.problems import FileRefused, Problem
from matching.services.imports.sheet import Row, read_shared, read_sheet
from matching.services.imports.streams import local, walk

# A megabyte of zip can hold a gigabyte of blanks.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
# Numbers of formats that every spreadsheet knows and that show a day or an hour.
KNOWN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    # An unknown compression, an encrypted part.
    RuntimeError,
)


def read_workbook(content: bytes) -> Iterator[Row]:
    """The rows of the first sheet as texts. Raises `FileRefused` for what is no workbook."""
    try:
        book = zipfile.ZipFile(io.BytesIO(content))
        _check_size(book)
        parts = _find_parts(book)
        shared, dates = _shared_texts(book, parts), _date_styles(book, parts)
        with book.open(parts["worksheet"]) as file:
            yield from read_sheet(file, shared, dates)
    except FileRefused:
        raise
    except FAULTS:
        raise _broken() from None


def _check_size(book: zipfile.ZipFile) -> None:
    """By what the zip says of itself; no more than that is ever read of a part."""
    parts = book.infolist()
    if "content.xml" in book.namelist():
        problem = _("This is an OpenDocument sheet. Save it as XLSX or CSV UTF-8.")
        raise FileRefused(Problem(1, "", problem))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        problem = _("This workbook unpacks to far more than a list of people. Save it as CSV.")
        raise FileRefused(Problem(1, "", problem))


def _broken() -> FileRefused:
    return FileRefused(
        Problem(1, "", _("This workbook cannot be read. Save it again as XLSX or CSV UTF-8."))
    )


class _Links:
    """What one part of a workbook points at: kind and place of each link, by its id."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def open(self, name: str, values: dict[str, str]) -> None:
        if name == "Relationship" and values.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join(f"/{self.folder}", values["Target"]))
            kind = values["Type"].rpartition("/")[2]
            self.found[values["Id"]] = (kind, place.lstrip("/"))

    def close(self, name: str) -> None: ...
    def text(self, piece: str) -> None: ...

    def first(self, kind: str) -> str:
        return next((place for known, place in self.found.values() if known == kind), "")


class _Sheets:
    """The sheets of a workbook in their order; hidden ones last."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.hidden: list[str] = []

    def open(self, name: str, values: dict[str, str]) -> None:
        if name == "sheet":
            is_shown = values.get("state", "visible") == "visible"
            (self.shown if is_shown else self.hidden).append(local(values, "id"))

    def close(self, name: str) -> None: ...
    def text(self, piece: str) -> None: ...


class _Styles:
    """Which formats of cells show a day or an hour, by their place in the list of formats."""

    def __init__(self) -> None:
        self.own: set[int] = set()
        self.dates: set[int] = set()
        self.place = 0
        self.is_inside = False

    def open(self, name: str, values: dict[str, str]) -> None:
        if name == "numFmt" and is_date_format(values.get("formatCode")):
            self.own.add(int(values["numFmtId"]))
        elif name == "cellXfs":
            self.is_inside = True
        elif name == "xf" and self.is_inside:
            if int(values.get("numFmtId", 0)) in KNOWN_DATES | self.own:
                self.dates.add(self.place)
            self.place += 1

    def close(self, name: str) -> None:
        if name == "cellXfs":
            self.is_inside = False

    def text(self, piece: str) -> None: ...


def _links_of(book: zipfile.ZipFile, part: str) -> _Links:
    folder, name = posixpath.split(part)
    links = _Links(folder)
    with book.open(posixpath.join(folder, "_rels", f"{name}.rels")) as file:
        for _step in walk(file, links):
            pass
    return links


def _find_parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Where the first worksheet, the shared texts and the styles are, by their kind."""
    main = _links_of(book, "").first("officeDocument")
    sheets = _Sheets()
    with book.open(main) as file:
        for _step in walk(file, sheets):
            pass
    links = _links_of(book, main)
    listed = [links.found[key] for key in (*sheets.shown, *sheets.hidden) if key in links.found]
    return {
        "worksheet": next((place for kind, place in listed if kind == "worksheet"), ""),
        "sharedStrings": links.first("sharedStrings"),
        "styles": links.first("styles"),
    }


def _shared_texts(book: zipfile.ZipFile, parts: dict[str, str]) -> list[str]:
    if not parts["sharedStrings"]:
        return []
    with book.open(parts["sharedStrings"]) as file:
        return read_shared(file)


def _date_styles(book: zipfile.ZipFile, parts: dict[str, str]) -> frozenset[int]:
    styles = _Styles()
    if parts["styles"]:
        with book.open(parts["styles"]) as file:
            for _step in walk(file, styles):
                pass
    return frozenset(styles.dates)
