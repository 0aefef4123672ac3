"""Whether a problem can be solved; the reader of JSON and the portal both ask here."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from matching.engine.constraints import locked_failures
from matching.engine.faults import Fault, inside, shown
from matching.engine.problem import (
    HIGHEST_GOAL_WEIGHT,
    HIGHEST_LEVEL,
    MEETS,
    OBJECTIVES,
    STYLE_RULES,
    STYLES,
    Goal,
    Number,
    Person,
    Problem,
    Rules,
    Weights,
    folded,
)

Faults = Iterator[Fault]


def validate(problem: Problem) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the problem; empty if it can be solved.

    Locked pairs are held against the rules only once every value is in order.
    """
    return tuple(value_faults(problem)) or tuple(_locked_faults(problem))


def value_faults(problem: Problem) -> Faults:
    """What is wrong with single values, and with ids that lead nowhere."""
    sides = {"mentors": problem.mentors, "mentees": problem.mentees}
    ids = {side: _ids(people) for side, people in sides.items()}
    known = ids["mentors"] | ids["mentees"]
    for side, people in sides.items():
        yield from _id_faults(side, people)
        for index, person in enumerate(people):
            yield from _person_faults(f"{side}[{index}]", person, known)
    yield from _manager_faults(problem)
    yield from _rules_faults(problem.rules)
    yield from _weights_faults(problem.weights)
    for name, pairs in (("locked", problem.locked), ("forbidden", problem.forbidden)):
        for index, pair in enumerate(pairs):
            yield from _pair_faults(f"{name}[{index}]", pair, ids["mentors"], ids["mentees"])
    yield from _twice_locked(problem.locked)
    yield from _choice("objective", problem.objective, OBJECTIVES)


def _ids(people: Collection[Person]) -> set[str]:
    return {person.id for person in people if isinstance(person.id, str)}


def _id_faults(side: str, people: Collection[Person]) -> Faults:
    seen: set[str] = set()
    for index, person in enumerate(people):
        path = f"{side}[{index}].id"
        if person.id == "":
            yield Fault(path, "missing", "is missing")
        elif not isinstance(person.id, str):
            yield from _text(path, person.id)
        elif person.id in seen:
            yield Fault(path, "twice", f"must be given once, but {shown(person.id)} came before")
        else:
            seen.add(person.id)


def _person_faults(path: str, person: Person, known: set[str]) -> Faults:
    # Nearly every value is in order, and there are very many: a path is written for a fault alone.
    if not _is_whole(person.capacity, 1, None):
        yield from _whole(f"{path}.capacity", person.capacity, 1)
    if not (person.seniority is None or _is_plain(person.seniority, 0)):
        yield from _number(f"{path}.seniority", person.seniority, 0)
    for name, value in (
        ("manager", person.manager),
        ("department", person.department),
        ("location", person.location),
    ):
        if not isinstance(value, str):
            yield from _text(f"{path}.{name}", value)
    if not (person.utc_offset is None or _is_plain(person.utc_offset)):
        yield from _number(f"{path}.utc_offset", person.utc_offset)
    yield from _texts(f"{path}.languages", person.languages)
    if person.meets not in MEETS:
        yield from _choice(f"{path}.meets", person.meets, MEETS)
    if person.style not in STYLES:
        yield from _style(f"{path}.style", person.style, STYLES)
    yield from _texts(f"{path}.interests", person.interests)
    for skill, level in person.levels.items():
        if not skill:
            yield from _skill(f"{path}.levels", skill)
        if not _is_whole(level, 0, HIGHEST_LEVEL):
            yield from _whole(inside(f"{path}.levels", skill), level, 0, HIGHEST_LEVEL)
    yield from _goal_faults(f"{path}.goals", person.goals)
    yield from _wish_faults(f"{path}.wishes", person.wishes, known)


def _goal_faults(path: str, goals: Mapping[str, Goal]) -> Faults:
    for skill, goal in goals.items():
        if not skill:
            yield from _skill(path, skill)
        if not _is_whole(goal.target, 1, HIGHEST_LEVEL):
            yield from _whole(f"{inside(path, skill)}.target", goal.target, 1, HIGHEST_LEVEL)
        if not _is_whole(goal.weight, 1, HIGHEST_GOAL_WEIGHT):
            yield from _whole(f"{inside(path, skill)}.weight", goal.weight, 1, HIGHEST_GOAL_WEIGHT)


def _wish_faults(path: str, wishes: Collection[str], known: set[str]) -> Faults:
    yield from _texts(path, wishes)
    seen: set[str] = set()
    for index, wish in enumerate(wishes):
        if not isinstance(wish, str) or not wish:
            continue
        if wish in seen:
            yield Fault(f"{path}[{index}]", "twice", f"names {shown(wish)} a second time")
        elif wish not in known:
            message = f"names {shown(wish)}, who is on neither side"
            yield Fault(f"{path}[{index}]", "unknown_person", message)
        seen.add(wish)


