"""A problem out of JSON, or everything that keeps it from being one."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields
from decimal import Decimal
from math import isinf
from typing import Any

from matching.engine.faults import Fault, MalformedProblemError, inside, shown
from matching.engine.problem import Goal, Person, Problem, Rules, Weights
from matching.engine.validation import validate, value_faults

LONGEST_NUMBER = 400


def read_json(text: bytes, name: str) -> Problem:
    """The problem in a file called `name`; raises MalformedProblemError."""
    try:
        value = json.loads(text, object_pairs_hook=_Object, parse_float=_number, parse_int=_number)
    except RecursionError:
        problem = "is nested too deeply"
    except ValueError as error:
        problem = f"is not JSON: {error}"
    else:
        return read_problem(value)
    raise MalformedProblemError([Fault(name, "not_json", problem)])


def read_problem(value: object) -> Problem:
    """The problem in a value as `json.loads` gives it; raises MalformedProblemError.

    Lists, objects and their keys are judged here, single values by `validate`.
    """
    if not isinstance(value, dict):
        message = f"must be an object, not {shown(value)}"
        raise MalformedProblemError([Fault("problem", "wrong_type", message)])
    reader = _Reader()
    problem = reader.problem(value)
    if reader.faults.found:
        reader.faults.add(value_faults(problem))
    else:
        reader.faults.add(validate(problem))
    if reader.faults.found:
        raise MalformedProblemError(reader.faults.found)
    return problem


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.twice = [key for key, count in times.items() if count > 1]


def _number(text: str) -> int | float | Decimal:
    """A number as it is written: 5.0 is whole, 0.1 is a tenth; one too long is infinite."""
    rough = float(text)
    if isinf(rough) or rough == 0:
        return rough if rough else 0
    number = rough if len(text) > LONGEST_NUMBER else Decimal(text)
    return int(number) if number == int(number) else number


class _Faults:
    """The faults found so far, none of which follows from another.

    What is no object cannot have a key missing: of a value, of what holds it and of its parts,
    only the first fault is kept. A locked pair can break a rule and a capacity, each by itself.
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._at: set[str] = set()
        self._above: set[str] = set()

    def add(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            above = {fault.path[:end] for end, sign in enumerate(fault.path) if sign in ".["}
            known = fault.path in self._at or fault.path in self._above
            known = known and fault.code != "over_capacity"
            if not known and self._at.isdisjoint(above):
                self.found.append(fault)
                self._at.add(fault.path)
                self._above |= above


class _Reader:
    """Builds a problem as far as it can, and collects what is wrong with its shape."""

    def __init__(self) -> None:
        self.faults = _Faults()

    def problem(self, value: dict[str, Any]) -> Problem:
        given = self._object(value, "", _names(Problem))
        for side in ("mentors", "mentees"):
            self._require(side, given)
            given[side] = self._people(side, given.get(side, []))
        for part, kind in (("rules", Rules), ("weights", Weights)):
            if part in given:
                given[part] = kind(**self._object(given[part], part, _names(kind)))
        for name in ("locked", "forbidden"):
            pairs = self._list(given.get(name, []), name)
            given[name] = tuple(tuple(p) if isinstance(p, list | tuple) else p for p in pairs)
        return Problem(**given)

    def _people(self, side: str, value: object) -> tuple[Person, ...]:
        return tuple(
            self._person(f"{side}[{index}]", person)
            for index, person in enumerate(self._list(value, side))
        )

    def _person(self, path: str, value: object) -> Person:
        given = {"id": ""} | self._object(value, path, _names(Person))
        for name in ("languages", "interests", "wishes"):
            given[name] = tuple(self._list(given.get(name, []), f"{path}.{name}"))
        given["levels"] = self._object(given.get("levels", {}), f"{path}.levels")
        goals = self._object(given.get("goals", {}), f"{path}.goals")
        given["goals"] = {
            skill: self._goal(inside(f"{path}.goals", skill), goal) for skill, goal in goals.items()
        }
        return Person(**given)

    def _goal(self, path: str, value: object) -> Goal:
        given = self._object(value, path, _names(Goal))
        self._require(f"{path}.target", given)
        return Goal(**({"target": 1} | given))

    def _object(
        self, value: object, path: str, known: Collection[str] | None = None
    ) -> dict[str, Any]:
        """What it holds, without empty texts: those are as good as missing."""
        if not isinstance(value, dict):
            self._fault(path, "wrong_type", f"must be an object, not {shown(value)}")
            return {}
        for key in getattr(value, "twice", ()):
            self._fault(inside(path, key), "twice", "is given twice")
        given = {}
        for key, inner in value.items():
            if known is not None and key not in known:
                message = f"is not known here; known are {', '.join(sorted(known))}"
                self._fault(inside(path, key), "unknown_key", message)
            elif inner is None:
                self._null(inside(path, key))
            elif inner != "":
                given[key] = inner
        return given

    def _list(self, value: object, path: str) -> list[Any]:
        if not isinstance(value, list | tuple):
            self._fault(path, "wrong_type", f"must be a list, not {shown(value)}")
            return []
        for index, item in enumerate(value):
            if item is None:
                self._null(f"{path}[{index}]")
        return ["" if item is None else item for item in value]

    def _require(self, path: str, given: dict[str, Any]) -> None:
        if path.rpartition(".")[2] not in given:
            self._fault(path, "missing", "is missing")

    def _null(self, path: str) -> None:
        self._fault(path, "null", "must not be null; leave it out if it is not known")

    def _fault(self, path: str, code: str, message: str) -> None:
        self.faults.add([Fault(path, code, message)])


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]
