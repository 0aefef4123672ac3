"""Meeting: when session one opens, the date, holding it once, what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from curriculum.enums import SessionState
from curriculum.models import Commitment, Plan, PreparationRecord, Session
from curriculum.queries.guides import guide_of
from curriculum.queries.progress import goals_progress
from curriculum.services.modules import answer_quiz, complete_module
from curriculum.services.notes import keep_notes
from curriculum.services.sessions import (
    NewCommitment,
    SessionRefused,
    begin_session,
    cancel_session,
    close_session,
    confirm_session,
    hold_session,
    open_session,
    rate_session,
    schedule_session,
    waive_preparation,
)
from matching.enums import PairStage
from matching.models import Pair, PairMove
from portal.models import User
from tests.factories.curriculum import add_step, ask_to_prepare, learn, pair_with_plan
from tests.factories.training import RIGHT_ANSWERS, TrackFactory
from training.models import SessionPlanPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(mentor_user: User, mentee_user: User) -> Pair:
    return pair_with_plan(mentor_user, mentee_user)[0]


def meeting_of(pair: Pair) -> Session:
    item = Plan.objects.get(pair=pair).steps.first().items.get(kind="session")
    return open_session(pair, item)


def finish_reading(pair: Pair) -> None:
    module = Plan.objects.get(pair=pair).steps.first().items.get(kind="module").page.specific
    answer_quiz(pair.mentee.person, module, {k: [v] for k, v in RIGHT_ANSWERS.items()})
    complete_module(pair.mentee.person, module)


def test_session_one_opens_when_both_have_prepared(pair: Pair) -> None:
    for_mentors = ask_to_prepare(pair.programme)
    for_mentees = ask_to_prepare(pair.programme, mentors=False)
    with pytest.raises(SessionRefused, match="preparation"):
        meeting_of(pair)
    learn(pair.mentor.person, for_mentors)
    with pytest.raises(SessionRefused, match="preparation"):
        meeting_of(pair)
    learn(pair.mentee.person, for_mentees)
    assert meeting_of(pair).number == 1


def test_a_coordinator_may_let_them_begin_with_a_reason(pair: Pair, coordinator: User) -> None:
    ask_to_prepare(pair.programme)
    with pytest.raises(SessionRefused, match="reason"):
        waive_preparation(pair, reason="  ", by=coordinator)
    waive_preparation(pair, reason="Both did it last year.", by=coordinator)
    waive_preparation(pair, reason="Again", by=coordinator)

    assert meeting_of(pair).number == 1
    assert pair.waiver.reason == "Both did it last year."


def test_who_had_prepared_stays_prepared_when_an_editor_adds_a_module(pair: Pair) -> None:
    module = ask_to_prepare(pair.programme)
    answer_quiz(pair.mentor.person, module, {k: [v] for k, v in RIGHT_ANSWERS.items()})
    complete_module(pair.mentor.person, module)
    assert PreparationRecord.objects.filter(participant=pair.mentor).exists()

    ask_to_prepare(pair.programme)

    assert meeting_of(pair).number == 1


def test_opening_twice_gives_the_same_session(pair: Pair) -> None:
    assert meeting_of(pair).pk == meeting_of(pair).pk


def test_two_sessions_for_one_place_of_the_plan_cannot_be(pair: Pair) -> None:
    first = meeting_of(pair)
    with pytest.raises(IntegrityError):
        Session.objects.create(pair=pair, number=9, item=first.item, title="Again")


def test_a_session_that_was_called_off_leaves_its_place_open(pair: Pair) -> None:
    first = meeting_of(pair)
    cancel_session(first)
    assert meeting_of(pair).pk != first.pk


@pytest.mark.parametrize(
    ("stage", "why"),
    [
        (PairStage.COFFEE, "at the moment"),
        (PairStage.PAUSED, "taking a break"),
        (PairStage.ENDED, "has ended"),
    ],
)
def test_only_an_active_pair_meets(pair: Pair, stage: str, why: str) -> None:
    Pair.objects.filter(pk=pair.pk).update(stage=stage)
    pair.refresh_from_db()
    with pytest.raises(SessionRefused, match=why):
        meeting_of(pair)


def test_a_session_of_another_pair_is_not_ours_to_open(pair: Pair) -> None:
    other, plan = pair_with_plan()
    with pytest.raises(SessionRefused, match="not part of your plan"):
        open_session(pair, plan.steps.get().items.get(kind="session"))
    assert other.pk != pair.pk


def test_who_sets_a_date_agrees_and_the_other_is_asked(pair: Pair) -> None:
    meeting, at = meeting_of(pair), timezone.now() + timedelta(days=3)
    schedule_session(meeting, at, by=pair.mentor)
    assert meeting.has_yes_of(pair.mentor)
    assert not meeting.has_yes_of(pair.mentee)
    confirm_session(meeting, by=pair.mentee)
    assert meeting.is_agreed

    schedule_session(meeting, at + timedelta(days=1), by=pair.mentee)
    assert not meeting.has_yes_of(pair.mentor)


def test_nobody_says_yes_to_a_date_that_is_not_there(pair: Pair) -> None:
    with pytest.raises(SessionRefused, match="no date"):
        confirm_session(meeting_of(pair), by=pair.mentee)


def test_holding_twice_holds_once(pair: Pair) -> None:
    meeting = meeting_of(pair)
    ours = [NewCommitment(pair.mentee, "Ask why."), NewCommitment(pair.mentor, "  ")]
    first = hold_session(meeting, commitments=ours)
    second = hold_session(meeting, commitments=ours)

    assert first.held_at == second.held_at
    assert [c.text for c in Commitment.objects.all()] == ["Ask why."]


def test_a_session_written_down_later_was_held_when_it_was_set_for(pair: Pair) -> None:
    meeting, at = meeting_of(pair), timezone.now() - timedelta(days=2)
    schedule_session(meeting, at, by=pair.mentor)
    assert hold_session(meeting).held_at == at


def test_what_is_over_no_longer_changes_but_its_notes_do(pair: Pair) -> None:
    meeting = hold_session(meeting_of(pair))
    with pytest.raises(SessionRefused, match="over"):
        schedule_session(meeting, timezone.now(), by=pair.mentor)
    with pytest.raises(SessionRefused, match="over"):
        cancel_session(meeting)
    assert keep_notes(meeting, "We agreed.", by=pair.mentor.person).text == "We agreed."


def test_only_a_held_session_is_rated_and_the_last_word_counts(pair: Pair) -> None:
    meeting = meeting_of(pair)
    with pytest.raises(SessionRefused):
        rate_session(meeting, pair.mentee, useful=5, candid=5)
    meeting = hold_session(meeting)
    rate_session(meeting, pair.mentee, useful=5, candid=5)
    rate_session(meeting, pair.mentee, useful=3, candid=4)
    assert list(meeting.ratings.values_list("useful", "candid")) == [(3, 4)]


def test_when_everything_is_done_the_step_the_level_and_the_pair_move(pair: Pair) -> None:
    finish_reading(pair)
    assert goals_progress([pair.mentee_id])[pair.mentee_id][0].now == 1

    hold_session(meeting_of(pair))

    pair.refresh_from_db()
    assert pair.stage == PairStage.COMPLETED
    assert goals_progress([pair.mentee_id])[pair.mentee_id][0].now == 3
    moves = PairMove.objects.filter(pair=pair).values_list("to_stage", flat=True)
    assert list(moves)[-3:] == ["midpoint", "closing", "completed"]


def test_reading_done_last_completes_the_pair_too(pair: Pair) -> None:
    hold_session(meeting_of(pair))
    finish_reading(pair)
    pair.refresh_from_db()
    assert pair.stage == PairStage.COMPLETED


def test_half_of_the_sessions_is_the_midpoint(pair: Pair) -> None:
    plan = Plan.objects.get(pair=pair)
    for position in (2, 3, 4):
        add_step(plan, TrackFactory(), position)
    for step, stage in zip(
        plan.steps.all(), ("active", "midpoint", "closing", "closing"), strict=True
    ):
        hold_session(open_session(pair, step.items.get(kind="session")))
        pair.refresh_from_db()
        assert pair.stage == stage


def test_closing_sets_the_next_date(pair: Pair) -> None:
    add_step(Plan.objects.get(pair=pair), TrackFactory(), 2)
    at = timezone.now() + timedelta(days=14)

    close_session(meeting_of(pair), commitments=[], next_at=at, by=pair.mentor)

    following = Session.objects.get(state=SessionState.PLANNED)
    assert following.scheduled_at == at
    assert following.has_yes_of(pair.mentor)


def test_a_running_session_keeps_the_guide_it_began_with(pair: Pair) -> None:
    meeting = meeting_of(pair)
    begin_session(meeting)
    page = SessionPlanPage.objects.get(pk=meeting.page_id)
    page.agenda = [("part", {"title": "New", "minutes": 5, "say": "", "prompts": []})]
    page.save_revision().publish()

    meeting = Session.objects.get(pk=meeting.pk)
    assert [part.title for part in guide_of(meeting).parts] == ["Check-in", "Practice"]


def test_a_session_whose_plan_is_gone_has_a_general_hour(pair: Pair) -> None:
    meeting = meeting_of(pair)
    SessionPlanPage.objects.get(pk=meeting.page_id).delete()

    meeting = Session.objects.get(pk=meeting.pk)
    guide = guide_of(meeting)
    assert (guide.is_general, guide.minutes) == (True, 60)
    assert hold_session(meeting).state == SessionState.HELD


def test_a_frozen_step_keeps_its_words(pair: Pair) -> None:
    step: Any = Plan.objects.get(pair=pair).steps.get()
    title, track = step.title, step.track
    track.title = "Another name"
    track.save_revision().publish()
    track.unpublish()
    track.delete()

    step.refresh_from_db()
    assert (step.title, step.track) == (title, None)
    assert step.outcomes == [{"skill": "Databases", "from": 1, "to": 3}]
    assert step.items.count() == 2
