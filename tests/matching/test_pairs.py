"""The life of a pair, from a suggestion to its end, and the letters on the way."""

from typing import Any

import pytest

from matching.enums import Actor, PairStage, SuggestionState
from matching.models import Bar, Pair, PairMove, Suggestion
from matching.services.answers import answer_coffee, sign_agreement
from matching.services.pairs import (
    MoveRefused,
    ask_for_swap,
    end_pair,
    move_pair,
    pause_pair,
)
from matching.services.programmes import take_back_participant, withdraw_participant
from matching.services.suggestions import (
    DecisionRefused,
    accept_suggestion,
    refuse_suggestion,
)
from matching.signals import pair_began, pair_ended
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    PairFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(mailoutbox: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Does something, and gives the letters that went out after its commit."""

    def after(act: Any, *args: Any, **kwargs: Any) -> list[Any]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **kwargs)
        return list(mailoutbox)

    return after


def test_an_accepted_suggestion_becomes_a_coffee_and_both_are_told(
    coordinator: User, letters: Any
) -> None:
    suggestion = SuggestionFactory(
        mentor__person__name="Amira & Sons",
        mentor__interests=["jazz"],
        mentor__levels={"Databases": 3},
        mentee__interests=["Jazz"],
        mentee__goals={"Databases": 3},
    )
    sent = letters(accept_suggestion, suggestion, by=coordinator)
    pair = Pair.objects.get()
    assert (pair.stage, pair.score, pair.covers) == (
        PairStage.COFFEE,
        suggestion.score,
        suggestion.covers,
    )
    assert PairMove.objects.get().person == coordinator
    assert {letter.to[0] for letter in sent} == {
        suggestion.mentor.person.email,
        suggestion.mentee.person.email,
    }
    to_mentee = next(one for one in sent if one.to == [suggestion.mentee.person.email])
    assert to_mentee.subject == "A coffee with Amira & Sons?"
    assert "Databases, from level 0 to 3" in to_mentee.body
    assert "You both named “jazz”" in to_mentee.body
    assert f"/en/pairs/{pair.pk}/" in to_mentee.body
    # Nobody gets the other's address before both have said yes.
    assert suggestion.mentor.person.email not in to_mentee.body


def test_accepting_twice_gives_one_pair_and_one_letter_each(
    coordinator: User, letters: Any
) -> None:
    suggestion = SuggestionFactory()
    assert len(letters(accept_suggestion, suggestion, by=coordinator)) == 2
    assert letters(accept_suggestion, suggestion, by=coordinator) == []
    assert Pair.objects.count() == 1


def test_a_refused_suggestion_is_barred_and_cannot_be_accepted(coordinator: User) -> None:
    suggestion = SuggestionFactory()
    refuse_suggestion(suggestion, by=coordinator, reason="They share a desk.")
    refuse_suggestion(suggestion, by=coordinator)
    bar = Bar.objects.get()
    assert (bar.mentor, bar.mentee, bar.reason) == (
        suggestion.mentor,
        suggestion.mentee,
        "They share a desk.",
    )
    with pytest.raises(DecisionRefused, match="refused"):
        accept_suggestion(suggestion, by=coordinator)


def test_an_accepted_suggestion_cannot_be_refused(coordinator: User) -> None:
    suggestion = SuggestionFactory()
    accept_suggestion(suggestion, by=coordinator)
    with pytest.raises(DecisionRefused, match="accepted"):
        refuse_suggestion(suggestion, by=coordinator)


def test_what_changed_since_the_round_counts(coordinator: User) -> None:
    made = RoundFactory()
    full = SuggestionFactory(round=made)
    PairFactory(programme=made.programme, mentor=full.mentor)
    with pytest.raises(DecisionRefused, match="no place"):
        accept_suggestion(full, by=coordinator)
    left = SuggestionFactory(round=made)
    withdraw_participant(left.mentee, by=coordinator)
    with pytest.raises(DecisionRefused, match="has left"):
        accept_suggestion(left, by=coordinator)
    barred = SuggestionFactory(round=made)
    BarFactory(programme=made.programme, mentor=barred.mentor, mentee=barred.mentee)
    with pytest.raises(DecisionRefused, match="barred"):
        accept_suggestion(barred, by=coordinator)
    assert Pair.objects.count() == 1
    assert set(Suggestion.objects.values_list("state", flat=True)) == {SuggestionState.OPEN}


def test_two_times_yes_leads_to_the_agreement_and_tells_both_how_to_reach_the_other(
    letters: Any,
) -> None:
    pair = PairFactory(mentor__department="Data")
    assert letters(answer_coffee, pair, pair.mentor, is_yes=True) == []
    assert Pair.objects.get().stage == PairStage.COFFEE
    sent = letters(answer_coffee, pair, pair.mentee, is_yes=True)
    assert Pair.objects.get().stage == PairStage.AGREEMENT
    to_mentee = next(one for one in sent if one.to == [pair.mentee.person.email])
    assert pair.mentor.person.email in to_mentee.body
    assert "Data" in to_mentee.body
    assert len(sent) == 2


def test_one_person_saying_yes_twice_is_one_yes() -> None:
    pair = PairFactory()
    answer_coffee(pair, pair.mentor, is_yes=True)
    answer_coffee(pair, pair.mentor, is_yes=True)
    assert Pair.objects.get().stage == PairStage.COFFEE


def test_a_yes_that_is_sent_again_after_the_pair_moved_on_is_no_fault() -> None:
    pair = PairFactory()
    answer_coffee(pair, pair.mentor, is_yes=True)
    answer_coffee(pair, pair.mentee, is_yes=True)
    answer_coffee(pair, pair.mentee, is_yes=True)
    with pytest.raises(MoveRefused, match="not open any more"):
        answer_coffee(pair, pair.mentee, is_yes=False)
    assert Pair.objects.get().stage == PairStage.AGREEMENT
    assert pair.moves.count() == 1


def test_a_no_frees_both_without_saying_whose_it_was(letters: Any) -> None:
    pair = PairFactory()
    letters(answer_coffee, pair, pair.mentor, is_yes=True)
    sent = letters(answer_coffee, pair, pair.mentee, is_yes=False)
    assert Pair.objects.get().stage == PairStage.ENDED
    assert Bar.objects.filter(mentor=pair.mentor, mentee=pair.mentee).exists()
    bodies = {letter.body.replace(letter.to[0], "").split("\n", 2)[2] for letter in sent}
    assert len(sent) == 2
    assert len(bodies) == 1


def test_a_third_person_has_no_answer_to_give() -> None:
    pair, other = PairFactory(), PairFactory()
    with pytest.raises(MoveRefused, match="Only the two"):
        answer_coffee(pair, other.mentor, is_yes=True)


def test_both_signatures_begin_it_and_the_rooms_above_hear_of_it_once(letters: Any) -> None:
    pair = PairFactory(stage=PairStage.AGREEMENT)
    began: list[int] = []

    def note(pair: Pair, **kwargs: Any) -> None:
        began.append(pair.pk)

    pair_began.connect(note)
    try:
        letters(sign_agreement, pair, pair.mentee)
        assert began == []
        sent = letters(sign_agreement, pair, pair.mentor)
        letters(sign_agreement, pair, pair.mentor)
        letters(pause_pair, pair, actor=Actor.MENTOR, by=None)
        letters(move_pair, pair, PairStage.ACTIVE, actor=Actor.MENTOR)
    finally:
        pair_began.disconnect(note)
    now = Pair.objects.get()
    assert (now.stage, began, len(sent)) == (PairStage.ACTIVE, [pair.pk], 2)
    assert now.began_at is not None


def test_a_stale_copy_of_a_pair_cannot_undo_what_happened_meanwhile() -> None:
    pair = PairFactory()
    stale = Pair.objects.get(pk=pair.pk)
    end_pair(pair, actor=Actor.COORDINATOR, by=None)
    assert stale.stage == PairStage.COFFEE
    with pytest.raises(MoveRefused):
        move_pair(stale, PairStage.AGREEMENT, actor=Actor.SYSTEM)
    assert Pair.objects.get().stage == PairStage.ENDED


def test_a_refused_move_leaves_no_trace() -> None:
    pair = PairFactory()
    with pytest.raises(MoveRefused, match="cannot be moved"):
        move_pair(pair, PairStage.ACTIVE, actor=Actor.COORDINATOR)
    with pytest.raises(MoveRefused, match="already"):
        move_pair(pair, PairStage.COFFEE, actor=Actor.COORDINATOR)
    assert not pair.moves.exists()


def test_a_pause_goes_on_where_it_began() -> None:
    pair = ActivePairFactory()
    move_pair(pair, PairStage.MIDPOINT, actor=Actor.SYSTEM)
    pause_pair(pair, actor=Actor.MENTEE, by=None)
    with pytest.raises(MoveRefused, match="midpoint"):
        move_pair(pair, PairStage.ACTIVE, actor=Actor.MENTEE)
    ask_for_swap(pair, actor=Actor.MENTEE, by=None)
    move_pair(pair, PairStage.MIDPOINT, actor=Actor.COORDINATOR)
    assert pair.stage == PairStage.MIDPOINT


def test_who_leaves_the_programme_leaves_their_pairs_and_may_come_back(
    coordinator: User,
) -> None:
    pair, done = ActivePairFactory(), ActivePairFactory(stage=PairStage.COMPLETED)
    done.mentor, done.programme = pair.mentor, pair.programme
    done.save()
    withdraw_participant(pair.mentor, by=coordinator)
    pair.refresh_from_db()
    done.refresh_from_db()
    assert (pair.stage, done.stage) == (PairStage.ENDED, PairStage.COMPLETED)
    take_back_participant(pair.mentor)
    pair.mentor.refresh_from_db()
    assert pair.mentor.withdrawn_at is None


def test_the_rooms_above_hear_that_a_pair_has_ended(letters: Any) -> None:
    pair = ActivePairFactory()
    ended: list[tuple[int, str]] = []

    def note(pair: Pair, **kwargs: Any) -> None:
        ended.append((pair.pk, pair.stage))

    pair_ended.connect(note)
    try:
        letters(pause_pair, pair, actor=Actor.MENTOR, by=None)
        assert ended == []
        letters(end_pair, pair, actor=Actor.COORDINATOR, by=None)
    finally:
        pair_ended.disconnect(note)
    assert ended == [(pair.pk, PairStage.ENDED)]
