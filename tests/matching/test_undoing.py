"""Taking decisions back: what goes, what stays, and who is told."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matching.enums import DecisionKind, PairStage, SuggestionState
from matching.models import Bar, Decision, Lock, Pair, PairMove, Suggestion
from matching.queries.left_over import find_left_over
from matching.queries.suggestions import latest_round, seen_of, to_decide
from matching.services.answers import answer_coffee
from matching.services.jobs import start_accepting, start_undoing
from matching.services.pairs import MoveRefused
from matching.services.rounds import run_round
from matching.services.suggestions import DecisionRefused, accept_suggestion, refuse_suggestion
from matching.services.together import keep_apart, keep_together, let_go, lift_bar
from matching.services.undoing import undo_decision
from portal.enums import JobState
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import BarFactory, RoundFactory, SuggestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_an_acceptance_taken_back_leaves_nothing_and_both_are_told(
    coordinator: User, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    suggestion = SuggestionFactory(mentor__person__name="Amira & Sons")
    accept_suggestion(suggestion, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        undo_decision(Decision.objects.get(), by=coordinator)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == (SuggestionState.OPEN, None)
    assert not (Pair.objects.exists())
    assert not (PairMove.objects.exists())
    assert not (Bar.objects.exists())
    people = {suggestion.mentor.person.email, suggestion.mentee.person.email}
    assert {letter.to[0] for letter in mailoutbox} == people
    to_mentee = next(one for one in mailoutbox if one.to == [suggestion.mentee.person.email])
    assert to_mentee.subject == "The coffee with Amira & Sons is off for now"
    assert "It says nothing about either of you." in to_mentee.body
    # And once more from the beginning.
    assert accept_suggestion(suggestion, by=coordinator).stage == PairStage.COFFEE


@pytest.mark.parametrize("is_yes", [True, False])
def test_once_somebody_has_answered_it_stays(coordinator: User, is_yes: bool) -> None:
    suggestion = SuggestionFactory()
    pair = accept_suggestion(suggestion, by=coordinator)
    answer_coffee(pair, pair.mentee, is_yes=is_yes)
    with pytest.raises(DecisionRefused, match="there is an answer already"):
        undo_decision(Decision.objects.get(), by=coordinator)
    assert Pair.objects.exists()


def test_an_answer_that_comes_after_it_was_taken_back_is_told_so(
    coordinator: User, client_for: Callable[[User], Client]
) -> None:
    pair = accept_suggestion(SuggestionFactory(), by=coordinator)
    stale = Pair.objects.get()
    undo_decision(Decision.objects.get(), by=coordinator)
    with pytest.raises(MoveRefused, match="taken this match back"):
        answer_coffee(stale, stale.mentee, is_yes=True)
    page = reverse("matching:pair", args=[stale.pk])
    assert client_for(pair.mentee.person).get(page).status_code == 404


def test_a_refusal_taken_back_lifts_the_bar_that_it_made(coordinator: User) -> None:
    suggestion = SuggestionFactory()
    refuse_suggestion(suggestion, by=coordinator, reason="They share a desk.")
    undo_decision(Decision.objects.get(), by=coordinator)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN
    assert not Bar.objects.exists()


def test_a_bar_that_was_there_before_stays(coordinator: User) -> None:
    suggestion = SuggestionFactory()
    both = {"mentor": suggestion.mentor, "mentee": suggestion.mentee}
    BarFactory(programme=suggestion.round.programme, **both)
    refuse_suggestion(suggestion, by=coordinator)
    undo_decision(Decision.objects.get(), by=coordinator)
    assert Bar.objects.filter(**both).exists()


def test_after_a_newer_round_both_are_left_for_the_next(coordinator: User) -> None:
    suggestion = SuggestionFactory()
    programme = suggestion.round.programme
    accept_suggestion(suggestion, by=coordinator)
    run_round(programme)
    undo_decision(Decision.objects.get(), by=coordinator)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OVERTAKEN
    left = set(find_left_over(programme, latest_round(programme)))
    assert left == {suggestion.mentor, suggestion.mentee}


def test_locks_and_bars_are_taken_back_from_either_place(coordinator: User) -> None:
    one, two = SuggestionFactory(), SuggestionFactory()
    undo_decision(keep_together(one.mentor, one.mentee, by=coordinator), by=coordinator)
    apart = keep_apart(two.mentor, two.mentee, by=coordinator)
    undo_decision(apart, by=coordinator)
    keep_together(one.mentor, one.mentee, by=coordinator)
    let_go(Lock.objects.get(), by=coordinator)
    keep_apart(two.mentor, two.mentee, by=coordinator)
    lift_bar(Bar.objects.get(), by=coordinator)
    assert not (Lock.objects.exists())
    assert not (Bar.objects.exists())
    assert not Decision.objects.filter(undone_at__isnull=True).exists()
    assert to_decide(two.round.programme).get() == two


def test_what_was_taken_back_is_not_taken_back_again(coordinator: User) -> None:
    refuse_suggestion(SuggestionFactory(), by=coordinator)
    undo_decision(Decision.objects.get(), by=coordinator)
    with pytest.raises(DecisionRefused, match="taken back already, by Cora Coordinator on"):
        undo_decision(Decision.objects.get(), by=coordinator)


def accepted_together(coordinator: User, suggestions: int = 3) -> Job:
    made = RoundFactory()
    SuggestionFactory.create_batch(suggestions, round=made)
    found = to_decide(made.programme)
    job = start_accepting(made.programme, found, seen=seen_of(found), by=coordinator)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_of_many_those_are_taken_back_whom_nobody_has_answered(coordinator: User) -> None:
    job = accepted_together(coordinator)
    assert (job.state, job.result["accepted"]) == (JobState.DONE, 3)
    answered = Pair.objects.first()
    assert answered is not None
    answer_coffee(answered, answered.mentor, is_yes=True)
    many = Decision.objects.get(kind=DecisionKind.ACCEPT_MANY)
    undoing = start_undoing(many, by=coordinator)
    run_job(undoing.pk)
    undoing.refresh_from_db()
    assert undoing.result["summary"] == (
        "2 pairs are taken back. 1 has an answer already and stays."
    )
    assert Pair.objects.get() == answered
    assert to_decide(answered.programme).count() == 2


def test_a_job_that_runs_twice_accepts_and_takes_back_once(coordinator: User) -> None:
    job = accepted_together(coordinator)
    many = Decision.objects.get(kind=DecisionKind.ACCEPT_MANY)
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
        run_job(job.pk)
    job.refresh_from_db()
    assert (Pair.objects.count(), many.parts.count(), job.result["accepted"]) == (3, 3, 3)
    undoing = start_undoing(many, by=coordinator)
    for _ in range(2):
        Job.objects.filter(pk=undoing.pk).update(state=JobState.QUEUED)
        run_job(undoing.pk)
    undoing.refresh_from_db()
    assert (Pair.objects.count(), undoing.result["taken_back"]) == (0, 3)


def test_the_message_has_a_button_that_takes_it_back(client: Client) -> None:
    suggestion = SuggestionFactory()
    slug = suggestion.round.programme.slug
    decide = reverse("programmes:decide", args=[slug, suggestion.pk])
    page = client.post(decide, {"decision": "accept"}, follow=True)
    form = BeautifulSoup(page.content, "html.parser").select_one(".messages form")
    assert form.button.get_text(strip=True) == "Undo"
    assert form.select_one("input[name=csrfmiddlewaretoken]")["value"]
    answer = client.post(form["action"])
    assert answer.url.endswith(f"#suggestion-{suggestion.pk}")
    assert "Taken back: accepted: " in words(client.get(answer.url))
    assert not Pair.objects.exists()


def test_the_latest_decisions_say_who_did_what_and_offer_what_is_possible(
    client: Client, coordinator: User
) -> None:
    made = RoundFactory()
    names = ("Amira", "Basil", "Chen", "Dagny")
    one, two, three, four = (
        SuggestionFactory(round=made, mentor__person__name=name) for name in names
    )
    accept_suggestion(one, by=coordinator)
    pair = accept_suggestion(two, by=coordinator)
    answer_coffee(pair, pair.mentee, is_yes=True)
    refuse_suggestion(three, by=coordinator, reason="They share a desk.")
    undo_decision(keep_together(four.mentor, four.mentee, by=coordinator), by=coordinator)
    url = reverse("programmes:decisions", args=[made.programme.slug])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".decision")]
    assert [row.split()[0] for row in rows] == ["Dagny", "Chen", "Basil", "Amira"]
    assert ["Undo" in row for row in rows] == [False, True, False, True]
    assert "Taken back by Cora Coordinator on" in rows[0]
    assert "They share a desk." in rows[1]
    assert "Amira and" in rows[3]
    assert ": accepted By Cora Coordinator on" in rows[3]


def test_a_decision_of_one_programme_is_not_found_under_another(
    client: Client, coordinator: User
) -> None:
    refuse_suggestion(SuggestionFactory(), by=coordinator)
    other = RoundFactory().programme
    url = reverse("programmes:undo", args=[other.slug, Decision.objects.get().pk])
    assert client.post(url).status_code == 404
    assert Suggestion.objects.get().state == SuggestionState.REFUSED
