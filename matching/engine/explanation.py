"""Why two people were matched, and why someone was left over."""

from collections.abc import Iterator, Sequence

from matching.engine.constraints import CODES
from matching.engine.problem import Person
from matching.engine.result import NO_ALLOWED_PARTNER, OTHERS_FIT_BETTER, Cover, Unmatched


def covers(mentor: Person, mentee: Person) -> tuple[Cover, ...]:
    """The goals of the mentee that the mentor can lift, by skill."""
    found = []
    for skill, goal in sorted(mentee.goals.items()):
        level = mentee.levels.get(skill, 0)
        to = min(mentor.levels.get(skill, 0), goal.target)
        if to > level:
            found.append(Cover(skill, level, to, goal.target))
    return tuple(found)


def left_over(
    side: str, people: Sequence[Person], barring: Sequence[Sequence[int] | None]
) -> Iterator[Unmatched]:
    """Each of the people, who are in no pair; `barring` counts the other side by code for those
    without an allowed partner, and is None for the others."""
    for person, counts in zip(people, barring, strict=True):
        if counts is None:
            yield Unmatched(person.id, side, OTHERS_FIT_BETTER, {})
            continue
        counted = zip(CODES, counts, strict=True)
        detail = {code: number for code, number in counted if code is not None and number}
        yield Unmatched(person.id, side, NO_ALLOWED_PARTNER, detail)
