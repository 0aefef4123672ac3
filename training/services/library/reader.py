"""Reads values out of front matter and notes what is wrong with them, key by key."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from training.services.library.problems import LibraryProblem

_is_address = URLValidator(schemes=["http", "https"])


class Reader:
    """One mapping of a file. Wrong values come back empty and leave a problem behind."""

    def __init__(
        self, path: str, data: Any, problems: list[LibraryProblem], where: str = ""
    ) -> None:
        self.path, self.problems, self.where = path, problems, where
        self.data: dict[Any, Any] = data if isinstance(data, dict) else {}
        self.asked: set[Any] = set()
        if not isinstance(data, dict):
            self.tell("", "has to be a list of “key: value”.")

    def tell(self, key: str, message: str) -> None:
        place = ".".join(part for part in (self.where, key) if part)
        self.problems.append(LibraryProblem(self.path, place, message))

    def get(self, key: str, *, required: bool = True) -> Any:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and required:
            self.tell(key, "is missing.")
        return value

    def text(self, key: str, *, longest: int = 0, required: bool = True) -> str:
        value = self.get(key, required=required)
        if value is None:
            return ""
        if isinstance(value, int | float | date) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.tell(key, "has to be text; put it in quotes.")
            return ""
        value = " ".join(value.split()) if longest else value
        if not value.strip() and required:
            self.tell(key, "is empty.")
        if longest and len(value) > longest:
            self.tell(key, f"is {len(value)} characters long; at most {longest} fit.")
        return value

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self.get(key, required=default is None)
        if value is None:
            return default or 0
        if isinstance(value, bool) or not isinstance(value, int):
            self.tell(key, f"has to be a whole number, not “{value}”.")
            return low
        if not low <= value <= high:
            self.tell(key, f"has to be between {low} and {high}, not {value}.")
            return low
        return value

    def decimal(self, key: str, default: int | None = None) -> float | int | None:
        value = self.get(key, required=default is None)
        if value is None:
            return default
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and math.isfinite(value):
            return cast("float | int", value)
        self.tell(key, f"has to be a number, not “{value}”.")
        return None

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self.get(key, required=default is None)
        if value is None:
            return bool(default)
        if not isinstance(value, bool):
            self.tell(key, f"has to be true or false, not “{value}”.")
        return bool(value)

    def choice(self, key: str, among: Sequence[str], default: str | None = None) -> str:
        value = self.get(key, required=default is None)
        if value is None:
            return default or among[0]
        if value not in among:
            self.tell(key, f"has to be one of {', '.join(among)}, not “{value}”.")
            return among[0]
        return str(value)

    def entries(self, key: str, *, required: bool = True) -> list[Any]:
        value = self.get(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.tell(key, "has to be a list.")
            return []
        if required and not value:
            self.tell(key, "is empty.")
        return value

    def texts(self, key: str, *, longest: int = 300, required: bool = True) -> list[str]:
        found = []
        for place, value in enumerate(self.entries(key, required=required), start=1):
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                self.tell(f"{key}[{place}]", "has to be text; put it in quotes.")
            elif not str(value).strip():
                self.tell(f"{key}[{place}]", "is empty.")
            elif len(str(value)) > longest:
                self.tell(f"{key}[{place}]", f"is too long; at most {longest} characters fit.")
            else:
                found.append(" ".join(str(value).split()))
        return found

    def mappings(self, key: str, *, required: bool = True) -> Iterator["Reader"]:
        for place, value in enumerate(self.entries(key, required=required), start=1):
            where = ".".join(part for part in (self.where, f"{key}[{place}]") if part)
            yield Reader(self.path, value, self.problems, where)

    def mapping(self, key: str) -> "Reader":
        where = ".".join(part for part in (self.where, key) if part)
        return Reader(self.path, self.get(key, required=False) or {}, self.problems, where)

    def address(self, key: str) -> str:
        value = self.text(key, required=False).strip()
        if value:
            try:
                _is_address(value)
            except ValidationError:
                self.tell(key, f"“{value}” is not a web address.")
                return ""
        return value

    def end(self) -> None:
        """Tells keys that nobody asked for: mostly a slip of the pen."""
        for key in self.data:
            if key not in self.asked:
                self.tell(str(key), "is not a key that is known here.")
