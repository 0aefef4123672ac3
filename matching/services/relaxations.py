"""What a coordinator changes because the doctor showed that it helps."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import StyleRule
from matching.models import Expertise, Participant, Programme
from matching.services.together import lift_bar
from portal.models import Skill, User

RULES: dict[str, tuple[str, Any]] = {
    "junior": ("mentor_is_junior", False),
    "language": ("shared_language", False),
    "style": ("style", StyleRule.IGNORE),
}
THRESHOLDS = {"hours": "working_hours_overlap", "minimum": "minimum_score"}


class RelaxationRefused(Exception):
    """Why a change cannot be made any more, in words."""


@transaction.atomic
def apply_relaxation(
    programme: Programme, relaxation: Mapping[str, Any], *, by: User | None, was: int | None = None
) -> None:
    """Make the change. Sent twice it is made once: `was` is the capacity it was offered at.

    Raises `RelaxationRefused` where the programme has changed since.
    """
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    kind = relaxation["kind"]
    if kind == "capacity":
        _take_on_one_more(_participant(locked, relaxation["person"]), was)
    elif kind == "level":
        person = _participant(locked, relaxation["person"])
        _raise_level(person, relaxation["skill"], relaxation["value"])
    elif kind == "bar":
        mentor, mentee = relaxation["pair"]
        for bar in locked.bars.filter(mentor_id=mentor, mentee_id=mentee):
            lift_bar(bar, by=by)
    elif kind in THRESHOLDS:
        name = THRESHOLDS[kind]
        _set_rule(locked, name, min(getattr(locked, name), relaxation["value"]), by)
    else:
        _set_rule(locked, *RULES[kind], by)


def _set_rule(programme: Programme, name: str, value: Any, by: User | None) -> None:
    setattr(programme, name, value)
    programme.changed_by, programme.changed_at = by, timezone.now()
    programme.save(update_fields=[name, "changed_by", "changed_at"])


def _participant(programme: Programme, key: str) -> Participant:
    people = Participant.objects.select_for_update(no_key=True)
    found = people.filter(programme=programme, pk=key, withdrawn_at__isnull=True).first()
    if found is None:
        raise RelaxationRefused(_("They have left the programme. Run a new round."))
    return found


def _take_on_one_more(participant: Participant, was: int | None) -> None:
    if participant.capacity != was:
        raise RelaxationRefused(
            _("How many pairs they take on was changed meanwhile. Look at it again.")
        )
    participant.capacity += 1
    participant.save(update_fields=["capacity"])


def _raise_level(participant: Participant, skill: str, level: int) -> None:
    known = participant.expertise.filter(skill__name=skill).first()
    if known is not None:
        known.level = max(known.level, level)
        known.save(update_fields=["level"])
        return
    found = Skill.objects.filter(name=skill).order_by("locale_id").first()
    if found is None:
        raise RelaxationRefused(_("There is no skill “%(skill)s” any more.") % {"skill": skill})
    Expertise.objects.create(participant=participant, skill=found, level=level)
