"""Whom the latest round leaves without a partner, grouped by what can be done about it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.enums import LeftOverCause, Role, SuggestionState
from matching.models import LeftOver, Participant, Programme, Round, Suggestion
from matching.queries.replies import Advice, advice_of_round
from matching.queries.standing import left_over
from matching.queries.suggestions import latest_round, to_decide
from matching.wording import unmatched_in_words

# What can be done, where most can be done first.
AGAIN, NOBODY_ALLOWED, OTHERS_BETTER = "again", "nobody_allowed", "others_better"
GROUPS = {
    AGAIN: gettext_lazy("A new round may find somebody"),
    NOBODY_ALLOWED: gettext_lazy("Nobody is allowed yet"),
    OTHERS_BETTER: gettext_lazy("Others fit better"),
}
# What holds for a whole group is said once.
WHY = {OTHERS_BETTER: {"cause": str(LeftOverCause.OTHERS_FIT_BETTER)}}
GROUP_OF = {
    LeftOverCause.NO_ALLOWED_PARTNER: NOBODY_ALLOWED,
    LeftOverCause.OTHERS_FIT_BETTER: OTHERS_BETTER,
}


@dataclass(frozen=True)
class PersonLeftOver:
    """Somebody without a partner and without a suggestion, on which side, and why."""

    participant: Participant
    side: str
    group: str
    reason: str
    advice: Advice | None = None


def find_left_over(
    programme: Programme, latest: Round | None, *, search: str = "", can: str = ""
) -> QuerySet[Participant]:
    """Everyone with neither pair nor suggestion, by group and name, each with their `group`.

    Nobody before there is a round.
    """
    waiting = to_decide(programme).order_by()
    told = FilteredRelation("times_left_over", condition=Q(times_left_over__round=latest))
    groups = [When(told__cause=cause, then=Value(group)) for cause, group in GROUP_OF.items()]
    people = (
        left_over(programme)
        .exclude(pk__in=waiting.values("mentor_id"))
        .exclude(pk__in=waiting.values("mentee_id"))
        .annotate(told=told, group=Case(*groups, default=Value(AGAIN)))
    )
    if latest is None:
        people = people.none()
    if can:
        people = people.filter(Q(group=can))
    for word in search.split():
        people = people.filter(
            Q(person__name__icontains=word)
            | Q(department__icontains=word)
            | Q(job_title__icontains=word)
        )
    order = Case(*(When(group=name, then=Value(place)) for place, name in enumerate(GROUPS)))
    return people.select_related("person").order_by(order, "person__name", "pk")


def first_left_over(
    programme: Programme, latest: Round | None, most: int
) -> tuple[dict[str, int], list[Participant]]:
    """How many there are in each group, empty groups left out, and the first few of each.

    Two queries. All are counted from their keys: asking for each group goes through all of them
    as often as there are groups.
    """
    keys: dict[str, list[int]] = {}
    found: QuerySet[Any] = find_left_over(programme, latest)
    for key, group in found.values_list("pk", F("group")):
        keys.setdefault(group, []).append(key)
    first = [(key, group) for group, all_keys in keys.items() for key in all_keys[:most]]
    rows: Any = Participant.objects.select_related("person")
    people = rows.in_bulk([key for key, _group in first])
    for key, group in first:
        people[key].group = group
    counts = {group: len(all_keys) for group, all_keys in keys.items()}
    return counts, [people[key] for key, _group in first]


def describe_left_over(people: Iterable[Any], latest: Round | None) -> list[PersonLeftOver]:
    """Each with the reason in words, and what would help; four queries, however many people."""
    found = list(people)
    keys = [one.pk for one in found]
    rows = LeftOver.objects.filter(round=latest, participant__in=keys)
    told = {row.participant_id: row for row in rows}
    had = _last_suggestions(latest, keys)
    advised = advice_of_round(latest, keys)
    return [
        _told_by_engine(one, told[one.pk], advised.get((one.pk, told[one.pk].side)))
        if one.pk in told
        else _told_by_facts(one, *had.get(one.pk, ("", "")))
        for one in found
    ]


def why_alone(programme: Programme, participant: Participant) -> list[PersonLeftOver]:
    """Why this person has no partner after the latest round; [] with a partner or a suggestion."""
    latest = latest_round(programme)
    found = describe_left_over(find_left_over(programme, latest).filter(pk=participant.pk), latest)
    # By themselves, there is no group to say it for all.
    return [replace(one, reason=one.reason or unmatched_in_words(WHY[one.group])) for one in found]


def _told_by_engine(participant: Any, row: LeftOver, advice: Advice | None) -> PersonLeftOver:
    told = {"cause": row.cause, "side": row.side, "detail": row.detail}
    reason = "" if participant.group in WHY else unmatched_in_words(told)
    return PersonLeftOver(participant, row.side, participant.group, reason, advice)


def _told_by_facts(participant: Any, side: str, state: str) -> PersonLeftOver:
    if state == SuggestionState.REFUSED:
        reason = _("Their match was refused. Run a new round.")
    elif state:
        reason = _("Their match goes no further. Run a new round.")
    else:
        reason = _("They came, or became free, after this round. Run a new one.")
    side = side or str(Role.MENTEE if participant.is_mentee else Role.MENTOR)
    return PersonLeftOver(participant, side, participant.group, reason)


def _last_suggestions(latest: Round | None, people: Collection[int]) -> dict[int, tuple[str, str]]:
    """The side and state of a match these people had in the round; a refused one comes first."""
    rows = Suggestion.objects.filter(round=latest).filter(
        Q(mentor__in=people) | Q(mentee__in=people)
    )
    found: dict[int, tuple[str, str]] = {}
    for mentor, mentee, state in rows.order_by().values_list("mentor_id", "mentee_id", "state"):
        for key, side in ((mentor, "mentor"), (mentee, "mentee")):
            if key not in found or state == SuggestionState.REFUSED:
                found[key] = (side, state)
    return found


def in_groups(
    people: Iterable[PersonLeftOver], counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """By what can be done: label, why if it holds for all, how many in all, and these people."""
    found: dict[str, list[PersonLeftOver]] = {}
    for one in people:
        found.setdefault(one.group, []).append(one)
    return [
        {
            "name": name,
            "label": GROUPS[name],
            "why": unmatched_in_words(WHY[name]) if name in WHY else "",
            "count": (counts or {}).get(name, len(rows)),
            "people": rows,
        }
        for name, rows in found.items()
    ]
