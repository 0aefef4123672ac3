"""Reading JSON values one by one, noting every flaw with its path instead of stopping at one."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


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
        return json.loads(data, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise ValueError("is not JSON that can be read: nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("is not text in UTF-8") from None
    except ValueError:
        raise ValueError("is not JSON that can be read: a number is too long") from None


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
    """The path of the value at `key` in the object at `path`."""
    if not (key.isascii() and key.isidentifier()):
        return f"{path}[{json.dumps(key)}]"
    return f"{path}.{key}" if path else key


class Reader:
    """Takes values apart; what is wrong goes to `flaws`, and reading goes on with a stand-in."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def wrong(self, path: str, message: str) -> None:
        self.flaws.append(Flaw(path, message))

    def mapping(self, value: object, path: str) -> dict[str, Any]:
        """An object with keys of any name but the empty one."""
        if not isinstance(value, dict):
            self.wrong(path or "problem", f"must be an object, not {shown(value)}")
            return {}
        for key in getattr(value, "repeated", ()):
            self.wrong(below(path, key), "stands more than once in this object")
        named = {}
        for key, item in value.items():
            if isinstance(key, str) and key:
                named[key] = item
            else:
                self.wrong(f"{path}[{shown(key)}]", "has an empty name")
        return named

    def fields(
        self, value: object, path: str, known: Collection[str], required: Iterable[str] = ()
    ) -> dict[str, Any]:
        """An object with `known` keys only."""
        found = self.mapping(value, path)
        for key in found:
            if key not in known:
                self.wrong(below(path, key), f"is not known here; known are {', '.join(known)}")
        if isinstance(value, dict):
            for key in required:
                if key not in found:
                    self.wrong(below(path, key), "is missing")
        return found

    def items(self, value: object, path: str) -> Iterator[tuple[str, Any]]:
        """The items of a list, each with its path."""
        if not isinstance(value, list):
            self.wrong(path, f"must be a list, not {shown(value)}")
            return
        for n, item in enumerate(value):
            yield f"{path}[{n}]", item

    def text(self, value: object, path: str) -> str:
        if isinstance(value, str):
            return value
        self.wrong(path, f"must be a text, not {shown(value)}")
        return ""

    def name(self, fields: Mapping[str, Any], path: str, key: str) -> str:
        """A text that must be there; an empty one is not."""
        text = self.text(fields.get(key, ""), below(path, key))
        if fields.get(key, "") == "":
            self.wrong(below(path, key), "is missing")
        return text

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
        """A whole number within bounds; true and false are none, and neither is 1.0."""
        if type(value) is int and (low is None or value >= low) and (high is None or value <= high):
            return value
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
