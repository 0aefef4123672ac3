"""Other matches for the two of a pair: what is offered, and what choosing does."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import Pair, Programme, Suggestion
from matching.queries import questions
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital", minimum_score=0)


@pytest.fixture
def apart(programme: Programme) -> Pair:
    """Amira and Ben wish to part. Cy and Di stand, and each could go with one of them."""
    return ActivePairFactory(
        programme=programme,
        stage="swap_asked",
        mentor=mentor(programme, "Amira", Databases=4),
        mentee=mentee(programme, "Ben", Databases=3),
    )


def mentor(programme: Programme, name: str, **levels: int) -> Any:
    return MentorFactory(programme=programme, person__name=name, levels=levels)


def mentee(programme: Programme, name: str, **goals: int) -> Any:
    return MenteeFactory(programme=programme, person__name=name, goals=goals)


def others_stand(programme: Programme, **fields: Any) -> Pair:
    return ActivePairFactory(
        programme=programme,
        mentor=mentor(programme, "Cy", Databases=3),
        mentee=mentee(programme, "Di", Databases=3),
        **fields,
    )


def url(name: str, pair: Pair) -> str:
    return reverse(f"programmes:{name}", args=[pair.programme.slug, pair.pk])


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def keys(client: Client, pair: Pair) -> list[str]:
    page = BeautifulSoup(client.get(url("others", pair)).content, "html.parser")
    return [field["value"] for field in page.select("input[name=choice]")]


def test_the_way_leads_from_the_page_of_the_pair(client: Client, apart: Pair) -> None:
    page = client.get(url("pair", apart))
    assert f'href="{url("others", apart)}"' in page.content.decode()
    finished = ActivePairFactory(stage="completed")
    assert "Other matches" not in words(client.get(url("pair", finished)))
    assert client.get(url("others", finished)).status_code == 404


def test_where_nobody_is_free_the_page_says_what_to_do(client: Client, apart: Pair) -> None:
    page = words(client.get(url("others", apart)))
    assert "Nobody is free for either of them" in page
    assert "Bring in people" in page


def test_whoever_is_free_is_suggested_and_the_pair_ends(client: Client, apart: Pair) -> None:
    free = mentee(apart.programme, "Fay", Databases=4)
    page = words(client.get(url("others", apart)))
    assert "No other pair changes" in page
    assert "Fay" in page
    (key,) = keys(client, apart)
    look = words(client.get(url("look", apart), {"choice": key}))
    assert "Amira and Ben end as a pair, without blame; both are written to." in look
    assert Suggestion.objects.count() == 0
    page = client.post(url("choose", apart), {"choice": key}, follow=True)
    assert "1 new suggestion waits on the board." in words(page)
    (suggestion,) = Suggestion.objects.all()
    assert (suggestion.mentor, suggestion.mentee) == (apart.mentor, free)
    assert suggestion.score == sum(suggestion.parts.values())
    assert suggestion.covers == [{"skill": "Databases", "from": 0, "to": 4, "target": 4}]
    apart.refresh_from_db()
    assert apart.stage == "ended"
    assert apart.moves.last().note == "To make room for other matches."


def test_suggestions_that_ask_for_the_same_places_give_way(client: Client, apart: Pair) -> None:
    free = mentee(apart.programme, "Fay", Databases=4)
    made = RoundFactory(programme=apart.programme)
    also = mentor(apart.programme, "Gus", Databases=1)
    waiting = SuggestionFactory(round=made, mentor=also, mentee=free)
    elsewhere = SuggestionFactory(round=made)
    amira = str(apart.mentor_id)
    (key,) = [one for one in keys(client, apart) if one.startswith(f"{amira}-{free.pk}")]
    client.post(url("choose", apart), {"choice": key})
    waiting.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (waiting.state, elsewhere.state) == ("overtaken", "open")
    assert Suggestion.objects.get(mentor=apart.mentor).round == made


def test_the_board_tells_what_the_round_did_not_prove(client: Client, apart: Pair) -> None:
    free = mentee(apart.programme, "Fay", Databases=4)
    made = RoundFactory(programme=apart.programme, is_optimal=True, count=1)
    SuggestionFactory(round=made)
    board = reverse("programmes:board", args=["digital"])
    assert "other matches" not in words(client.get(board))
    wanted = f"{apart.mentor_id}-{free.pk}"
    (key,) = [one for one in keys(client, apart) if one.startswith(wanted)]
    page = words(client.post(url("choose", apart), {"choice": key}, follow=True))
    assert "1 suggestion was chosen since among other matches; the round says nothing" in page
    assert page.count("from other matches") == 1


def test_two_pairs_change_places_after_everyone_was_named(
    client: Client, apart: Pair, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    standing = others_stand(apart.programme)
    (key,) = keys(client, apart)
    page = words(client.get(url("others", apart)))
    assert "1 pair that stands changes" in page
    assert "Cy and Di would end" in page
    look = BeautifulSoup(client.get(url("look", apart), {"choice": key}).content, "html.parser")
    names = {cell.get_text(strip=True) for cell in look.select("tbody th")}
    assert names == {"Amira", "Ben", "Cy", "Di"}
    assert "Cy and Di end as a pair" in look.get_text(" ")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("choose", apart), {"choice": key})
    stages = Pair.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["ended", "ended"]
    pairs = {(str(one.mentor), str(one.mentee)) for one in Suggestion.objects.all()}
    assert pairs == {("Amira", "Di"), ("Cy", "Ben")}
    assert standing.moves.last().note == "To make room for other matches."
    # Four letters of an end, and none that names a new partner.
    assert len(mailoutbox) == 4


def test_a_choice_that_is_not_open_any_more_changes_nothing(client: Client, apart: Pair) -> None:
    standing = others_stand(apart.programme)
    (key,) = keys(client, apart)
    Pair.objects.filter(pk=standing.pk).update(stage="closing")
    for page in (
        client.get(url("look", apart), {"choice": key}, follow=True),
        client.post(url("choose", apart), {"choice": key}, follow=True),
        client.post(url("choose", apart), {"choice": "nonsense"}, follow=True),
    ):
        assert "This choice is not open any more." in words(page)
    apart.refresh_from_db()
    assert apart.stage == "swap_asked"
    assert not Suggestion.objects.exists()


def test_pairs_past_the_midpoint_are_left_alone(client: Client, apart: Pair) -> None:
    others_stand(apart.programme, stage="midpoint")
    assert keys(client, apart) == []


def test_nobody_breaks_a_pair_of_their_own(client: Client, apart: Pair, coordinator: User) -> None:
    standing = others_stand(apart.programme)
    standing.mentor.person = coordinator
    standing.mentor.save()
    assert keys(client, apart) == []


def test_for_a_pair_that_has_ended_who_left_is_not_matched_again(
    client: Client, apart: Pair
) -> None:
    mentee(apart.programme, "Fay", Databases=4)
    mentor(apart.programme, "Gus", Databases=4)
    Pair.objects.filter(pk=apart.pk).update(stage="ended")
    apart.mentor.withdrawn_at = apart.mentor.created_at
    apart.mentor.save()
    (key,) = keys(client, apart)
    look = words(client.get(url("look", apart), {"choice": key}))
    assert "Amira and Ben end as a pair" not in look
    assert "Put it on the board" in look
    client.post(url("choose", apart), {"choice": key})
    (suggestion,) = Suggestion.objects.all()
    assert (str(suggestion.mentor), suggestion.mentee) == ("Gus", apart.mentee)


def test_in_a_large_programme_a_job_finds_the_choices(
    client: Client, apart: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentee(apart.programme, "Fay", Databases=4)
    monkeypatch.setattr(questions, "MOST_AT_ONCE", 1)
    page = BeautifulSoup(client.get(url("others", apart)).content, "html.parser")
    form = page.select_one("form[action$='/ask/']")
    assert form is not None
    client.post(form["action"], {i["name"]: i["value"] for i in form.select("input")})
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    found = BeautifulSoup(client.get(job.result["next_url"]).content, "html.parser")
    values = {i["name"]: i["value"] for i in found.select(".rematch input")}
    assert "Fay" in words(client.get(url("look", apart), values))
    client.post(url("choose", apart), values)
    assert Suggestion.objects.count() == 1


def test_nobody_else_looks_or_chooses(
    client_for: ClientFor, outsider: User, coordinator: User, apart: Pair
) -> None:
    mentee(apart.programme, "Fay", Databases=4)
    (key,) = keys(client_for(coordinator), apart)
    apart.mentor.person = coordinator
    apart.mentor.save()
    for person in (outsider, coordinator):
        visitor = client_for(person)
        assert visitor.get(url("others", apart)).status_code == 404
        assert visitor.get(url("look", apart), {"choice": key}).status_code == 404
        assert visitor.post(url("choose", apart), {"choice": key}).status_code == 404
    assert not Suggestion.objects.exists()


def test_the_page_takes_the_same_queries_for_few_people_and_many(
    client: Client, apart: Pair, django_assert_num_queries: Any
) -> None:
    mentee(apart.programme, "Fay", Databases=4)
    client.get(url("others", apart))
    with CaptureQueriesContext(connection) as counted:
        client.get(url("others", apart))
    for number in range(5):
        mentor(apart.programme, f"M{number}", Databases=4)
        mentee(apart.programme, f"N{number}", Databases=4)
    others_stand(apart.programme)
    with django_assert_num_queries(len(counted)):
        client.get(url("others", apart))
