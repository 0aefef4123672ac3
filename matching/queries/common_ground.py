"""What two people share, for their first talk."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.models import Goal, Pair, Participant


@dataclass(frozen=True)
class CommonGround:
    """What both said of themselves, and what each wants to learn.

    `goals` are the mentee's that this mentor can lift, `other_goals` the rest of them.
    """

    interests: tuple[str, ...]
    languages: tuple[str, ...]
    same_department: str
    same_location: str
    goals: tuple[Goal, ...]
    other_goals: tuple[Goal, ...]
    mentor_goals: tuple[Goal, ...]
    questions: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.interests or self.languages or self.same_department or self.same_location)


def find_common_ground(pair: Pair) -> CommonGround:
    """Three queries, for goals and what the mentor knows; the two participants are at hand."""
    mentor, mentee = pair.mentor, pair.mentee
    levels = dict(mentor.expertise.values_list("skill_id", "level"))
    wanted = _goals(mentee)
    helped = [goal for goal in wanted if levels.get(goal.skill_id, 0) > goal.baseline]
    interests = shared_names(mentor.interests, mentee.interests)
    return CommonGround(
        interests=interests,
        languages=shared_names(mentor.languages, mentee.languages),
        same_department=_same(mentor.department, mentee.department),
        same_location=_same(mentor.location, mentee.location),
        goals=tuple(helped),
        other_goals=tuple(goal for goal in wanted if goal not in helped),
        mentor_goals=_goals(mentor),
        questions=first_questions(interests),
    )


def first_questions(interests: Collection[str]) -> tuple[str, ...]:
    """Three questions to begin with; the first one is about what both care for, if anything."""
    if interests:
        opening = _("You both named “%(interest)s”. How did you come to it?") % {
            "interest": next(iter(interests))
        }
    else:
        opening = _("What do you like to spend time on that nobody at work would guess?")
    return (
        opening,
        _("What did someone much younger or much older last teach you?"),
        _("Half a year from now: how would you notice that this was worth your time?"),
    )


def _goals(participant: Participant) -> tuple[Goal, ...]:
    return tuple(participant.goals.select_related("skill").order_by("-weight", "skill__name"))


def shared_names(first: Collection[str], second: Collection[str]) -> tuple[str, ...]:
    """Those of `first` that are in `second` too, without regard to case."""
    known = {name.strip().casefold() for name in second}
    return tuple(name for name in first if name.strip().casefold() in known)


def _same(first: str, second: str) -> str:
    return first if first and first == second else ""
