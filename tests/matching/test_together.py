"""Two people kept together in every round, or apart in each."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matching.enums import SuggestionState
from matching.models import Bar, Decision, Lock, Programme
from matching.services.pairs import end_pair
from matching.services.rounds import run_round
from matching.services.suggestions import DecisionRefused, accept_suggestion, refuse_suggestion
from matching.services.together import keep_apart, keep_together, let_go, lift_bar
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    LockFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital")


def mentor(programme: Programme, level: int = 4, **fields: Any) -> Any:
    return MentorFactory(programme=programme, levels={"Databases": level}, **fields)


def mentee(programme: Programme, **fields: Any) -> Any:
    fields = {"levels": {"Databases": 1}, "goals": {"Databases": 4}} | fields
    return MenteeFactory(programme=programme, **fields)


def ids(rows: Any) -> set[tuple[int, int]]:
    return {(one.mentor_id, one.mentee_id) for one in rows}


def test_two_kept_together_are_suggested_in_every_round(programme: Programme) -> None:
    poor, good, learner = mentor(programme, level=2), mentor(programme), mentee(programme)
    assert ids(run_round(programme).suggestions.all()) == {(good.pk, learner.pk)}
    keep_together(poor, learner, by=None)
    for _ in range(2):
        kept = run_round(programme)
        assert ids(kept.suggestions.filter(state=SuggestionState.OPEN)) == {(poor.pk, learner.pk)}
        assert kept.locks_left_out == 0
    let_go(Lock.objects.get(), by=None)
    assert ids(run_round(programme).suggestions.all()) == {(good.pk, learner.pk)}


def test_once_they_are_a_pair_they_are_suggested_no_more(programme: Programme) -> None:
    keep_together(mentor(programme), mentee(programme), by=None)
    (suggestion,) = run_round(programme).suggestions.all()
    pair = accept_suggestion(suggestion, by=None)
    assert not run_round(programme).suggestions.exists()
    # And who parted is not held to what was wanted before.
    end_pair(pair, actor="coordinator", by=None)
    assert not Lock.objects.exists()
    assert not run_round(programme).suggestions.exists()


@pytest.mark.parametrize(
    ("rules", "mine", "theirs", "told"),
    [
        (
            {},
            {"seniority_years": 9},
            {"seniority_years": 3},
            "By the rules the mentor is the junio",
        ),
        ({}, {"languages": ["en"]}, {"languages": ["fr"]}, "share no language"),
        ({}, {"manager_email": "boss@example.org"}, {"person__email": "boss@example.org"}, "line"),
        ({}, {"time_zone": "Asia/Tokyo"}, {"time_zone": "Europe/London"}, "fewer working hours"),
        ({"minimum_score": 84}, {}, {}, ""),
    ],
)
def test_a_rule_speaks_when_two_are_to_be_kept_together(
    rules: Any, mine: Any, theirs: Any, told: str
) -> None:
    programme = ProgrammeFactory(**rules)
    teacher, learner = mentor(programme, **mine), mentee(programme, **theirs)
    if told:
        with pytest.raises(DecisionRefused, match=told):
            keep_together(teacher, learner, by=None)
        assert not Lock.objects.exists()
    else:
        keep_together(teacher, learner, by=None)
        assert ids(run_round(programme).suggestions.all()) == {(teacher.pk, learner.pk)}


def test_the_managers_manager_speaks_too(programme: Programme) -> None:
    mentee(programme, person__email="middle@example.org", manager_email="top@example.org")
    top = mentee(programme, person__email="top@example.org")
    with pytest.raises(DecisionRefused, match="same reporting line"):
        keep_together(mentor(programme, manager_email="middle@example.org"), top, by=None)


def test_places_speak_too(programme: Programme) -> None:
    busy = mentor(programme, capacity=2)
    PairFactory(programme=programme, mentor=busy, mentee=mentee(programme))
    keep_together(busy, mentee(programme), by=None)
    with pytest.raises(DecisionRefused, match="kept together with others already"):
        keep_together(busy, mentee(programme), by=None)
    full = PairFactory(programme=programme).mentor
    with pytest.raises(DecisionRefused, match="no place for another pair"):
        keep_together(full, mentee(programme), by=None)


def test_who_left_or_is_on_the_other_side_cannot_be_kept(programme: Programme) -> None:
    one, two = mentor(programme), mentee(programme)
    with pytest.raises(DecisionRefused, match="is no mentor in this programme"):
        keep_together(two, two, by=None)
    two.person.is_active = False
    with pytest.raises(DecisionRefused, match="is closed"):
        keep_together(one, two, by=None)


def test_a_pair_is_never_kept_together_and_apart(coordinator: User) -> None:
    lock = LockFactory(created_by=coordinator)
    with pytest.raises(DecisionRefused, match="Cora Coordinator keeps these two together"):
        keep_apart(lock.mentor, lock.mentee, by=None)
    bar = BarFactory(created_by=coordinator)
    with pytest.raises(DecisionRefused, match="Cora Coordinator keeps these two apart"):
        keep_together(bar.mentor, bar.mentee, by=None)
    suggestion = SuggestionFactory()
    keep_together(suggestion.mentor, suggestion.mentee, by=None)
    with pytest.raises(DecisionRefused, match="Let them go first"):
        refuse_suggestion(suggestion, by=None)
    assert (Lock.objects.count(), Bar.objects.count()) == (2, 1)


def test_pairs_are_parted_on_their_page_and_not_by_a_bar() -> None:
    pair = ActivePairFactory()
    with pytest.raises(DecisionRefused, match="These two are a pair"):
        keep_apart(pair.mentor, pair.mentee, by=None)
    with pytest.raises(DecisionRefused, match="a pair already"):
        keep_together(pair.mentor, pair.mentee, by=None)


def test_keeping_two_apart_refuses_their_open_suggestion() -> None:
    suggestion = SuggestionFactory()
    keep_apart(suggestion.mentor, suggestion.mentee, by=None, reason="They share a desk.")
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.REFUSED
    lift_bar(Bar.objects.get(), by=None)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN
    assert not Bar.objects.exists()


def test_a_lock_that_a_later_rule_breaks_does_not_break_the_round(programme: Programme) -> None:
    old, young = mentor(programme), mentee(programme)
    keep_together(old, young, by=None)
    old.seniority_years, young.seniority_years = 20, 2
    old.save(), young.save()
    kept = run_round(programme)
    assert kept.locks_left_out == 1
    assert not kept.suggestions.exists()
    assert kept.people_left_over.count() == 2


def test_a_lock_on_somebody_who_left_is_told_and_counted(
    programme: Programme, client_for: Callable[[User], Client], coordinator: User
) -> None:
    one, two = mentor(programme), mentee(programme, person__name="Basil Okafor")
    keep_together(one, two, by=coordinator)
    two.withdrawn_at = programme.created_at
    two.save()
    assert run_round(programme).locks_left_out == 1
    page = client_for(coordinator).get(reverse("programmes:kept", args=["digital"]))
    assert b"Basil Okafor has left the programme." in page.content


def test_sent_twice_it_is_one(programme: Programme) -> None:
    one, two, three = mentor(programme, capacity=2), mentee(programme), mentee(programme)
    first = keep_together(one, two, by=None)
    assert keep_together(one, two, by=None) == first
    apart = keep_apart(one, three, by=None)
    assert keep_apart(one, three, by=None) == apart
    assert (Lock.objects.count(), Bar.objects.count(), Decision.objects.count()) == (1, 1, 2)


def test_any_two_are_kept_together_by_their_addresses(
    client_for: Callable[[User], Client], coordinator: User, programme: Programme
) -> None:
    client = client_for(coordinator)
    one = mentor(programme, person__email="amira@example.org", person__name="Amira Haddad")
    two = mentee(programme, person__email="basil@example.org", person__name="Basil Okafor")
    lock, kept = (reverse(f"programmes:{name}", args=["digital"]) for name in ("lock", "kept"))
    wrong = client.post(lock, {"mentor": "Amira@example.org", "mentee": "nobody@example.org"})
    page = BeautifulSoup(wrong.content, "html.parser")
    assert wrong.status_code == 422
    assert "Nobody in this programme has the address “nobody@example.org”." in page.get_text()
    assert page.select_one("#id_mentor")["value"] == "Amira@example.org"
    right = {"mentor": "Amira@example.org", "mentee": "basil@example.org"}
    told = client.post(lock, right, follow=True).content.decode()
    assert "Amira Haddad and Basil Okafor are kept together" in told
    assert ids(Lock.objects.all()) == {(one.pk, two.pk)}
    bar = client.post(reverse("programmes:bar", args=["digital"]), right)
    assert bar.status_code == 422
    assert "keeps these two together. Let them go first." in bar.content.decode()
    keys = {"mentor": one.pk, "mentee": two.pk}
    unlock = reverse("programmes:unlock", args=["digital"])
    assert client.post(unlock, keys).url == kept
    assert not Lock.objects.exists()
    assert "taken back already" in client.post(unlock, keys, follow=True).content.decode()


def test_one_comes_back_to_where_one_was_and_nowhere_else(
    client_for: Callable[[User], Client], coordinator: User
) -> None:
    made = RoundFactory()
    one = SuggestionFactory(round=made)
    client, slug = client_for(coordinator), made.programme.slug
    keys = {"mentor": one.mentor_id, "mentee": one.mentee_id}
    lock, unlock = (reverse(f"programmes:{name}", args=[slug]) for name in ("lock", "unlock"))
    board = f"/en/programmes/{slug}/board/?search=a#suggestion-{one.pk}"
    assert client.post(lock, keys | {"next": board}).url == board
    kept = reverse("programmes:kept", args=[slug])
    assert client.post(unlock, keys | {"next": "https://elsewhere.example/"}).url == kept


def test_somebody_of_another_programme_is_not_found(
    client_for: Callable[[User], Client], coordinator: User, programme: Programme
) -> None:
    stranger = MenteeFactory()
    data = {"mentor": mentor(programme).pk, "mentee": stranger.pk}
    answer = client_for(coordinator).post(reverse("programmes:lock", args=["digital"]), data)
    assert answer.status_code == 422
    assert not Lock.objects.exists()


def test_the_page_says_who_why_and_where_they_stand(
    client_for: Callable[[User], Client], coordinator: User, programme: Programme
) -> None:
    keep_together(mentor(programme), mentee(programme), by=coordinator)
    BarFactory(programme=programme, created_by=coordinator, reason="They share a desk.")
    parted = PairFactory(programme=programme)
    end_pair(parted, actor="coordinator", by=coordinator)
    url = reverse("programmes:kept", args=["digital"])
    page = BeautifulSoup(client_for(coordinator).get(url).content, "html.parser")
    text = " ".join(page.get_text(" ").split())
    assert "from the next round By Cora Coordinator on" in text
    assert "They share a desk." in text
    assert "They were a pair and parted; that holds for good." in text
    assert len(page.select('form[action$="/lift-bar/"]')) == 1
