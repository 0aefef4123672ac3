"""The invented programme: whole, at every stage, made once, and nobody's real mailbox."""

import csv
import socket
import stat
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum.certificates.models import Award
from curriculum.enums import SessionState
from curriculum.models import ModuleProgress, QuizAttempt, Session
from curriculum.sample.clock import days_ago
from curriculum.sample.services.learning import right_answers
from curriculum.sample.services.people import SampleRefused
from curriculum.sample.services.sample import keep_password, make_sample
from curriculum.sample.story import LOGINS, MORE_LOGINS, PEOPLE, WAYS
from matching.enums import SuggestionState
from matching.models import Pair, Suggestion
from training.grading import Choice, Question, Quiz, grade

LIBRARY = django_settings.BASE_DIR / "training" / "library"


def test_thirty_invented_people_one_with_a_very_long_name() -> None:
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    assert len(people) == 30
    assert max(len(person["name"]) for person in people) > 60
    assert all(person["email"].endswith(".example") for person in people)


def test_the_clock_goes_back_and_comes_back() -> None:
    with days_ago(30, hour=8) as moment:
        assert timezone.now() == moment
        assert timezone.localdate() == moment.date()
    assert abs(timezone.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_never_goes_beyond_now() -> None:
    with days_ago(0, hour=23, minute=59) as moment:
        assert moment <= datetime.now(UTC)


def test_right_answers_pass_every_kind_of_question() -> None:
    choices = (Choice("a", "One", True), Choice("b", "Two", False), Choice("c", "Three", True))
    quiz = Quiz(
        (
            Question("1", "single_choice", "?", choices=choices[:2]),
            Question("2", "multiple_choice", "?", choices=choices),
            Question("3", "number", "?", number=Decimal("12.5")),
            Question("4", "short_text", "?", accepted=("join", "a join")),
        ),
        pass_mark=100,
    )
    assert grade(quiz, right_answers(quiz)).is_passed


def test_the_password_is_made_by_chance_kept_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first, is_fresh = keep_password(tmp_path / "one")
    other, _ = keep_password(tmp_path / "two")
    assert is_fresh
    assert first != other
    assert keep_password(tmp_path / "one") == (first, False)
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_invented_people_are_never_written_to_by_a_mail_server(
    settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(SampleRefused, match="EMAIL_URL"):
        make_sample(library=LIBRARY, password_file=tmp_path / "login")


def test_the_demo_says_when_its_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = subprocess.run(
            ["bin/demo"],
            cwd=django_settings.BASE_DIR,
            env={"DEMO_PORT": port, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.returncode == 1
    assert f"Port {port} is taken" in said.stdout
    assert "make demo DEMO_PORT=" in said.stdout
    assert said.stderr == ""


# One test, since making the sample takes most of its time.
@pytest.mark.slow
@pytest.mark.django_db
def test_the_sample_stands_at_every_stage_and_is_made_once(tmp_path: Path) -> None:
    login = tmp_path / "login"
    made = make_sample(library=LIBRARY, password_file=login)
    pairs = Pair.objects.filter(programme=made.programme)
    stages = Counter(pairs.values_list("stage", flat=True))
    assert stages == {
        "coffee": 2,
        "agreement": 1,
        "active": 3,
        "midpoint": 1,
        "closing": 1,
        "completed": 2,
        "paused": 1,
        "swap_asked": 1,
        "ended": 1,
    }
    assert pairs.count() == len(WAYS)
    assert made.programme.participants.count() == 30
    assert Suggestion.objects.filter(state=SuggestionState.OPEN).count() == 2

    _check_who_can_sign_in(made.password)
    _check_the_session_of_tomorrow()
    _check_the_certificates(made.verify_url)
    _check_the_past()

    before = _figures()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = make_sample(library=LIBRARY, password_file=login)
    assert (again.password, again.verify_url) == (made.password, made.verify_url)
    assert _figures() == before
    assert len(queries) <= 4
    assert all(query["sql"].startswith("SELECT") for query in queries)


def _check_who_can_sign_in(password: str) -> None:
    for login in (*LOGINS, *MORE_LOGINS):
        assert Client().login(email=login.email, password=password), login.email


def _check_the_session_of_tomorrow() -> None:
    session = Session.objects.get(
        pair__mentor__person__email="mentor@demo.example",
        pair__mentee__person__email="mentee@demo.example",
        state=SessionState.PLANNED,
    )
    assert session.number == 3
    assert session.scheduled_at is not None
    assert session.scheduled_at.date() == datetime.now(UTC).date() + timedelta(days=1)


def _check_the_certificates(verify_url: str) -> None:
    awards = Award.objects.all()
    assert {award.facts["person_name"] for award in awards} == {
        "Amira Haddad",
        "Tobias Fairweather-Ashcombe",
    }
    assert all(award.pdf and award.pdf.size > 5_000 for award in awards)
    answer = Client().get(verify_url.removeprefix(django_settings.BASE_URL))
    assert "Tobias Fairweather-Ashcombe" in answer.content.decode()


def _check_the_past() -> None:
    """Nothing is dated later than now, and what was learnt was learnt before it was met for."""
    now = timezone.now()
    assert not ModuleProgress.objects.filter(completed_at__gt=now).exists()
    assert not Session.objects.filter(held_at__gt=now).exists()
    assert not QuizAttempt.objects.filter(is_passed=False).exists()
    for session in Session.objects.filter(state=SessionState.HELD).select_related("pair"):
        assert session.pair.began_at is not None
        assert session.held_at is not None
        assert session.pair.began_at < session.held_at
    for award in Award.objects.all():
        assert award.facts["last_held_on"] < award.issued_on.isoformat()


def _figures() -> dict[str, int]:
    models = (Pair, Suggestion, Session, ModuleProgress, QuizAttempt, Award)
    return {model.__name__: model.objects.count() for model in models} | {
        "letters": len(mail.outbox)
    }
