"""The people of a programme, as a coordinator looks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from matching.enums import Role
from matching.models import Expertise, Pair, Participant, Programme
from matching.queries.pairs import url_of_pair
from matching.queries.standing import OVER, left_over
from portal.permissions import Person


def people_here(programme: Programme) -> int:
    """How many people a round would look at."""
    return programme.participants.filter(withdrawn_at__isnull=True, person__is_active=True).count()


def find_people(
    programme: Programme, *, search: str = "", role: str = "", place: str = ""
) -> QuerySet[Participant]:
    """Participants that fit, by name. People of both roles are found under either."""
    people = programme.participants.all()
    if place == "left_over":
        people = left_over(programme)
    elif place == "withdrawn":
        people = people.filter(withdrawn_at__isnull=False)
    else:
        wanted = {
            "not_invited": Q(invited_at__isnull=True),
            "invited": Q(invited_at__isnull=False),
            "joined": Q(joined_at__isnull=False),
        }.get(place, Q())
        people = people.filter(wanted)
        if place:
            people = people.filter(withdrawn_at__isnull=True)
    if role:
        people = people.filter(role__in={role, Role.BOTH})
    for word in search.split():
        people = people.filter(
            Q(person__name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(department__icontains=word)
        )
    return (
        people.select_related("person")
        .annotate(
            goal_count=Count("goals", distinct=True),
            pair_count=Count("pairs_as_mentor", ~Q(pairs_as_mentor__stage__in=OVER), distinct=True)
            + Count("pairs_as_mentee", ~Q(pairs_as_mentee__stage__in=OVER), distinct=True),
        )
        .order_by("person__name", "person__email")
    )


def to_invite(programme: Programme) -> QuerySet[Participant]:
    """Who has not been written to yet, and could sign in."""
    return programme.participants.filter(
        invited_at__isnull=True, withdrawn_at__isnull=True, person__is_active=True
    )


def people_of(participants: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows for the table: the participant, and where they stand as a badge."""
    return [{"participant": one, "badge": standing_badge(one)} for one in participants]


def standing_badge(participant: Participant) -> dict[str, str]:
    if participant.withdrawn_at:
        return {"label": _("has left"), "state": "quiet"}
    if participant.joined_at:
        return {"label": _("signed in"), "state": "good"}
    if participant.invited_at:
        return {"label": _("invited"), "state": "waiting"}
    return {"label": _("not invited"), "state": "quiet"}


@dataclass(frozen=True)
class PersonPage:
    participant: Participant
    badge: dict[str, str]
    expertise: tuple[Expertise, ...]
    goals: tuple[dict[str, Any], ...]
    pairs: tuple[dict[str, Any], ...]
    facts: list[dict[str, Any]]


def describe_person(participant: Participant, reader: Person) -> PersonPage:
    """What a coordinator reads of somebody; three queries."""
    expertise = tuple(participant.expertise.select_related("skill"))
    goals = participant.goals.select_related("skill")
    levels = {row.skill_id: row.level for row in expertise}
    both = Pair.objects.filter(Q(mentor=participant) | Q(mentee=participant))
    return PersonPage(
        participant=participant,
        badge=standing_badge(participant),
        expertise=expertise,
        goals=tuple({"goal": goal, "now": levels.get(goal.skill_id, 0)} for goal in goals),
        pairs=tuple(
            {"pair": pair, "url": url_of_pair(pair, reader)}
            for pair in both.select_related("programme", "mentor__person", "mentee__person")
        ),
        facts=_facts(participant),
    )


def _facts(participant: Participant) -> list[dict[str, Any]]:
    years = participant.seniority_years
    facts = [
        (_("Part"), participant.get_role_display()),
        (_("Email"), participant.person.email),
        (_("Job"), participant.job_title),
        (_("Department"), participant.department),
        (_("Place"), participant.location),
        (_("Time zone"), participant.time_zone),
        (_("Years of seniority"), "" if years is None else f"{years.normalize():f}"),
        (_("Manager"), participant.manager_email),
        (_("Languages"), ", ".join(participant.languages)),
        (_("Meets"), participant.get_meets_display()),
        (_("Way of talking"), participant.get_style_display()),
        (_("Interests"), ", ".join(participant.interests)),
        (_("Pairs at once"), participant.capacity),
    ]
    return [{"label": label, "value": value} for label, value in facts if value != ""]
