"""Wagtail's screens for people, as an administrator uses them."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from matching.models import Pair
from portal.models import User
from tests.factories.matching import ActivePairFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return UserFactory(name="Ruth Root", email="ruth@example.org", is_superuser=True)


@pytest.fixture
def client(client_for: Callable[[User], Client], root: User) -> Client:
    return client_for(root)


def test_an_administrator_changes_themselves_and_cannot_lock_themselves_out(
    client: Client, root: User
) -> None:
    address = reverse("wagtailusers_users:edit", args=[root.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"email": root.email, "name": "Ruth R.", "time_zone": "Europe/Paris"})
    root.refresh_from_db()
    assert (root.name, root.time_zone) == ("Ruth R.", "Europe/Paris")
    assert root.is_superuser
    assert root.is_active


def test_an_account_is_closed_and_opened_again(client: Client, mentor_user: User) -> None:
    address = reverse("wagtailusers_users:edit", args=[mentor_user.pk])
    given = {"email": mentor_user.email, "name": mentor_user.name, "time_zone": ""}
    client.post(address, given)
    mentor_user.refresh_from_db()
    assert not mentor_user.is_active
    client.post(address, {**given, "is_active": "on"})
    mentor_user.refresh_from_db()
    assert mentor_user.is_active


def test_somebody_made_without_a_password_may_set_one_later(
    client: Client, client_for: Callable[[User], Client]
) -> None:
    client.post(reverse("wagtailusers_users:add"), {"email": "new@example.org", "name": "Nia New"})
    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert client_for(person).get(reverse("account_set_password")).status_code == 200


def test_a_time_zone_that_is_none_is_told_at_its_field(client: Client) -> None:
    given = {"email": "new@example.org", "name": "Nia New", "time_zone": "Europe/Pariss"}
    page = client.post(reverse("wagtailusers_users:add"), given).content.decode()
    assert "Europe/Pariss is not one of the available choices" in page
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("words", ["Mina+Mentor", "mina@example"])
def test_people_are_found_by_name_and_by_address(
    client: Client, mentor_user: User, outsider: User, words: str
) -> None:
    page = client.get(f"{reverse('wagtailusers_users:index')}?q={words}").content.decode()
    assert mentor_user.email in page
    assert outsider.email not in page


@pytest.mark.parametrize("many", [False, True])
def test_nobody_is_deleted_on_whom_the_past_of_a_partner_hangs(client: Client, many: bool) -> None:
    person = ActivePairFactory().mentor.person
    address = reverse("wagtailusers_users:delete", args=[person.pk])
    if many:
        action = reverse("wagtail_bulk_action", args=["portal", "user", "delete"])
        address = f"{action}?id={person.pk}&next=/admin/users/"
    page = client.post(address, follow=True).content.decode()
    assert f"{person} is or was in a pair" in page
    assert Pair.objects.count() == 1
    assert User.objects.filter(pk=person.pk).exists()


def test_somebody_without_a_past_is_deleted(client: Client, outsider: User) -> None:
    client.post(reverse("wagtailusers_users:delete", args=[outsider.pk]))
    assert not User.objects.filter(pk=outsider.pk).exists()


def test_a_picture_of_oneself_is_shown(client: Client, root: User) -> None:
    profile = UserProfile.get_for_user(root)
    profile.avatar.save("me.png", ContentFile(b"\x89PNG"))
    assert client.get(profile.avatar.url).getvalue() == b"\x89PNG"
