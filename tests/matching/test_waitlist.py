"""Who waits for a place, since when and why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.enums import PairStage
from matching.models import Programme
from matching.queries.waitlist import people_waiting, waitlist_of
from matching.services.pairs import move_pair
from matching.services.programmes import withdraw_participant
from matching.services.rounds import run_late_round, run_round
from portal.enums import JobState
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    PairFactory,
    ProgrammeFactory,
)
from tests.matching.waiting import ids, mentee, mentor, words


@pytest.fixture
def programme(db: None) -> Programme:
    return ProgrammeFactory(slug="digital")


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


def test_who_has_left_or_been_suggested_does_not_wait(programme: Programme) -> None:
    mentor(programme), mentee(programme)
    run_round(programme)
    gone, waits = mentee(programme), mentee(programme)
    withdraw_participant(gone, by=None)
    assert list(people_waiting(programme)) == [waits]


def test_a_suggestion_whose_mentor_has_left_holds_nobody(programme: Programme) -> None:
    guide, learner = mentor(programme), mentee(programme)
    run_round(programme)
    withdraw_participant(guide, by=None)
    assert list(people_waiting(programme)) == [learner]
    other = mentor(programme)
    assert ids(run_late_round(programme).suggestions.all()) == {(other.pk, learner.pk)}


def test_they_stand_in_the_order_in_which_they_came(programme: Programme) -> None:
    now = timezone.now()
    third, first, second = (mentee(programme) for _ in range(3))
    for one, days in ((first, 9), (second, 5), (third, 9)):
        one.created_at = now - timedelta(days=days)
        one.save()
    PairFactory(
        programme=programme,
        mentor=mentor(programme, withdrawn_at=now),
        mentee=third,
        stage=PairStage.ENDED,
        stage_since=now - timedelta(days=1),
    )
    found = list(people_waiting(programme))
    assert found == [first, second, third]
    assert found[-1].since == now - timedelta(days=1)


def test_a_place_that_becomes_free_is_told(programme: Programme) -> None:
    guide = mentor(programme)
    pair = ActivePairFactory(programme=programme, mentor=guide, mentee=mentee(programme))
    mentee(programme)
    run_round(programme)
    assert not waitlist_of(programme).has_news
    move_pair(pair, PairStage.ENDED, actor="coordinator")
    found = waitlist_of(programme)
    assert (found.freed, found.came) == (1, 2)
    run_late_round(programme)
    assert not waitlist_of(programme).has_news
    guide.refresh_from_db()
    guide.capacity = 3
    guide.save()
    assert waitlist_of(programme).freed == 2
    mentor(programme)
    assert waitlist_of(programme).came == 1


def test_the_page_says_since_when_why_and_what_would_suit(
    client: Client, programme: Programme
) -> None:
    url = reverse("programmes:waitlist", args=["digital"])
    assert "The first round looks at everyone." in words(client.get(url))
    mentee(programme, person__name="Basil Okafor", goals={"Cooking": 3}, languages=["en"])
    mentor(programme, person__name="Amira Haddad", manager_email="boss@example.org")
    run_round(programme)
    mentee(programme, person__name="Chen Wu")
    page = words(client.get(url))
    assert "3 people wait for a place." in page
    assert "Want to learn 2 Can mentor 1 Free places with mentors 1" in page
    assert "1 person is new here." in page
    rows = client.get(url).context["rows"]
    assert [(str(row.participant), row.is_new) for row in rows] == [
        ("Basil Okafor", False),
        ("Amira Haddad", False),
        ("Chen Wu", True),
    ]
    assert rows[0].why.startswith("Nobody in the programme is allowed: 1 knows no more than")
    assert rows[0].suits == "A mentor who knows Cooking and speaks English."
    assert rows[1].suits == "A mentee who wants to learn Databases."
    assert rows[2].why == "Came after the last round."


def test_one_click_finds_the_late_a_place_and_leads_to_the_board(
    client: Client, programme: Programme
) -> None:
    mentor(programme)
    run_round(programme)
    mentee(programme)
    match = reverse("programmes:match_late", args=["digital"])
    pages = {client.post(match).url for _ in range(2)}
    job = Job.objects.get()
    assert pages == {reverse("portal:job", args=[job.pk])}
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["summary"]) == (JobState.DONE, "1 suggestion waits for you.")
    board = words(client.get(reverse("programmes:board", args=["digital"])))
    assert "1 suggestion waits for you" in board
    assert "Nobody waits" in words(client.get(reverse("programmes:waitlist", args=["digital"])))
    refused = client.post(match, follow=True)
    assert "Nobody waits for a place." in words(refused)


def test_the_overview_names_who_waits(client: Client, programme: Programme) -> None:
    url = reverse("programmes:show", args=["digital"])
    mentor(programme, person__name="Amira Haddad")
    assert "on the waitlist" not in words(client.get(url))
    run_round(programme)
    assert "1 on the waitlist Amira Haddad waits for a place." in words(client.get(url))
    for name in ("Bo", "Chen", "Dag", "Eva"):
        mentor(programme, person__name=name)
    assert "Amira Haddad, Bo, Chen and 2 more wait for a place." in words(client.get(url))


def test_nobody_else_sees_or_runs_it(
    client_for: Callable[[User], Client], outsider: User, editor: User, programme: Programme
) -> None:
    person = mentee(programme).person
    for someone in (outsider, editor, person):
        other = client_for(someone)
        assert other.get(reverse("programmes:waitlist", args=["digital"])).status_code == 404
        assert other.post(reverse("programmes:match_late", args=["digital"])).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize("place", ["waitlist", "show"])
def test_it_takes_the_same_queries_for_one_who_waits_and_many(
    place: str, client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    mentor(programme), mentee(programme)
    run_round(programme)
    url = reverse(f"programmes:{place}", args=["digital"])
    mentee(programme)
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        client.get(url)
    for _ in range(12):
        mentee(programme, goals={"Databases": 3, "Cooking": 2}), mentor(programme)
    with django_assert_num_queries(len(counted)):
        client.get(url)


@pytest.mark.parametrize(("name", "is_open"), [("waitlist", False), ("rounds", True)])
def test_the_pages_of_now_and_then_stand_behind_one_word(
    client: Client, programme: Programme, name: str, is_open: bool
) -> None:
    found = client.get(reverse(f"programmes:{name}", args=["digital"]))
    page = BeautifulSoup(found.content, "html.parser")
    more = page.select_one(".board-more")
    assert more is not None
    assert more.has_attr("open") == is_open
    assert len(page.select(".board-places [aria-current=page]")) == 1
    assert reverse("programmes:fairness", args=["digital"]) in str(more)
