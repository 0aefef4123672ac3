"""A letter goes out once its change is saved, as text and HTML, and fetches nothing."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import TemplateDoesNotExist

from portal.links import absolute
from portal.mail import send_letter
from portal.models import User

pytestmark = pytest.mark.django_db

LETTERS = {
    "test/hello.subject.txt": "Hello\n{{ person.name }}",
    "test/hello.txt": "Dear {{ person.name }}, see {{ base_url }}{{ path }}",
    "test/hello.html": "<style>p{color:#123456}</style><p>Dear {{ person.name }}</p>",
}


@pytest.fixture(autouse=True)
def letters(settings: Any) -> None:
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {f"mail/{name}": text for name, text in LETTERS.items()},
                    )
                ]
            },
        }
    ]


def test_a_letter_waits_for_its_change(
    mentor_user: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send_letter(to=mentor_user, template="test/hello", context={"path": "/en/"})
        assert mail.outbox == []
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_no_letter_tells_of_a_change_that_was_not_saved(mentor_user: User) -> None:
    with transaction.atomic():
        send_letter(to=mentor_user, template="test/hello", context={})
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_a_letter_is_readable_as_text_and_as_html(
    mentor_user: User, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.BASE_URL = "https://mentoring.example.org"
    mentor_user.name = "Mina <b>Mentor</b>"
    with django_capture_on_commit_callbacks(execute=True):
        send_letter(to=mentor_user, template="test/hello", context={"path": "/en/desk/"})
    letter = mail.outbox[0]
    assert letter.to == [mentor_user.email]
    assert letter.subject == "Hello Mina <b>Mentor</b>"
    assert "https://mentoring.example.org/en/desk/" in letter.body
    html = letter.alternatives[0].content
    assert "color:#123456" in html.replace(" ", "")
    assert "<b>Mentor" not in html


def test_a_missing_template_stops_the_change(mentor_user: User) -> None:
    with pytest.raises(TemplateDoesNotExist):
        send_letter(to=mentor_user, template="test/nothing", context={})


def test_links_lead_back_to_the_portal(settings: Any) -> None:
    settings.BASE_URL = "https://mentoring.example.org"
    assert absolute("/verify/abc") == "https://mentoring.example.org/verify/abc"


def test_a_letter_that_cannot_be_sent_stops_neither_the_answer_nor_the_next_one(
    mentor_user: User,
    mentee_user: User,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    send = EmailMultiAlternatives.send

    def fail_for_mina(letter: EmailMultiAlternatives, *args: Any) -> int:
        if letter.to == [mentor_user.email]:
            raise ConnectionRefusedError
        return send(letter, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail_for_mina)
    with django_capture_on_commit_callbacks(execute=True):
        for person in (mentor_user, mentee_user):
            send_letter(to=person, template="test/hello", context={})
    assert [letter.to for letter in mail.outbox] == [[mentee_user.email]]
    assert "ConnectionRefusedError" in caplog.text
