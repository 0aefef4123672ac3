"""One door: a mailed code, no sign-up, and no other login behind it."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str) -> str:
    client.post(reverse("account_request_login_code"), {"email": email})
    found = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_a_person_signs_in_by_a_mailed_code(client: Client, mentor_user: User) -> None:
    code = ask_for_code(client, mentor_user.email)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(mentor_user.pk)


def test_the_address_counts_without_case(client: Client, mentor_user: User) -> None:
    code = ask_for_code(client, "MINA@Example.ORG")
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(mentor_user.pk)


def test_a_wrong_code_lets_nobody_in(client: Client, mentor_user: User) -> None:
    ask_for_code(client, mentor_user.email)
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session


def test_a_code_holds_only_in_the_browser_that_asked(client: Client, mentor_user: User) -> None:
    code = ask_for_code(client, mentor_user.email)
    stranger = Client()
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in stranger.session


def test_a_password_works_for_whoever_has_one(client: Client) -> None:
    person = UserFactory(password="a-long-sentence-of-mine")
    client.post(
        reverse("account_login"), {"login": person.email, "password": "a-long-sentence-of-mine"}
    )
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_signs_up(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"email": "eve@example.org", "password1": "a-long-sentence-of-mine"},
    )
    assert not User.objects.filter(email="eve@example.org").exists()


def test_an_unknown_address_is_not_told_apart(client: Client, mentor_user: User) -> None:
    known = client.post(reverse("account_request_login_code"), {"email": mentor_user.email})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "eve@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_sign_in_page_offers_the_code_first(client: Client) -> None:
    page = BeautifulSoup(client.get(reverse("account_login")).content, "html.parser")
    forms = [form["action"] for form in page.select("main form")]
    assert forms == [reverse("account_request_login_code"), reverse("account_login")]


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_signup",
        "account_inactive",
        "account_reset_password_done",
    ],
)
def test_each_account_page_stands_in_the_house(client: Client, name: str) -> None:
    page = BeautifulSoup(client.get(reverse(name)).content, "html.parser")
    assert page.select_one("main h1") is not None
    assert page.select_one("header.site-header") is not None


def test_two_people_cannot_share_an_address(mentor_user: User, client_for: Any) -> None:
    twin = User(email="MINA@example.org", name="Mina Again")
    twin.clean()
    assert twin.email == mentor_user.email


def test_wagtails_page_for_visitors_is_no_second_door(client: Client) -> None:
    answer = client.get(f"{reverse('wagtailcore_login')}?next=/en/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/en/desk/"
