"""Everyone is asked in once."""

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from matching.services.invitations import invite_participants
from matching.tasks import invite_participants_job
from portal.services.jobs import JobRefused
from tests.factories.matching import MenteeFactory, MentorFactory, ProgrammeFactory
from tests.factories.portal import JobFactory

pytestmark = pytest.mark.django_db


def test_each_person_gets_one_letter_and_whoever_left_none(
    mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    programme = ProgrammeFactory(name="Digital", purpose="To learn from each other.")
    mentor, mentee = MentorFactory(programme=programme), MenteeFactory(programme=programme)
    MenteeFactory(programme=programme, withdrawn_at=timezone.now())
    MenteeFactory()
    with django_capture_on_commit_callbacks(execute=True):
        assert invite_participants(programme).letters == 2
        assert invite_participants(programme).letters == 0
    assert [letter.to for letter in mailoutbox] == [[mentor.person.email], [mentee.person.email]]
    letter = mailoutbox[0]
    assert letter.subject == "You are invited to “Digital”"
    assert "To learn from each other." in letter.body
    assert "1 September 2026" in letter.body
    assert "/accounts/login/code/" in letter.body
    assert "senior colleagues want to learn" in letter.body
    mentor.refresh_from_db()
    assert mentor.invited_at is not None


def test_the_job_says_how_many_and_may_run_twice(
    mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    programme = ProgrammeFactory()
    MenteeFactory.create_batch(3, programme=programme)
    job = JobFactory()
    with django_capture_on_commit_callbacks(execute=True):
        first = invite_participants_job(job, programme_id=programme.pk)
        second = invite_participants_job(job, programme_id=programme.pk)
    assert (first["invited"], second["invited"], len(mailoutbox)) == (3, 0, 3)
    job.refresh_from_db()
    assert job.done == 3


def test_the_first_sign_in_is_noticed_and_the_next_changes_nothing() -> None:
    participant = MenteeFactory()
    Client().force_login(participant.person)
    participant.refresh_from_db()
    first = participant.joined_at
    assert first is not None
    Client().force_login(participant.person)
    participant.refresh_from_db()
    assert participant.joined_at == first


def test_a_letter_that_cannot_be_sent_is_written_by_the_next_try(
    mailoutbox: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    programme = ProgrammeFactory()
    people = MenteeFactory.create_batch(3, programme=programme)
    send = EmailMultiAlternatives.send

    def fail_for_the_second(letter: EmailMultiAlternatives, *args: Any) -> int:
        if letter.to == [people[1].person.email]:
            raise ConnectionRefusedError
        return send(letter, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail_for_the_second)
    with pytest.raises(JobRefused, match="start it again"):
        invite_participants_job(JobFactory(), programme_id=programme.pk)
    assert [letter.to for letter in mailoutbox] == [[people[0].person.email]]
    monkeypatch.undo()
    assert invite_participants(programme).letters == 2
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(p.person.email for p in people)


def test_an_address_that_is_refused_keeps_nobody_else_waiting(
    mailoutbox: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    programme = ProgrammeFactory()
    people = MenteeFactory.create_batch(3, programme=programme)
    gone = people[0].person.email
    send = EmailMultiAlternatives.send

    def refuse_the_first(letter: EmailMultiAlternatives, *args: Any) -> int:
        if letter.to == [gone]:
            raise SMTPRecipientsRefused({gone: (550, b"unknown")})
        return send(letter, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse_the_first)
    said = invite_participants_job(JobFactory(), programme_id=programme.pk)
    assert said["invited"] == len(mailoutbox) == 2
    assert f"did not take these addresses: {gone}." in said["summary"]
    people[0].refresh_from_db()
    assert people[0].invited_at is None


def test_whose_account_is_closed_gets_no_letter(mailoutbox: Any) -> None:
    closed = MenteeFactory(person__is_active=False)
    assert invite_participants(closed.programme).letters == 0
