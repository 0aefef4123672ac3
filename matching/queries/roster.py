"""Who is known already: people, skills, and who is in a programme."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch
from wagtail.models import Locale

from matching.models import Expertise, Goal, Participant, Programme
from portal.models import Skill, User

# Above this it is cheaper, and within every database's limits, to read all addresses there are.
MOST_ASKED_FOR = 500


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An account. Who has never signed in has not named themselves yet; staff always have."""

    pk: int
    name: str
    may_be_renamed: bool
    time_zone: str = ""


def known_people(emails: Collection[str]) -> dict[str, KnownPerson]:
    """Accounts by address in lower case; one query."""
    people = User.objects.values_list(
        "email", "pk", "name", "last_login", "is_staff", "is_superuser", "time_zone"
    )
    if len(emails) <= MOST_ASKED_FOR:
        people = people.filter(email__in=emails)
    return {
        email.lower(): KnownPerson(
            pk, name, not (last_login or is_staff or is_superuser), time_zone
        )
        for email, pk, name, last_login, is_staff, is_superuser, time_zone in people
    }


def known_skills() -> dict[str, str]:
    """Names of the skills in the main language, by their form without case; at most two queries."""
    names = Skill.objects.filter(locale=Locale.get_default()).values_list("name", flat=True)
    return {name.casefold(): name for name in names}


def skill_names() -> list[str]:
    """As the skills are written, in the order of the alphabet."""
    return sorted(known_skills().values(), key=str.casefold)


def standing_participants(programme: Programme) -> dict[str, Participant]:
    """Everyone in the programme by address, expertise and goals at hand; three queries."""
    participants = programme.participants.select_related("person").prefetch_related(
        Prefetch("expertise", Expertise.objects.select_related("skill")),
        Prefetch("goals", Goal.objects.select_related("skill")),
    )
    return {participant.person.email.lower(): participant for participant in participants}
