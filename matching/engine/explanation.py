"""Why two people were matched, and why someone was left over."""

from collections.abc import Iterable

import numpy as np

from matching.engine.constraints import CODES, Verdicts
from matching.engine.graph import BoolArray
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
    side: str, people: Iterable[Person], in_a_pair: BoolArray, verdicts: Verdicts
) -> tuple[Unmatched, ...]:
    """Everyone in no pair. `verdicts` has a row for each of the people."""
    return tuple(
        _unmatched(person.id, side, verdicts[row])
        for row, person in enumerate(people)
        if not in_a_pair[row]
    )


def _unmatched(id: str, side: str, verdicts: Verdicts) -> Unmatched:
    people_by_code = np.bincount(verdicts, minlength=len(CODES)).tolist()
    if people_by_code[0]:
        return Unmatched(id, side, OTHERS_FIT_BETTER, {})
    counted = zip(CODES, people_by_code, strict=True)
    detail = {code: people for code, people in counted if code is not None and people}
    return Unmatched(id, side, NO_ALLOWED_PARTNER, detail)
