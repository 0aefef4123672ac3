"""Questions asked about problems written as JSON, as the tests of the engine write them."""

import json
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

from matching.engine import Problem, read_problem
from tests.matching.engine.checker import RULES, Facts

Json = dict[str, Any]
Entry = tuple[str, str]


def read(asked: Json) -> Problem:
    return read_problem(json.loads(json.dumps(asked)))


def entries_of(result: Json) -> set[Entry]:
    """Who is in a pair, by id and side."""
    return {(pair[side], side) for pair in result["pairs"] for side in ("mentor", "mentee")}


def with_some_locked(asked: Json, random: Random) -> Json:
    """The same with up to two pairs locked that may be."""
    facts = Facts(asked)
    mentors, mentees = facts.room()
    locked = []
    pairs = [(m, n) for m in facts.mentors for n in facts.mentees]
    for mentor, mentee in random.sample(pairs, min(random.randint(0, 2), len(pairs))):
        if may_be_locked(facts, mentor, mentee) and mentors[mentor] and mentees[mentee]:
            locked.append([mentor, mentee])
            mentors[mentor] -= 1
            mentees[mentee] -= 1
    return asked | {"locked": locked}


def may_be_locked(facts: Facts, mentor: str, mentee: str) -> bool:
    return facts.verdict(mentor, mentee) in (None, "teaches_nothing", "below_minimum")


def relaxations(asked: Json, kinds: Collection[str]) -> Iterator[tuple[str, Json]]:
    """Every single relaxation of these kinds, with the problem it makes."""
    return ((kind, changed) for kind in kinds for changed in _EVERY[kind](asked))


def _capacities(asked: Json) -> Iterator[Json]:
    for id in _ids(asked):
        yield _changed(asked, id, lambda p: {"capacity": p.get("capacity", 1) + 1})


def _levels(asked: Json) -> Iterator[Json]:
    skills = {skill for p in asked["mentees"] for skill in p.get("goals", {})}
    for id in _ids(asked):
        for skill in sorted(skills):
            yield _changed(asked, id, lambda p, s=skill: {"levels": _raised(p, s)})


def _bars(asked: Json) -> Iterator[Json]:
    for barred in asked.get("forbidden", []):
        yield asked | {"forbidden": [pair for pair in asked["forbidden"] if pair != barred]}


def _without(rule: str, value: Any) -> Callable[[Json], Iterator[Json]]:
    return lambda asked: iter([asked | {"rules": RULES | asked.get("rules", {}) | {rule: value}}])


def _lowered(rule: str) -> Callable[[Json], Iterator[Json]]:
    def every(asked: Json) -> Iterator[Json]:
        rules = RULES | asked.get("rules", {})
        for value in range(ceil(Fraction(str(rules[rule])))):
            yield asked | {"rules": rules | {rule: value}}

    return every


_EVERY: dict[str, Callable[[Json], Iterator[Json]]] = {
    "capacity": _capacities,
    "level": _levels,
    "bar": _bars,
    "hours": _lowered("working_hours_overlap"),
    "minimum": _lowered("minimum_score"),
    "junior": _without("mentor_is_junior", False),
    "language": _without("shared_language", False),
    "style": _without("style", "ignore"),
}


def _ids(asked: Json) -> list[str]:
    return sorted({p["id"] for side in ("mentors", "mentees") for p in asked[side]})


def _changed(asked: Json, id: str, change: Any) -> Json:
    return asked | {
        side: [p | change(p) if p["id"] == id else p for p in asked[side]]
        for side in ("mentors", "mentees")
    }


def _raised(person: Json, skill: str) -> Json:
    levels = person.get("levels", {})
    return levels | {skill: min(levels.get(skill, 0) + 1, 5)}
