"""Who is known already: people, skills, and who is in a programme."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F
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


@dataclass(frozen=True, slots=True)
class KnownGoal:
    pk: int
    target: int
    weight: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody in the programme, with what they know and want by the names of skills."""

    row: Participant
    email: str
    name: str
    levels: dict[str, int]
    goals: dict[str, KnownGoal]


def standing_people(programme: Programme) -> dict[str, Standing]:
    """Everyone in the programme by address; three queries, and no more objects than people."""
    levels: dict[int, dict[str, int]] = {}
    goals: dict[int, dict[str, KnownGoal]] = {}
    rows = Expertise.objects.filter(participant__programme=programme).order_by()
    for key, skill, level in rows.values_list("participant_id", "skill__name", "level"):
        levels.setdefault(key, {})[skill] = level
    wanted = Goal.objects.filter(participant__programme=programme).order_by()
    for key, skill, pk, target, weight in wanted.values_list(
        "participant_id", "skill__name", "pk", "target", "weight"
    ):
        goals.setdefault(key, {})[skill] = KnownGoal(pk, target, weight)
    people = programme.participants.order_by().annotate(
        address=F("person__email"), called=F("person__name")
    )
    return {
        person.address.lower(): Standing(
            person,
            person.address,
            person.called,
            levels.get(person.pk, {}),
            goals.get(person.pk, {}),
        )
        for person in people.iterator(2000)
    }
