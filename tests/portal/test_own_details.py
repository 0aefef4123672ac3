"""What a person says of themselves, on the portal's page and in Wagtail's admin."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.models import User
from portal.services.people import set_zones
from portal.zones import known_zones
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def test_a_person_changes_their_name_and_zone(client_for: ClientFor, mentor_user: User) -> None:
    client = client_for(mentor_user)
    answer = client.post(
        reverse("portal:you"), {"name": "  Mina  van Dam ", "time_zone": "Europe/Amsterdam"}
    )
    assert answer.status_code == 302
    mentor_user.refresh_from_db()
    assert (mentor_user.name, mentor_user.time_zone) == ("Mina van Dam", "Europe/Amsterdam")
    page = BeautifulSoup(client.get(reverse("portal:you")).content, "html.parser")
    account = page.select_one(".site-account a")
    assert account is not None
    assert account.get_text() == "Mina"
    assert account["title"] == account["aria-label"] == "Mina van Dam"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": "  ", "time_zone": ""}, "name"), ({"name": "M", "time_zone": "Moon"}, "time_zone")],
)
def test_what_cannot_be_is_told_at_its_field_and_kept_from_the_header(
    client_for: ClientFor, mentor_user: User, given: dict[str, str], field: str
) -> None:
    answer = client_for(mentor_user).post(reverse("portal:you"), given)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one(f"[name={field}][aria-invalid=true]")
    assert page.select(".site-account a")[0]["title"] == "Mina Mentor"
    mentor_user.refresh_from_db()
    assert mentor_user.name == "Mina Mentor"


def test_an_address_is_changed_by_nobody_for_themselves(
    client_for: ClientFor, mentor_user: User
) -> None:
    client = client_for(mentor_user)
    given = {"name": "Mina", "time_zone": "", "email": "boss@example.org"}
    client.post(reverse("portal:you"), given)
    for act in ("action_add", "action_primary"):
        answer = client.post(reverse("account_email"), {"email": "boss@example.org", act: ""})
        assert answer.status_code == 404
    mentor_user.refresh_from_db()
    assert mentor_user.email == "mina@example.org"


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("portal:you"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(("password", "told"), [(None, "Set a password"), ("x" * 20, "Change")])
def test_the_page_says_how_one_signs_in(
    client_for: ClientFor, password: str | None, told: str
) -> None:
    person = UserFactory(email="pia@example.org", password=password)
    page = client_for(person).get(reverse("portal:you")).content.decode()
    assert "pia@example.org" in page
    assert told in page


def account_form(client: Client) -> dict[str, str]:
    """What the account page of the admin sends when nothing on it is touched."""
    page = BeautifulSoup(client.get(reverse("wagtailadmin_account")).content, "html.parser")
    found: dict[str, str] = {}
    for field in page.select("main form [name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            found[str(field["name"])] = str(chosen["value"]) if chosen else ""
        elif field.get("type") not in {"file", "checkbox", "submit"}:
            found[str(field["name"])] = str(field.get("value", ""))
    return found


def test_an_editor_saves_their_account_in_the_admin(client_for: ClientFor, editor: User) -> None:
    client = client_for(editor)
    form = account_form(client) | {
        "name_email-name": "Edda Brandt",
        "name_email-time_zone": "Asia/Tokyo",
    }
    answer = client.post(reverse("wagtailadmin_account"), form)
    assert answer.status_code == 302, answer.content.decode()
    editor.refresh_from_db()
    assert (editor.name, editor.time_zone) == ("Edda Brandt", "Asia/Tokyo")
    assert "first_name" not in "".join(form)


@pytest.mark.parametrize("who", ["mentor_user", "outsider"])
def test_the_account_page_of_the_admin_is_for_those_who_work_there(
    client_for: ClientFor, who: str, request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(who))
    assert client.get(reverse("wagtailadmin_account")).status_code == 404


def test_the_admin_goes_by_the_same_clock(client_for: ClientFor, editor: User) -> None:
    profile = UserProfile.get_for_user(editor)
    client_for(editor).post(reverse("portal:you"), {"name": "Edda", "time_zone": "Asia/Tokyo"})
    profile.refresh_from_db()
    assert profile.get_current_time_zone() == "Asia/Tokyo"


def test_a_profile_begins_with_the_zone_of_its_person() -> None:
    person = UserFactory(time_zone="Asia/Tokyo")
    assert UserProfile.get_for_user(person).get_current_time_zone() == "Asia/Tokyo"


def test_a_zone_from_a_file_reaches_the_admin_too() -> None:
    person = UserFactory(email="a@example.org")
    profile = UserProfile.get_for_user(person)
    set_zones({person.pk: "Asia/Tokyo"})
    profile.refresh_from_db()
    person.refresh_from_db()
    assert (person.time_zone, profile.current_time_zone) == ("Asia/Tokyo", "Asia/Tokyo")


def test_what_is_no_place_is_no_zone() -> None:
    assert not known_zones() & {"Factory", "localtime", "posixrules"}
