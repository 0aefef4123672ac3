"""What is wrong with a problem: where, which kind, and in words."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` leads to the value, as in `mentors[3].goals.Programming.target`.

    `code` is one of missing, unknown_key, null, twice, wrong_type, out_of_range, unknown_choice,
    unknown_person, not_a_pair, manager_differs, over_capacity, or, for a locked pair, the code of
    the rule it breaks.
    """

    path: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class MalformedProblemError(ValueError):
    """Carries every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def inside(path: str, key: object) -> str:
    """The path of a key; one that is no plain word stands in brackets and quotes."""
    name = str(key)
    if re.fullmatch(r"[\w-]+", name):
        return f"{path}.{name}" if path else name
    return f"{path}[{json.dumps(name)}]"


def shown(value: object) -> str:
    """A value as JSON would write it, on one line and not too long."""
    if value is None or isinstance(value, bool | float | str):
        text = json.dumps(value)
    elif isinstance(value, dict):
        text = "an object"
    elif isinstance(value, list | tuple | set | frozenset):
        text = "a list"
    else:
        text = str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
