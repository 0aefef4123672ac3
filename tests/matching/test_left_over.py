"""Whom a round leaves without a partner: who they are, why, and what can be done."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.engine import solve as solve_problem
from matching.enums import SuggestionState
from matching.models import LeftOver, Participant, Round, Suggestion
from matching.queries.left_over import describe_left_over, find_left_over
from matching.queries.suggestions import latest_round
from matching.services import solving
from matching.services.pairs import end_pair
from matching.services.programmes import withdraw_participant
from matching.services.rounds import run_round
from matching.services.suggestions import DecisionRefused, accept_suggestion
from portal.models import User
from tests.factories.matching import (
    LeftOverFactory,
    MenteeFactory,
    MentorFactory,
    ParticipantFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def left_of(made: Round) -> dict[Participant, tuple[str, str]]:
    """Everyone left over, with the side they are on and what can be done."""
    latest = latest_round(made.programme)
    people = describe_left_over(find_left_over(made.programme, latest), latest)
    return {one.participant: (one.side, one.group) for one in people}


def test_a_round_keeps_whom_it_leaves_over_with_the_reason() -> None:
    programme = ProgrammeFactory()
    one = MentorFactory(programme=programme, languages=["en"])
    both = ParticipantFactory(programme=programme, role="both", languages=["fr"])
    run_round(programme)
    kept = {row.participant: row for row in LeftOver.objects.all()}
    assert kept[one].detail == {"no_language": 1}
    # One row a person: what they want to learn counts.
    assert (kept[both].side, kept[both].cause) == ("mentee", "no_allowed_partner")


def test_everyone_without_a_pair_or_a_suggestion_stands_there_once() -> None:
    made = RoundFactory()
    nobody = LeftOverFactory(round=made, cause="no_allowed_partner", detail={"no_hours": 3})
    better = LeftOverFactory(round=made, participant__role="mentor", side="mentor")
    came_later = MenteeFactory(programme=made.programme)
    waits = SuggestionFactory(round=made)
    assert left_of(made) == {
        came_later: ("mentee", "again"),
        nobody.participant: ("mentee", "nobody_allowed"),
        better.participant: ("mentor", "others_better"),
    }
    pair = accept_suggestion(waits, by=None)
    assert waits.mentor not in left_of(made)
    end_pair(pair, actor="coordinator", by=None)
    assert left_of(made)[waits.mentor] == ("mentor", "again")


@pytest.mark.parametrize("how", ["withdrawn", "account closed"])
def test_who_has_left_is_suggested_no_more_and_their_partner_is_left_over(
    client: Client, how: str
) -> None:
    suggestion = SuggestionFactory(mentee__person__name="Basil Okafor")
    made = suggestion.round
    if how == "withdrawn":
        withdraw_participant(suggestion.mentee, by=None)
        told = "Basil Okafor has left the programme. Run a new round."
    else:
        User.objects.filter(pk=suggestion.mentee.person_id).update(is_active=False)
        told = "The account of Basil Okafor is closed. Run a new round."
    assert left_of(made) == {suggestion.mentor: ("mentor", "again")}
    page = client.get(reverse("programmes:board", args=[made.programme.slug]))
    assert b"0 suggestions wait for you" in page.content
    with pytest.raises(DecisionRefused, match=told):
        accept_suggestion(suggestion, by=None)
    # An old page still has the button; the answer is the sentence.
    url = reverse("programmes:decide", args=[made.programme.slug, suggestion.pk])
    assert told in client.post(url, {"decision": "accept"}, follow=True).content.decode()


def test_who_leaves_while_the_round_runs_is_not_suggested_and_the_round_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = ProgrammeFactory()
    teacher = MentorFactory(programme=programme, levels={"Databases": 4})
    learner = MenteeFactory(programme=programme, goals={"Databases": 3})
    other = MenteeFactory(programme=programme)

    def solve_slowly(problem: Any) -> Any:
        withdraw_participant(learner, by=None)
        other.delete()
        return solve_problem(problem)

    monkeypatch.setattr(solving, "solve_valid", solve_slowly)
    kept = run_round(programme)
    assert [one.state for one in kept.suggestions.all()] == [SuggestionState.LAPSED]
    assert kept.lapsed == 1
    assert left_of(kept) == {teacher: ("mentor", "again")}
    page = client.get(reverse("programmes:board", args=[programme.slug])).content.decode()
    assert "1 match fell away while it ran: one left, was kept apart or found a partner." in page
    assert "Their match goes no further. Run a new round." in page


def test_a_place_that_was_filled_while_the_round_ran_is_not_given_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = ProgrammeFactory()
    teacher = MentorFactory(programme=programme, levels={"Databases": 4})
    MenteeFactory(programme=programme, goals={"Databases": 3})
    first = run_round(programme).suggestions.get()

    def solve_slowly(problem: Any) -> Any:
        accept_suggestion(first, by=None)
        return solve_problem(problem)

    monkeypatch.setattr(solving, "solve_valid", solve_slowly)
    run_round(programme)
    assert not Suggestion.objects.filter(state=SuggestionState.OPEN, mentor=teacher).exists()


def test_beside_the_suggestions_stand_a_few_of_each_and_the_way_to_all(client: Client) -> None:
    made = RoundFactory()
    LeftOverFactory.create_batch(7, round=made)
    url = reverse("programmes:board", args=[made.programme.slug])
    aside = BeautifulSoup(client.get(url).content, "html.parser").aside
    assert len(aside.select("li")) == 5
    assert "Others fit better 7" in words(aside)
    assert words(aside).count("others fit them better and no place was left") == 1
    everyone = reverse("programmes:left_over", args=[made.programme.slug])
    assert aside.select_one(f'a[href="{everyone}?can=others_better"]')
    assert aside.select_one("form[method=get]")["action"] == everyone


def test_those_left_over_are_searched_and_paged(client: Client) -> None:
    made = RoundFactory()
    LeftOverFactory.create_batch(30, round=made, participant__department="Ops")
    LeftOverFactory(
        round=made,
        participant__person__name="Lone Larsen",
        cause="no_allowed_partner",
        detail={"reporting_line": 2},
    )
    url = reverse("programmes:left_over", args=[made.programme.slug])
    found = BeautifulSoup(client.get(url, {"search": "lone"}).content, "html.parser")
    assert "2 stand in the same reporting line." in words(found)
    assert len(found.select(".left-over li")) == 1
    group = client.get(url, {"can": "others_better", "search": "ops"})
    page = BeautifulSoup(group.content, "html.parser")
    assert len(page.select(".left-over li")) == 25
    following = page.select_one(".pagination a[rel=next]")["href"]
    assert following == "?search=ops&can=others_better&page=2"
    assert b"Nobody fits this search" in client.get(url, {"search": "zzz"}).content


def test_before_the_first_round_nobody_is_called_left_over(client: Client) -> None:
    someone = MenteeFactory(created_at=timezone.now())
    url = reverse("programmes:left_over", args=[someone.programme.slug])
    page = client.get(url).content.decode()
    assert "No round yet" in page
    assert str(someone) not in page
