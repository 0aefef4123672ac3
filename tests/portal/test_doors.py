"""One door: a mailed code, no sign-up, and no other login behind it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str) -> str:
    client.post(reverse("account_request_login_code"), {"email": email})
    return code_in(mail.outbox[-1].body)


def code_in(text: str) -> str:
    found = re.search(r"^ {4}(\S+)$", text, re.MULTILINE)
    assert found, text
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


def read(answer: Any) -> str:
    """What a page says between header and footer."""
    page = BeautifulSoup(answer.content, "html.parser").select_one("main")
    assert page is not None
    return " ".join(page.get_text(" ").split())


def press(client: Client, answer: Any, label: str) -> Any:
    """Send the form on this page whose button says so."""
    page = BeautifulSoup(answer.content, "html.parser")
    for form in page.select("main form"):
        button = form.select_one("button")
        if button is not None and button.get_text(strip=True) == label:
            given = {str(one["name"]): str(one["value"]) for one in form.select("[name][value]")}
            return client.post(str(form["action"]), given, follow=True)
    raise AssertionError(f"No button “{label}” on: {read(answer)}")


CONFIRM = "/en/accounts/login/code/confirm/"


@pytest.mark.parametrize("address", ["mina@example.org", "mistyped@example.org"])
def test_a_mistyped_address_is_no_trap(client: Client, mentor_user: User, address: str) -> None:
    asked = {"email": address, "next": "/en/desk/?tab=1&more=2"}
    page = client.post(reverse("account_request_login_code"), asked, follow=True)
    assert client.get(reverse("account_login")).headers["Location"] == CONFIRM
    page = press(client, page, "Use another address")
    assert page.request["PATH_INFO"] == reverse("account_login")
    assert "I have a password" in read(page)
    assert page.context["redirect_field_value"] == "/en/desk/?tab=1&more=2"
    code = ask_for_code(client, mentor_user.email)
    client.post(CONFIRM, {"code": code})
    assert client.session["_auth_user_id"] == str(mentor_user.pk)


def test_a_new_code_takes_the_place_of_the_old(client: Client, mentor_user: User) -> None:
    old = ask_for_code(client, mentor_user.email)
    page = press(client, client.get(CONFIRM), "Send a new code")
    assert "If the address is known here, a new code is on its way to it." in read(page)
    new = code_in(mail.outbox[-1].body)
    assert len(mail.outbox) == 2
    assert "That is not the code." in read(client.post(CONFIRM, {"code": old}))
    client.post(CONFIRM, {"code": new})
    assert client.session["_auth_user_id"] == str(mentor_user.pk)


def test_a_new_code_holds_as_long_as_its_letter_says(client: Client, mentor_user: User) -> None:
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as clock:
        ask_for_code(client, mentor_user.email)
        clock.shift(timedelta(minutes=14))
        press(client, client.get(CONFIRM), "Send a new code")
        clock.shift(timedelta(minutes=14))
        client.post(CONFIRM, {"code": code_in(mail.outbox[-1].body)})
        assert client.session["_auth_user_id"] == str(mentor_user.pk)


@pytest.mark.parametrize("address", ["mina@example.org", "mistyped@example.org"])
def test_two_new_codes_are_enough(client: Client, mentor_user: User, address: str) -> None:
    client.post(reverse("account_request_login_code"), {"email": address})
    for _number in range(2):
        press(client, client.get(CONFIRM), "Send a new code")
    sent = len(mail.outbox)
    assert "Send a new code" not in read(client.get(CONFIRM))
    # A page that was open before still has the button.
    page = client.post(CONFIRM, {"action": "resend"}, follow=True)
    assert "No more codes for now." in read(page)
    assert len(mail.outbox) == sent
    assert "That is not the code." in read(client.post(CONFIRM, {"code": "WRONG1"}))


def test_a_wrong_code_is_told_once_and_the_third_ends_it(client: Client, mentor_user: User) -> None:
    code = ask_for_code(client, mentor_user.email)
    for _number in range(2):
        page = client.post(CONFIRM, {"code": "WRONG1"})
        assert read(page).count("That is not the code. Look at the newest mail.") == 1
        assert "Nothing was saved" not in read(page)
    page = client.post(CONFIRM, {"code": "WRONG1", "next": "/en/desk/"}, follow=True)
    assert page.request["PATH_INFO"] == reverse("account_request_login_code")
    assert page.context["redirect_field_value"] == "/en/desk/"
    assert "Three wrong codes. Ask for a new one." in read(page)
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_asking_too_often_is_told_as_what_it_is(client: Client, mentor_user: User) -> None:
    for _number in range(3):
        ask_for_code(client, mentor_user.email)
        press(client, client.get(CONFIRM), "Use another address")
    page = client.post(reverse("account_request_login_code"), {"email": mentor_user.email})
    assert "Too many tries. Wait a few minutes, then try again." in read(page)
    assert len(mail.outbox) == 3


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


def test_a_wrong_password_is_told_as_what_it_is(client: Client, mentor_user: User) -> None:
    page = client.post(
        reverse("account_login"), {"login": mentor_user.email, "password": "not-mine"}
    ).content.decode()
    assert "This does not let you in yet:" in page
    assert "Nothing was saved" not in page


def test_whoever_knocks_too_often_is_told_to_wait_in_the_house(
    client: Client, mentor_user: User, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _ in range(2):
        answer = client.post(
            reverse("account_login"), {"login": mentor_user.email, "password": "not-mine"}
        )
    assert answer.status_code == 429
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one(".site-header .brand")
    assert "Wait a few minutes" in page.get_text()
