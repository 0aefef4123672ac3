"""A change that a coordinator tries: whether it can be made, and what it is called."""

from collections.abc import Mapping
from typing import Any

from matching.models import Participant, Programme, Round
from matching.queries.questions import liftable_bars
from matching.queries.replies import people_in
from matching.wording_questions import act_in_words, relaxation_in_words

SWITCHES = {"junior": "mentor_is_junior", "language": "shared_language"}
THRESHOLDS = {"hours": "working_hours_overlap", "minimum": "minimum_score"}


def people_missing(
    programme: Programme, asked: Round | None, two: Mapping[str, str]
) -> list[Participant]:
    """Who of the two was no part of the round that is asked about."""
    if asked is None or not two:
        return []
    there = {side: {one["id"] for one in asked.problem[f"{side}s"]} for side in two}
    gone = [id for side, id in two.items() if id not in there[side]]
    if not gone:
        return []
    return list(programme.participants.select_related("person").filter(pk__in=gone))


def relaxation_is_open(programme: Programme, relaxation: Mapping[str, Any]) -> bool:
    """Whether the programme is still as strict as the change takes for granted."""
    kind, value = relaxation["kind"], int(relaxation.get("value") or 0)
    if kind in THRESHOLDS:
        return bool(value < getattr(programme, THRESHOLDS[kind]))
    if kind in SWITCHES:
        return bool(getattr(programme, SWITCHES[kind]))
    if kind == "style":
        return programme.style != "ignore"
    if kind == "bar":
        return tuple(relaxation["pair"]) in liftable_bars(programme)
    people = programme.participants.filter(pk=relaxation["person"], withdrawn_at__isnull=True)
    return people.exists() and (kind == "capacity" or 1 <= value <= 5)


def change_in_words(programme: Programme, relaxation: Mapping[str, Any]) -> dict[str, Any]:
    """What is tried, and the fields that carry it out."""
    people = people_in(programme, relaxation)
    fields = [(name, value) for name, value in relaxation.items() if name != "pair"]
    if pair := relaxation.get("pair"):
        fields += zip(("mentor", "mentee"), pair, strict=True)
    if relaxation["kind"] == "capacity" and (one := people.known.get(relaxation["person"])):
        fields.append(("was", one.capacity))
    return {
        "condition": relaxation_in_words(relaxation, people.names),
        "act": act_in_words(relaxation, people.names),
        "act_fields": fields,
        "is_open": relaxation_is_open(programme, relaxation),
    }
