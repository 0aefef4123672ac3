"""The programme and its people: imported, invited, arrived."""

from django.contrib.auth.models import Group
from wagtail.models import Site

from curriculum.sample.clock import day_from_now, days_ago
from curriculum.sample.story import (
    COORDINATOR,
    EDITOR,
    IMPORTED,
    INVITED,
    LASTS_UNTIL,
    LOGINS,
    MORE_LOGINS,
    NOT_YET_JOINED,
    ORGANISATION,
    PEOPLE,
    PURPOSE,
    SIGNATORY,
    SLUG,
    STAFF_NAMES,
)
from matching.models import Participant, Programme
from matching.services.imports.applying import import_participants
from matching.services.invitations import invite_participants, note_arrival
from portal.models import Branding, User
from portal.permissions import COORDINATORS, EDITORS


class SampleRefused(Exception):
    """Why the sample cannot be made here, in words."""


def make_programme_with_people() -> Programme:
    """Import the file, name the programme, invite everybody; most have signed in since."""
    with days_ago(IMPORTED):
        plan = import_participants(PEOPLE.read_bytes(), SLUG, apply=True)
        if plan.problems:
            first = plan.problems[0]
            raise SampleRefused(
                f"{PEOPLE.name}, row {first.row}, {first.column}: {first.problem}"
                " The sample needs the starter library: manage.py load_library"
            )
        programme = Programme.objects.get(slug=SLUG)
        programme.name = f"Turnabout {programme.starts_on.year}"
        programme.purpose = PURPOSE
        programme.ends_on = day_from_now(LASTS_UNTIL).date()
        programme.save()
    with days_ago(INVITED):
        invite_participants(programme)
    with days_ago(INVITED - 2, hour=7, minute=40):
        for participant in Participant.objects.filter(programme=programme).select_related("person"):
            if participant.person.email.partition("@")[0] not in NOT_YET_JOINED:
                note_arrival(participant.person)
    return programme


def make_staff() -> User:
    """The editor and the coordinator, and whose portal it is; gives back the coordinator."""
    for login, group in ((EDITOR, EDITORS), (COORDINATOR, COORDINATORS)):
        person, _is_new = User.objects.get_or_create(
            email=login.email, defaults={"name": STAFF_NAMES[login.email]}
        )
        person.groups.add(Group.objects.get(name=group))
    branding = Branding.for_site(Site.objects.get(is_default_site=True))
    if not branding.organisation_name:
        branding.organisation_name = ORGANISATION
        branding.signatory_name, branding.signatory_title = SIGNATORY
        branding.contact_email = COORDINATOR.email
        branding.save()
    return User.objects.get(email=COORDINATOR.email)


def set_passwords(password: str) -> None:
    """One password, kept on this machine, for everybody the demo tells how to sign in."""
    for login in (*LOGINS, *MORE_LOGINS):
        person = User.objects.get(email=login.email)
        person.set_password(password)
        person.save(update_fields=["password"])
