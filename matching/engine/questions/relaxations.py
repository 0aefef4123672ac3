"""One thing about a problem made less strict, and what the problem is then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from matching.engine.problem import HIGHEST_LEVEL, STYLE_RULES, Number, Person, Problem, folded
from matching.engine.questions.changes import Ids

CAPACITY, LEVEL, BAR = "capacity", "level", "bar"
HOURS, MINIMUM, JUNIOR, LANGUAGE, STYLE = "hours", "minimum", "junior", "language", "style"
# The smallest first: one person's one number, one decision about two people, a threshold for
# everybody, a rule given up for everybody.
KINDS = (CAPACITY, LEVEL, BAR, HOURS, MINIMUM, JUNIOR, LANGUAGE, STYLE)
IGNORE = STYLE_RULES[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """`kind` is one of KINDS; the other fields are those that this kind needs.

    `person` carries one pair more, or is one level higher in `skill`, on every side they stand
    on. `pair` is the bar that is lifted. `value` is what is then set: the capacity, the level,
    the hours in common, the lowest points.
    """

    kind: str
    person: str = ""
    skill: str = ""
    pair: Ids | None = None
    value: int | None = None

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"kind": self.kind}
        for name in ("person", "skill", "value"):
            if (held := getattr(self, name)) not in ("", None):
                found[name] = held
        return found | ({"pair": list(self.pair)} if self.pair else {})


def read_relaxation(value: Mapping[str, Any]) -> Relaxation:
    """What `as_json` wrote."""
    pair = value.get("pair")
    kept = {name: value[name] for name in ("kind", "person", "skill", "value") if name in value}
    return Relaxation(**kept, pair=(pair[0], pair[1]) if pair else None)


def relaxed(problem: Problem, relaxation: Relaxation) -> Problem:
    """The problem after the relaxation; valid if it was."""
    if relaxation.kind in (CAPACITY, LEVEL):
        change = _roomier if relaxation.kind == CAPACITY else _abler
        return replace(
            problem,
            mentors=_changed(problem.mentors, relaxation, change),
            mentees=_changed(problem.mentees, relaxation, change),
        )
    if relaxation.kind == BAR:
        kept = tuple(pair for pair in problem.forbidden if pair != relaxation.pair)
        return replace(problem, forbidden=kept)
    loosened: dict[str, dict[str, Any]] = {
        HOURS: {"working_hours_overlap": relaxation.value},
        MINIMUM: {"minimum_score": relaxation.value},
        JUNIOR: {"mentor_is_junior": False},
        LANGUAGE: {"shared_language": False},
        STYLE: {"style": IGNORE},
    }
    rules = replace(problem.rules, **loosened[relaxation.kind])
    return replace(problem, rules=rules)


def _changed(people: Iterable[Person], relaxation: Relaxation, change: Any) -> tuple[Person, ...]:
    return tuple(
        change(person, relaxation) if person.id == relaxation.person else person
        for person in people
    )


def _roomier(person: Person, _: Relaxation) -> Person:
    return replace(person, capacity=person.capacity + 1)


def _abler(person: Person, relaxation: Relaxation) -> Person:
    level = min(person.levels.get(relaxation.skill, 0) + 1, HIGHEST_LEVEL)
    return replace(person, levels={**person.levels, relaxation.skill: level})


def roomier(person: Person) -> Relaxation:
    return Relaxation(kind=CAPACITY, person=person.id, value=person.capacity + 1)


def abler(person: Person, skill: str) -> Relaxation:
    level = person.levels.get(skill, 0) + 1
    return Relaxation(kind=LEVEL, person=person.id, skill=skill, value=level)


def rule_relaxations(problem: Problem) -> tuple[Relaxation, ...]:
    """The rules that are on given up, thresholds step by step in the whole numbers they are set
    in, the nearest first; in the order of KINDS."""
    rules = problem.rules
    found = [
        *(Relaxation(kind=HOURS, value=hours) for hours in _below(rules.working_hours_overlap)),
        *(Relaxation(kind=MINIMUM, value=points) for points in _below(rules.minimum_score)),
    ]
    if rules.mentor_is_junior:
        found.append(Relaxation(kind=JUNIOR))
    if rules.shared_language:
        found.append(Relaxation(kind=LANGUAGE))
    if (folded(rules.style) or STYLE_RULES[0]) != IGNORE:
        found.append(Relaxation(kind=STYLE))
    return tuple(found)


def _below(threshold: Number) -> range:
    """Whole numbers under the threshold, the nearest first."""
    least = -(-Fraction(str(threshold)) // 1)
    return range(int(least) - 1, -1, -1)
