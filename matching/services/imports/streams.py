"""XML as a stream of small events: nothing of a file is held but what its reader keeps."""

from collections.abc import Iterator
from typing import IO, Protocol
from xml.parsers import expat

CHUNK = 64 * 1024
# Between two events stands one tag or one piece of text; a longer one is no spreadsheet's.
LONGEST_TAG = 1024 * 1024
DEEPEST = 100


class StreamRefused(ValueError):
    """Well-formed or not, no spreadsheet writes this."""


class Reader(Protocol):
    """Hears of each element by its name without a prefix; texts come in pieces."""

    def open(self, name: str, values: dict[str, str]) -> None: ...
    def close(self, name: str) -> None: ...
    def text(self, piece: str) -> None: ...


def walk(file: IO[bytes], reader: Reader) -> Iterator[None]:
    """Feed a part of a workbook to its reader; stops after each chunk so that it can be emptied.

    A document type is refused before anything in it is read: entities are how a line of XML grows
    to gigabytes or names a file of this machine, and no spreadsheet has one.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise StreamRefused("nested too deeply")
        reader.open(name.rpartition(":")[2], values)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.close(name.rpartition(":")[2])

    def refuse(*_args: object) -> None:
        raise StreamRefused("a document type")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = refuse
    fed = 0
    while chunk := file.read(CHUNK):
        parser.Parse(chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TAG:
            raise StreamRefused("a tag without an end")
        yield
    parser.Parse(b"", True)
    yield


def local(values: dict[str, str], name: str) -> str:
    """An attribute, whatever prefix it has; "" without it."""
    return next((text for key, text in values.items() if key.rpartition(":")[2] == name), "")