def _manager_faults(problem: Problem) -> Faults:
    managers = {str(person.id): person.manager for person in problem.mentors}
    for index, person in enumerate(problem.mentees):
        as_mentor = managers.get(str(person.id), person.manager)
        both_texts = isinstance(as_mentor, str) and isinstance(person.manager, str)
        if both_texts and as_mentor != person.manager:
            message = (
                f"must be the same on both sides, not {shown(person.manager)} here "
                f"and {shown(as_mentor)} among the mentors"
            )
            yield Fault(f"mentees[{index}].manager", "manager_differs", message)


def _rules_faults(rules: Rules) -> Faults:
    yield from _flag("rules.mentor_is_junior", rules.mentor_is_junior)
    yield from _flag("rules.shared_language", rules.shared_language)
    yield from _number("rules.working_hours_overlap", rules.working_hours_overlap, 0)
    yield from _number("rules.minimum_score", rules.minimum_score, 0)
    yield from _style("rules.style", rules.style, STYLE_RULES)


def _weights_faults(weights: Weights) -> Faults:
    for criterion in fields(weights):
        yield from _whole(f"weights.{criterion.name}", getattr(weights, criterion.name), 0)


def _pair_faults(path: str, pair: object, mentors: set[str], mentees: set[str]) -> Faults:
    if not isinstance(pair, tuple) or len(pair) != 2 or not all(isinstance(i, str) for i in pair):
        yield Fault(path, "not_a_pair", "must be [a mentor, a mentee]")
        return
    strangers = []
    if pair[0] not in mentors:
        strangers.append(f"{shown(pair[0])} is no mentor")
    if pair[1] not in mentees:
        strangers.append(f"{shown(pair[1])} is no mentee")
    if strangers:
        message = "must be [a mentor, a mentee], but " + " and ".join(strangers)
        yield Fault(path, "not_a_pair", message)


def _twice_locked(pairs: Collection[tuple[str, str]]) -> Faults:
    seen: set[str] = set()
    for index, pair in enumerate(pairs):
        if repr(pair) in seen:
            yield Fault(f"locked[{index}]", "twice", "is locked a second time")
        seen.add(repr(pair))


def _locked_faults(problem: Problem) -> Faults:
    filled: Counter[tuple[str, str]] = Counter()
    capacity = {("mentor", person.id): person.capacity for person in problem.mentors}
    capacity |= {("mentee", person.id): person.capacity for person in problem.mentees}
    for index, (pair, code) in enumerate(locked_failures(problem)):
        path = f"locked[{index}]"
        if code is not None:
            yield Fault(path, code, f"breaks the rule {code}")
        for who in (("mentor", pair[0]), ("mentee", pair[1])):
            filled[who] += 1
            if filled[who] > capacity[who]:
                message = f"is one pair too many for {shown(who[1])}, who can carry {capacity[who]}"
                yield Fault(path, "over_capacity", message)


def _text(path: str, value: object) -> Faults:
    if not isinstance(value, str):
        yield Fault(path, "wrong_type", f"must be a text, not {shown(value)}")


def _texts(path: str, values: Collection[object]) -> Faults:
    for index, value in enumerate(values):
        if not isinstance(value, str):
            yield from _text(f"{path}[{index}]", value)


def _skill(path: str, name: str) -> Faults:
    if not name:
        yield Fault(inside(path, name), "missing", "must be the name of a skill, not an empty text")


def _flag(path: str, value: object) -> Faults:
    if not isinstance(value, bool):
        yield Fault(path, "wrong_type", f"must be true or false, not {shown(value)}")


def _whole(path: str, value: object, low: int, high: int | None = None) -> Faults:
    wanted = f"a whole number from {low} to {high}" if high else f"a whole number of {low} or more"
    if not isinstance(value, int) or isinstance(value, bool):
        yield Fault(path, "wrong_type", f"must be {wanted}, not {shown(value)}")
    elif not _is_whole(value, low, high):
        yield Fault(path, "out_of_range", f"must be {wanted}, not {shown(value)}")


def _is_whole(value: object, low: int, high: int | None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return value >= low and (high is None or value <= high)


def _number(path: str, value: object, low: int | None = None) -> Faults:
    wanted = "a number" if low is None else f"a number of {low} or more"
    if not isinstance(value, int | float | Decimal | Fraction) or isinstance(value, bool):
        yield Fault(path, "wrong_type", f"must be {wanted}, not {shown(value)}")
    elif not _is_finite(value) or (low is not None and value < low):
        yield Fault(path, "out_of_range", f"must be {wanted}, not {shown(value)}")


def _is_plain(value: object, low: int | None = None) -> bool:
    """Whether it is a whole number as most are, which needs no closer look."""
    return type(value) is int and (low is None or value >= low)


def _is_finite(value: Number) -> bool:
    # Python's integers and fractions can be too large for math.isfinite to look at.
    return isinstance(value, int | Fraction) or isfinite(value)


def _choice(path: str, value: object, choices: tuple[str, ...]) -> Faults:
    if value not in (*choices, ""):
        listed = ", ".join(choices[:-1]) + f" or {choices[-1]}"
        yield Fault(path, "unknown_choice", f"must be {listed}, not {shown(value)}")


def _style(path: str, value: object, choices: tuple[str, ...]) -> Faults:
    yield from _choice(path, folded(value) if isinstance(value, str) else value, choices)
