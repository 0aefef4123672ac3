"""What would help those left over, beside them on the board and on their own page."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import Pair, Programme
from matching.services import advice
from matching.services.advice import advise_round
from matching.services.jobs import start_round
from matching.services.rounds import run_round
from matching.wording_questions import cost_in_words, points, remedy_in_words
from portal.models import User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    """Amira goes with Di, who fits her better than Ben."""
    made = ProgrammeFactory(slug="digital")
    MentorFactory(programme=made, person__name="Amira", levels={"Databases": 4})
    interests = {"goals": {"Databases": 4}}
    MenteeFactory(programme=made, person__name="Di", levels={"Databases": 1}, **interests)
    MenteeFactory(programme=made, person__name="Ben", goals={"Databases": 5})
    return made


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def page_of(client: Client, name: str, *args: Any) -> BeautifulSoup:
    page = client.get(reverse(f"programmes:{name}", args=args))
    return BeautifulSoup(page.content, "html.parser")


def test_the_job_of_a_round_says_what_would_help(
    client: Client, programme: Programme, coordinator: User
) -> None:
    job = start_round(programme, by=coordinator)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)
    aside = page_of(client, "board", programme.slug).aside
    told = "If Amira took on one pair more, Ben would have a partner in them, at 42 points."
    assert told in words(aside)
    (link,) = aside.select("a[href*='/board/change/']")
    assert "Let Amira take on one pair more" in words(link)
    trial = client.get(link["href"])
    assert "1 pair more" in words(BeautifulSoup(trial.content, "html.parser"))


def test_a_persons_own_page_says_why_and_what_would_help(
    client: Client, programme: Programme
) -> None:
    ben = programme.participants.get(person__name="Ben")
    kept = run_round(programme)
    page = page_of(client, "person", programme.slug, ben.pk)
    assert "Why Ben has no partner" in words(page)
    assert "Ask what would help" in words(page)
    advise_round(kept)
    assert "If Amira took on one pair more" in words(
        page_of(client, "person", programme.slug, ben.pk)
    )
    asked = words(page_of(client, "help", programme.slug, ben.pk))
    assert "If Amira took on one pair more" in asked
    di = programme.participants.get(person__name="Di")
    assert "has no partner" not in words(page_of(client, "person", programme.slug, di.pk))
    assert "They have a partner" in words(page_of(client, "help", programme.slug, di.pk))


def test_whoever_found_a_partner_since_is_not_called_alone(
    client: Client, programme: Programme
) -> None:
    ben = programme.participants.get(person__name="Ben")
    advise_round(run_round(programme))
    PairFactory(programme=programme, mentee=ben)
    assert "has no partner" not in words(page_of(client, "person", programme.slug, ben.pk))


def test_the_board_takes_the_same_queries_for_one_piece_of_advice_and_many(
    client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    board = reverse("programmes:board", args=[programme.slug])
    advise_round(run_round(programme))
    client.get(board)
    with CaptureQueriesContext(connection) as counted:
        client.get(board)
    MenteeFactory.create_batch(5, programme=programme, goals={"Databases": 4})
    advise_round(run_round(programme))
    with django_assert_num_queries(len(counted)):
        client.get(board)


def test_a_bar_is_offered_and_a_past_pair_is_not(client: Client) -> None:
    programme = ProgrammeFactory(minimum_score=0)
    amira = MentorFactory(programme=programme, person__name="Amira", levels={"Databases": 4})
    ben = MenteeFactory(programme=programme, person__name="Ben", goals={"Databases": 4})
    BarFactory(programme=programme, mentor=amira, mentee=ben)
    kept = advise_round(run_round(programme))
    assert kept.advice["people"][0]["remedies"][0]["relaxation"]["kind"] == "bar"
    ActivePairFactory(programme=programme, mentor=amira, mentee=ben, stage="ended")
    kept = advise_round(run_round(programme))
    assert [one["remedies"] for one in kept.advice["people"]] == [[], []]
    assert Pair.objects.get().stage == "ended"


def test_a_round_stands_though_no_advice_could_be_given(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(advice, "doctor", fail)
    assert advise_round(run_round(programme)).advice == {}
    assert "No advice for round" in caplog.text


def test_a_large_programme_is_asked_person_by_person(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.queries.questions.MOST_AT_ONCE", 1)
    assert advise_round(run_round(programme)).advice == {}


def test_points_are_told_as_people_read_them() -> None:
    assert [points(score) for score in (61_000, 61_500, 1_000, 0, 9_803_071, None)] == [
        "61 points",
        "61.5 points",
        "1 point",
        "0 points",
        "9,803.1 points",
        "–",
    ]


def test_what_a_change_costs_is_told_most_important_first() -> None:
    now = {"count": 3, "worst": 50_000, "total": 180_000}
    fewer = {"count": 2, "worst": 40_000, "total": 130_000}
    assert cost_in_words(now, fewer, -1) == (
        "It would cost: 1 pair fewer; the weakest match at 40 points instead of 50 points; "
        "50 points fewer in all."
    )
    assert cost_in_words(fewer, now, 1).startswith("It would be better: 1 pair more;")
    assert cost_in_words(now, now, 0).startswith("It costs nothing")


@pytest.mark.parametrize(
    ("relaxation", "told"),
    [
        ({"kind": "level", "person": "1", "skill": "Cloud", "value": 3}, "If Amira knew Cloud at"),
        ({"kind": "bar", "pair": ["1", "2"]}, "If Amira and Ben were no longer barred"),
        ({"kind": "hours", "value": 1}, "If 1 hour of the working day in common were enough"),
        ({"kind": "hours", "value": 2}, "If 2 hours of the working day in common were enough"),
        ({"kind": "minimum", "value": 15}, "If a match needed only 15 points"),
        ({"kind": "junior"}, "If the mentor did not have to be the junior"),
        ({"kind": "language"}, "If the two did not have to share a language"),
        ({"kind": "style"}, "If ways of talking did not count"),
    ],
)
def test_a_remedy_is_one_sentence(relaxation: dict[str, Any], told: str) -> None:
    names = {"1": "Amira", "2": "Ben", "3": "Cy"}
    remedy = {"relaxation": relaxation, "ties": [{"partner": "3", "score": 61_000}]}
    sentence = remedy_in_words(remedy, "Ben", names)
    assert sentence.startswith(told)
    assert sentence.endswith("Ben would have Cy as a partner, at 61 points.")
