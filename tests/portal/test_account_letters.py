"""What the door writes: in the house's voice, only to people it knows, and seen by no stopwatch."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import app_settings
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.middleware import AfterwardsMiddleware, do_afterwards
from portal.models import Branding, User
from tests.portal.test_doors import CONFIRM, code_in, read

pytestmark = pytest.mark.django_db

# What can be asked for at the door: the page, and what the letter is called.
ASKING = [
    ("account_request_login_code", "Your code to sign in"),
    ("account_reset_password", "Set a new password"),
]


@pytest.mark.parametrize(("name", "title"), ASKING)
def test_each_letter_is_one_of_the_house(
    client: Client, mentor_user: User, name: str, title: str
) -> None:
    branding = Branding.for_request(client.get("/en/").wsgi_request)
    branding.organisation_name = "O’Brien & Daughters"
    branding.save()
    client.post(reverse(name), {"email": "Mina@Example.ORG"})
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    [html] = [str(part.content) for part in letter.alternatives if part.mimetype == "text/html"]
    page = BeautifulSoup(html, "html.parser")
    assert page.select("h1")[0].get_text() == title
    assert page.select(".house")[0].get_text() == "Turnabout · O’Brien & Daughters"
    assert page.select("p[style]")
    for text in (letter.subject, letter.body, html):
        assert "localhost:" not in text.replace("http://localhost:8000", "")
        assert not re.search(r"\[|Hello from|sign up|Thank you for using|testserver", text)


def test_the_code_is_the_same_in_both_parts(client: Client, mentor_user: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": mentor_user.email})
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    code = code_in(str(letter.body))
    assert letter.subject == f"{code} is your sign-in code"
    page = BeautifulSoup(str(letter.alternatives[0].content), "html.parser")
    assert page.select("p.code")[0].get_text() == code


def test_the_link_to_a_new_password_works_and_names_our_own_host(
    client: Client, mentor_user: User, settings: Any
) -> None:
    settings.BASE_URL = "https://mentoring.example.org"
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    asked = {"email": mentor_user.email}
    client.post(reverse("account_reset_password"), asked, headers={"host": "elsewhere.example"})
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    found = re.search(r"^https://mentoring\.example\.org(/en/\S+)$", str(letter.body), re.MULTILINE)
    assert found
    assert f"{settings.BASE_URL}{found[1]}" in str(letter.alternatives[0].content)
    assert "elsewhere" not in f"{letter.body}{letter.alternatives[0].content}"
    settings.ALLOWED_HOSTS = ["testserver"]
    form = client.get(found[1], follow=True)
    given = {"password1": "a-long-sentence-of-mine", "password2": "a-long-sentence-of-mine"}
    client.post(form.request["PATH_INFO"], given)
    mentor_user.refresh_from_db()
    assert mentor_user.check_password("a-long-sentence-of-mine")


@pytest.mark.parametrize(("name", "title"), ASKING)
@pytest.mark.parametrize("who", ["a stranger", "a closed account"])
def test_an_unknown_address_gets_no_mail_and_the_same_answer(
    mentor_user: User, outsider: User, name: str, title: str, who: str
) -> None:
    outsider.is_active = False
    outsider.save()
    unknown = "eve@example.org" if who == "a stranger" else outsider.email
    told = []
    for address in (mentor_user.email, unknown):
        client = Client()
        pages = [client.post(reverse(name), {"email": address}, follow=True)]
        if name == "account_request_login_code":
            for given in ({"action": "resend"}, {"code": "WRONG1"}):
                pages.append(client.post(CONFIRM, given, follow=True))
        told.append([(page.redirect_chain, read(page).replace(address, "…")) for page in pages])
    assert told[0] == told[1]
    assert "known here" in told[0][0][1]
    assert {to for letter in mail.outbox for to in letter.to} == {mentor_user.email}


@pytest.mark.parametrize(("name", "title"), ASKING)
def test_a_mail_server_that_fails_gives_nobody_away(
    client: Client,
    mentor_user: User,
    name: str,
    title: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(letter: EmailMultiAlternatives) -> None:
        raise OSError("No route to the mail server")

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)
    assert client.post(reverse(name), {"email": mentor_user.email}).status_code == 302
    assert "No route to the mail server" in caplog.text


def test_what_is_put_off_happens_once_the_answer_is_out(rf: RequestFactory) -> None:
    done: list[str] = []

    def page(request: Any) -> HttpResponse:
        do_afterwards(request, lambda: done.append("first"))
        do_afterwards(request, lambda: done.append("second"))
        return HttpResponse("soup")

    answer = AfterwardsMiddleware(page)(rf.get("/"))
    assert b"".join(answer) == b"soup"
    assert done == []
    answer.close()
    assert done == ["first", "second"]


def test_no_letter_is_written_before_the_answer(
    mentor_user: User, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendering and sending take longer than finding nobody."""
    order: list[str] = []

    class Watching(AfterwardsMiddleware):
        def __call__(self, request: Any) -> HttpResponse:
            answer = super().__call__(request)
            order.append("answer")
            return answer

    def note(*args: Any, **kwargs: Any) -> EmailMultiAlternatives:
        order.append("letter")
        return EmailMultiAlternatives(to=["mina@example.org"])

    monkeypatch.setattr("portal.middleware.AfterwardsMiddleware", Watching)
    monkeypatch.setattr("portal.accounts.write_to_address", note)
    Client().post(reverse("account_request_login_code"), {"email": mentor_user.email})
    assert order == ["answer", "letter"]


@pytest.mark.parametrize("name", ["login_code", "password_reset_key"])
@pytest.mark.parametrize("part", ["subject.txt", "txt", "html"])
def test_the_two_letters_that_the_door_writes_are_ours(name: str, part: str) -> None:
    assert "templates/mail" in get_template(f"mail/account/{name}.{part}").origin.name


def test_the_door_writes_no_others(client: Client, client_for: Callable[[User], Client]) -> None:
    """A setting that brings more letters must bring their templates and stand above."""
    assert not app_settings.EMAIL_UNKNOWN_ACCOUNTS
    assert not app_settings.EMAIL_NOTIFICATIONS
    assert not app_settings.PASSWORD_RESET_BY_CODE_ENABLED
    assert app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.NONE
    client.post(
        reverse("account_signup"),
        {"email": "eve@example.org", "password1": "a-long-sentence-of-mine"},
    )
    assert mail.outbox == []
