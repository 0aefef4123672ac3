"""From the bytes of a CSV file to its text: what it says of itself is believed, nothing guessed."""

import csv
import io
import re

from django.utils.translation import gettext as _

from matching.services.imports.problems import FileRefused, Offer, Problem

WINDOWS = "cp1252"
# The only other way to read a file, and only if a person has seen what it makes of the names.
OFFERED = frozenset({WINDOWS})
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
AROUND = 30


def decode(content: bytes, encoding: str = "") -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in an `encoding` that was offered.

    Raises `FileRefused` with the row and column of the first byte that is none.
    """
    if told := _other_kind(content):
        raise FileRefused(Problem(1, "", told))
    if encoding in OFFERED:
        return content.decode(encoding, errors="replace")
    if content.startswith(UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            problem = _("This file breaks off, or is torn. Save it again as “CSV UTF-8”.")
            raise FileRefused(Problem(1, "", problem)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _bad_byte(content, fault.start) from None


def _other_kind(content: bytes) -> str:
    """What a file is that is no table at all, by how it begins; "" for a text."""
    head = content[:200].lstrip().lower()
    if head.startswith(b"%pdf"):
        return _("This is a PDF. Save the table it was made from as “CSV UTF-8” or XLSX.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _("This workbook has a password. Take the password off and save it again.")
        return _("This is an old Excel file (.xls). Save it as XLSX or “CSV UTF-8”.")
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        return _("This is a web page, not a spreadsheet. Open it in one and save it as XLSX.")
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8")):
        return _("This is a picture. Save the table it shows as XLSX or “CSV UTF-8”.")
    if head.count(b"\x00") * 4 > len(head) and not head.startswith(UTF_16):
        return _("This is neither CSV in UTF-8 nor XLSX. Save it as “CSV UTF-8”.")
    return ""


def _bad_byte(content: bytes, start: int) -> FileRefused:
    row, column = _place(content[:start].decode("utf-8-sig", errors="replace"))
    problem = _("A character here is not UTF-8. Save the file as “CSV UTF-8” and try again.")
    return FileRefused(Problem(row, column, problem), offer=_offer(content, start))


def _place(before: str) -> tuple[int, str]:
    """Row and column of the character after this text."""
    first = next(iter(re.findall(r"[^\r\n]*\S[^\r\n]*", before[:20_000])), "")
    mark = max(",;\t", key=first.count)
    records = csv.reader(io.StringIO(before + "x", newline=""), delimiter=mark)
    header: list[str] = []
    number, place = 0, 0
    try:
        for record in records:
            number, place = number + 1, len(record)
            header = header or (record if any(record) else [])
    except csv.Error:
        return number + 1, ""
    is_header = header and number == 1
    return number, "" if is_header or place > len(header) else header[place - 1].strip().lower()


def _offer(content: bytes, start: int) -> Offer | None:
    """How the cell would read as Western European Windows, unless that gives nonsense anywhere."""
    try:
        text = content.decode(WINDOWS)
    except UnicodeDecodeError:
        return None
    if CONTROL.search(text):
        return None
    before = re.split(r"[\r\n,;\t]", text[max(start - AROUND, 0) : start])[-1]
    after = re.split(r"[\r\n,;\t]", text[start : start + AROUND])[0]
    return Offer(WINDOWS, (before + after).strip(' "'))
