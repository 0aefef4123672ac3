"""Reading JSON values one by one, noting every flaw with its path instead of stopping at one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NULL = "must not be null; leave it out instead"
_LONGEST_NUMBER = 400
_LARGEST_SAFE_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the value at `path`, in one line."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there more than once."""

    repeated: tuple[str, ...] = ()


def load(data: bytes | str) -> Any:
    """The JSON document. Raises ValueError with a line that says where it goes wrong."""
    try:
        return json.loads(data, object_pairs_hook=_object, parse_int=_whole_number)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except UnicodeDecodeError:
        raise ValueError("is not JSON: it is not text in UTF-8") from None
    except RecursionError:
        raise ValueError("is nested too deeply to be read") from None


def _whole_number(text: str) -> int | float:
    """A number too long to be one that anybody means is endless, and refused as such."""
    return int(text) if len(text) <= _LONGEST_NUMBER else float(text)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def shown(value: object) -> str:
    """A value as a message names it: on one line, and short."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    try:
        text = json.dumps(value)
    except (TypeError, ValueError):
        text = type(value).__name__
    return text if len(text) <= 60 else f"{text[:57]}..."


def below(path: str, key: str) -> str:
    """The path of the value at `key`; a key that is no plain word stands in brackets."""
    if not re.fullmatch(r"[\w-]+", key):
        return f"{path}[{json.dumps(key)}]"
    return f"{path}.{key}" if path else key


class Reader:
    """Takes values apart; what is wrong goes to `flaws`, and reading goes on with a stand-in."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def wrong(self, path: str, message: str) -> None:
        self.flaws.append(Flaw(path, message))

    def mapping(self, value: object, path: str) -> dict[str, Any]:
        """An object with keys of any name but the empty one. An empty text counts as left out."""
        if not isinstance(value, dict):
            self.wrong(path or "problem", f"must be an object, not {shown(value)}")
            return {}
        for key in getattr(value, "repeated", ()):
            self.wrong(below(path, key), "stands more than once in this object")
        named = {}
        for key, item in value.items():
            if not isinstance(key, str) or not key:
                self.wrong(f"{path}[{shown(key)}]", "must have a name")
            elif item is None:
                self.wrong(below(path, key), _NULL)
            elif item != "":
                named[key] = item
        return named

    def fields(
        self, value: object, path: str, known: Collection[str], required: Iterable[str] = ()
    ) -> dict[str, Any]:
        """An object with `known` keys only."""
        if not isinstance(value, dict):
            return self.mapping(value, path)
        unknown = [key for key in value if key not in known and isinstance(key, str) and key]
        for key in unknown:
            self.wrong(below(path, key), f"is not known here; known are {', '.join(known)}")
        for key in required:
            if value.get(key, "") == "":
                self.wrong(below(path, key), "is missing")
        found = self.mapping(value, path)
        return {key: item for key, item in found.items() if key in known}

    def items(self, value: object, path: str) -> Iterator[tuple[str, Any]]:
        """The items of a list, each with its path."""
        if not isinstance(value, list):
            self.wrong(path, f"must be a list, not {shown(value)}")
            return
        for n, item in enumerate(value):
            if item is None:
                self.wrong(f"{path}[{n}]", _NULL)
            else:
                yield f"{path}[{n}]", item

    def text(self, value: object, path: str) -> str:
        if isinstance(value, str):
            return value
        self.wrong(path, f"must be a text, not {shown(value)}")
        return ""

    def name(self, fields: Mapping[str, Any], path: str, key: str) -> str:
        """The text at a required key."""
        return self.text(fields[key], below(path, key)) if key in fields else ""

    def texts(self, value: object, path: str) -> tuple[str, ...]:
        """A list of texts, without the empty ones."""
        found = [self.text(item, below_path) for below_path, item in self.items(value, path)]
        return tuple(text for text in found if text)

    def ids(
        self, value: object, path: str, refusal: Callable[[str], str | None]
    ) -> tuple[str, ...]:
        """A list of ids, none twice, each of which `refusal` has nothing to say against."""
        found: list[str] = []
        for item_path, item in self.items(value, path):
            name = self.text(item, item_path)
            if not name:
                continue
            problem = f"{shown(name)} stands twice in this list" if name in found else refusal(name)
            if problem:
                self.wrong(item_path, problem)
            else:
                found.append(name)
        return tuple(found)

    def whole(self, value: object, path: str, low: int | None, high: int | None = None) -> int:
        """A whole number within bounds, be it written 2 or 2.0; true and false are none."""
        number = value
        if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_SAFE_FLOAT:
            number = int(value)
        if (
            type(number) is int
            and (low is None or number >= low)
            and (high is None or number <= high)
        ):
            return number
        wanted = "a whole number"
        if low is not None and high is not None:
            wanted += f" from {low} to {high}"
        elif low is not None:
            wanted += f" of {low} or more"
        self.wrong(path, f"must be {wanted}, not {shown(value)}")
        return low or 0

    def truth(self, value: object, path: str) -> bool:
        if isinstance(value, bool):
            return value
        self.wrong(path, f"must be true or false, not {shown(value)}")
        return False
