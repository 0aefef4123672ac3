"""The round for those alone who wait: nobody else loses anything."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matching.enums import PairStage, RoundKind, SuggestionState
from matching.models import Programme, Round, Suggestion
from matching.queries import late
from matching.queries.waitlist import free_places, people_waiting
from matching.services.programmes import withdraw_participant
from matching.services.rounds import run_late_round, run_round
from matching.services.solving import RoundRefused
from matching.services.suggestions import accept_suggestion, refuse_suggestion
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    ProgrammeFactory,
)
from tests.matching.waiting import ids, mentee, mentor, state_of


@pytest.fixture
def programme(db: None) -> Programme:
    return ProgrammeFactory(slug="digital")


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


def test_late_joiners_find_free_places_and_nobody_else_is_touched(
    programme: Programme, coordinator: User
) -> None:
    wide = mentor(programme, capacity=3)
    others = [mentor(programme) for _ in range(2)]
    learners = [mentee(programme) for _ in range(4)]
    first = run_round(programme)
    accepted, refused, *still_open = first.suggestions.order_by("pk")
    accept_suggestion(accepted, by=coordinator)
    refuse_suggestion(refused, by=coordinator, reason="They know each other.")
    late_one, newcomer = mentee(programme), mentor(programme)
    before = state_of(programme)
    made = run_late_round(programme, by=coordinator)
    after = state_of(programme)
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert after[2][: len(before[2])] == before[2]
    assert after[3][: len(before[3])] == before[3]
    assert (made.kind, first.kind) == (RoundKind.LATE, RoundKind.FULL)
    found = ids(made.suggestions.all())
    taken = {refused.mentee_id, late_one.pk}
    assert {learner for _guide, learner in found} == taken
    assert (refused.mentor_id, refused.mentee_id) not in found
    # Nobody holds more than their places, all of it counted.
    held = [*ids(still_open), (accepted.mentor_id, accepted.mentee_id), *found]
    for guide in (wide, *others, newcomer):
        assert sum(key == guide.pk for key, _learner in held) <= guide.capacity
    assert {key for _guide, key in held} == {one.pk for one in (*learners, late_one)}


def test_one_of_every_two_in_a_late_match_waited(programme: Programme) -> None:
    """A mentee with room for a second mentor gets one who waits, not one who has somebody."""
    busy = mentor(programme, capacity=2)
    learner = mentee(programme, capacity=2)
    ActivePairFactory(programme=programme, mentor=busy, mentee=mentee(programme))
    ActivePairFactory(programme=programme, mentor=mentor(programme), mentee=learner)
    run_round(programme)
    Suggestion.objects.all().delete()
    newcomer = mentor(programme)
    assert ids(run_late_round(programme).suggestions.all()) == {(newcomer.pk, learner.pk)}


def test_where_too_many_pairs_would_be_ruled_out_seconds_wait(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late, "MOST_RULED_OUT", 0)
    busy, learner = mentor(programme, capacity=2), mentee(programme, capacity=2)
    ActivePairFactory(programme=programme, mentor=busy, mentee=mentee(programme))
    ActivePairFactory(programme=programme, mentor=mentor(programme), mentee=learner)
    run_round(programme)
    Suggestion.objects.all().delete()
    newcomer = mentee(programme)
    mentor(programme)
    assert {key for _guide, key in ids(run_late_round(programme).suggestions.all())} == {
        newcomer.pk
    }


def test_rules_and_bars_hold_for_late_joiners_too(programme: Programme) -> None:
    guide = mentor(programme)
    run_round(programme)
    BarFactory(programme=programme, mentor=guide, mentee=mentee(programme))
    made = run_late_round(programme)
    assert not made.suggestions.exists()
    assert {row["cause"] for row in made.result["unmatched"]} == {"no_allowed_partner"}


def test_a_late_round_says_why_there_is_none(programme: Programme) -> None:
    with pytest.raises(RoundRefused, match="no round yet"):
        run_late_round(programme)
    mentor(programme), mentee(programme)
    run_round(programme)
    with pytest.raises(RoundRefused, match="Nobody waits"):
        run_late_round(programme)


def test_a_round_run_meanwhile_is_not_crossed(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor(programme)
    run_round(programme)
    mentee(programme)
    original = late.gather_problem

    def gather_and_be_overtaken(wanted: Programme) -> Any:
        found = original(wanted)
        run_round(wanted)
        return found

    monkeypatch.setattr(late, "gather_problem", gather_and_be_overtaken)
    with pytest.raises(RoundRefused, match="at the same moment"):
        run_late_round(programme)
    assert Suggestion.objects.filter(state=SuggestionState.OPEN).count() == 1


def test_a_full_round_that_runs_is_not_joined_by_a_late_one(
    client: Client, programme: Programme
) -> None:
    mentor(programme), mentee(programme)
    Round.objects.create(programme=programme, problem={}, result={"unmatched": []})
    pages = {
        client.post(reverse(f"programmes:{name}", args=["digital"])).url
        for name in ("run", "match_late")
    }
    assert len(pages) == 1


def test_the_command_matches_only_who_waits(programme: Programme) -> None:
    mentor(programme), mentee(programme)
    run_round(programme)
    mentor(programme), mentee(programme)
    out = StringIO()
    call_command("suggest_pairs", "--programme", "digital", "--late", "--json", stdout=out)
    figures = json.loads(out.getvalue().splitlines()[-1])
    assert (figures["count"], figures["mentors"], figures["mentees"]) == (1, 1, 1)
    assert Suggestion.objects.filter(state=SuggestionState.OPEN).count() == 2


class AnyOrderOfThings(TestCase):
    """Whatever was decided before, a late round takes nothing from anybody."""

    @settings(max_examples=20)
    @given(
        guides=st.lists(st.integers(1, 3), min_size=1, max_size=4),
        learners=st.lists(st.integers(1, 2), min_size=1, max_size=5),
        decisions=st.lists(st.sampled_from(["accept", "refuse", "leave", "wait"]), max_size=5),
        newcomers=st.integers(0, 3),
    )
    def test_nothing_is_lost(
        self, guides: list[int], learners: list[int], decisions: list[str], newcomers: int
    ) -> None:
        programme = ProgrammeFactory()
        for capacity in guides:
            mentor(programme, capacity=capacity)
        for capacity in learners:
            mentee(programme, capacity=capacity)
        first = run_round(programme)
        for one, decision in zip(first.suggestions.order_by("pk"), decisions, strict=False):
            if decision == "accept":
                accept_suggestion(one, by=None)
            elif decision == "refuse":
                refuse_suggestion(one, by=None)
            elif decision == "leave":
                withdraw_participant(one.mentor, by=None)
                break
        for _ in range(newcomers):
            mentee(programme)
        waiting = {one.pk for one in people_waiting(programme)}
        before = state_of(programme)
        try:
            made = run_late_round(programme)
        except RoundRefused:
            assert not waiting
            return
        after = state_of(programme)
        assert [part[: len(old)] for part, old in zip(after, before, strict=True)] == before
        found = ids(made.suggestions.all())
        assert all(guide in waiting or learner in waiting for guide, learner in found)
        assert free_places(programme).mentors == made.free_places
        for guide in programme.participants.filter(role="mentor"):
            standing = programme.pairs.exclude(stage=PairStage.ENDED).filter(mentor=guide).count()
            named = Suggestion.objects.filter(mentor=guide, state=SuggestionState.OPEN).count()
            if guide.withdrawn_at is None:
                assert standing + named <= guide.capacity


def test_a_late_round_claims_nothing_for_everyone(client: Client, programme: Programme) -> None:
    mentor(programme), mentee(programme)
    first = run_round(programme)
    mentor(programme), mentee(programme), mentor(programme)
    late = run_late_round(programme)
    found = client.get(reverse("programmes:board", args=["digital"]))
    board = BeautifulSoup(found.content, "html.parser")
    told = " ".join(board.get_text(" ").split())
    assert "Proved for the late joiners alone" in told
    assert "reasons and advice speak of the free places alone" in told
    assert "Proved: no other choice" not in told
    assert [one.get_text(strip=True) for one in board.select(".suggestion .badge")] == [
        "late joiners"
    ]
    page = client.get(reverse("programmes:round", args=["digital", late.pk])).content.decode()
    assert "Proved for the late joiners alone" in page
    assert "Against the round before" not in page
    again = run_round(programme)
    page = client.get(reverse("programmes:round", args=["digital", again.pk])).content.decode()
    assert reverse("programmes:round", args=["digital", first.pk]) in page
