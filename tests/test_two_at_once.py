"""Two people press at the same moment: each act happens once, and nobody gets an error page.

Only where the database has more than one writer; SQLite takes writers one after the other
(`transaction_mode=IMMEDIATE`), which is the same as what is tested here, by other means.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import Locale, Page

from curriculum.enums import SessionState
from curriculum.models import Commitment, ModuleProgress, Plan, QuizAttempt, Session
from curriculum.services.modules import answer_quiz, complete_module
from curriculum.services.plans import assign_tracks
from curriculum.services.sessions import (
    NewCommitment,
    SessionRefused,
    begin_session,
    cancel_session,
    confirm_session,
    hold_session,
    open_session,
    schedule_session,
)
from matching.enums import PairStage, SuggestionState
from matching.models import Bar, Decision, Lock, Pair, PairMove, Suggestion
from matching.queries.suggestions import seen_of, to_decide
from matching.services.answers import answer_coffee, sign_agreement
from matching.services.jobs import start_accepting
from matching.services.pairs import MoveRefused
from matching.services.programmes import withdraw_participant
from matching.services.rounds import confirm_round, run_round
from matching.services.suggestions import (
    DecisionRefused,
    accept_suggestion,
    refuse_suggestion,
)
from matching.services.together import keep_apart, keep_together
from matching.services.undoing import undo_decision
from portal.models import Job
from tests.factories.curriculum import pair_with_plan
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)
from tests.factories.portal import UserFactory
from tests.factories.training import RIGHT_ANSWERS, TrackFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="threads share one SQLite in memory, which locks tables",
    ),
]
REFUSALS = (MoveRefused, DecisionRefused, SessionRefused)


@pytest.fixture(autouse=True)
def house_with_its_ground() -> None:
    """A test that commits is followed by an emptied database: the tree of pages goes with it."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; the refusals, in words. Any other error is raised."""
    gate = threading.Barrier(len(acts), timeout=30)
    refusals: list[str] = []
    errors: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait()
            act()
        except REFUSALS as refusal:
            refusals.append(str(refusal))
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return refusals


def copy_of(pair: Pair) -> Pair:
    """The pair as a request of its own has read it."""
    return Pair.objects.select_related("mentor__person", "mentee__person", "programme").get(
        pk=pair.pk
    )


def test_both_answer_the_coffee_and_then_sign() -> None:
    pair = PairFactory()
    first, second = copy_of(pair), copy_of(pair)
    assert not at_once(
        lambda: answer_coffee(first, first.mentor, is_yes=True),
        lambda: answer_coffee(second, second.mentee, is_yes=True),
    )
    pair.refresh_from_db()
    assert pair.stage == PairStage.AGREEMENT
    assert len(mail.outbox) == 2
    assert not at_once(
        lambda: sign_agreement(first, first.mentor), lambda: sign_agreement(second, second.mentee)
    )
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE
    assert PairMove.objects.filter(pair=pair).count() == 2
    assert len(mail.outbox) == 4


def test_a_yes_and_a_no() -> None:
    pair = PairFactory()
    first, second = copy_of(pair), copy_of(pair)
    at_once(
        lambda: answer_coffee(first, first.mentor, is_yes=True),
        lambda: answer_coffee(second, second.mentee, is_yes=False),
    )
    pair.refresh_from_db()
    assert pair.stage == PairStage.ENDED


def test_one_answers_while_a_coordinator_takes_the_other_out_of_the_programme() -> None:
    for _ in range(5):
        pair = PairFactory()
        mine, theirs = copy_of(pair), copy_of(pair)
        at_once(
            lambda mine=mine: answer_coffee(mine, mine.mentee, is_yes=True),
            lambda theirs=theirs: withdraw_participant(theirs.mentee, by=None),
        )
        pair.refresh_from_db()
        assert pair.stage == PairStage.ENDED


def test_a_suggestion_accepted_twice_is_one_pair() -> None:
    suggestion = SuggestionFactory()
    copies = [Suggestion.objects.get(pk=suggestion.pk) for _ in range(2)]
    at_once(*[lambda one=one: accept_suggestion(one, by=None) for one in copies])
    assert Pair.objects.count() == 1
    assert len(mail.outbox) == 2


def test_the_last_place_of_a_mentor_is_given_once() -> None:
    kept = RoundFactory()
    mentor = MentorFactory(programme=kept.programme)
    both = [SuggestionFactory(round=kept, mentor=mentor) for _ in range(2)]
    refusals = at_once(*[lambda one=one: accept_suggestion(one, by=None) for one in both])
    assert Pair.objects.count() == 1
    assert len(refusals) == 1
    assert "no place for another pair" in refusals[0]


def test_accepted_and_refused_is_one_of_the_two() -> None:
    for _ in range(3):
        suggestion = SuggestionFactory()
        copies = [Suggestion.objects.get(pk=suggestion.pk) for _ in range(2)]
        refusals = at_once(
            lambda one=copies[0]: accept_suggestion(one, by=None, seen=0),
            lambda one=copies[1]: refuse_suggestion(one, by=None, seen=0),
        )
        assert len(refusals) == 1
        assert suggestion.decisions.count() == 1


def test_an_acceptance_taken_back_twice_at_once_is_taken_back_once() -> None:
    accept_suggestion(SuggestionFactory(), by=None)
    copies = [Decision.objects.get() for _ in range(2)]
    mail.outbox.clear()
    refusals = at_once(*[lambda one=one: undo_decision(one, by=None) for one in copies])
    assert len(refusals) == 1
    assert "taken back already" in refusals[0]
    assert len(mail.outbox) == 2


def test_one_answers_while_a_coordinator_takes_the_acceptance_back() -> None:
    for _ in range(5):
        pair = accept_suggestion(SuggestionFactory(), by=None)
        decision, mine = pair.decisions.get(), copy_of(pair)
        refusals = at_once(
            lambda mine=mine: answer_coffee(mine, mine.mentee, is_yes=True),
            lambda one=decision: undo_decision(one, by=None),
        )
        assert len(refusals) == 1
        stays = Pair.objects.filter(pk=pair.pk).exists()
        assert stays is ("there is an answer already" in refusals[0])


def test_an_acceptance_is_taken_back_while_a_round_is_kept() -> None:
    """Either the round overtakes what is open again, or nothing of the old one stays open."""
    for _ in range(3):
        suggestion = SuggestionFactory()
        programme = suggestion.round.programme
        accept_suggestion(suggestion, by=None)
        decision = suggestion.decisions.get()
        at_once(lambda one=decision: undo_decision(one, by=None), lambda p=programme: run_round(p))
        suggestion.refresh_from_db()
        assert suggestion.state == SuggestionState.OVERTAKEN


def test_kept_together_and_apart_at_once_is_one_of_the_two() -> None:
    for _ in range(3):
        one = SuggestionFactory(state=SuggestionState.OVERTAKEN)
        at_once(
            lambda one=one: keep_together(one.mentor, one.mentee, by=None),
            lambda one=one: keep_apart(one.mentor, one.mentee, by=None),
        )
        both = {"mentor": one.mentor, "mentee": one.mentee}
        assert Lock.objects.filter(**both).count() + Bar.objects.filter(**both).count() == 1


def test_all_accepted_by_two_at_once_is_one_job() -> None:
    kept = RoundFactory()
    SuggestionFactory.create_batch(3, round=kept)
    seen = seen_of(to_decide(kept.programme))
    people = UserFactory.create_batch(2)
    refusals = at_once(
        *[
            lambda who=who: start_accepting(
                kept.programme, to_decide(kept.programme), seen=seen, by=who
            )
            for who in people
        ]
    )
    assert len(refusals) == 1
    assert "Others are still being accepted" in refusals[0]
    assert (Job.objects.count(), Decision.objects.count()) == (1, 1)


def test_of_two_rounds_the_later_one_overtakes_the_earlier() -> None:
    programme = ProgrammeFactory()
    MentorFactory(programme=programme, levels={"Databases": 4})
    MenteeFactory(programme=programme, levels={"Databases": 1}, goals={"Databases": 3})
    programme.mentor_is_junior = programme.shared_language = False
    programme.working_hours_overlap = programme.minimum_score = 0
    programme.save()
    at_once(lambda: run_round(programme), lambda: run_round(programme))
    states = list(Suggestion.objects.values_list("state", flat=True))
    assert sorted(states) == [SuggestionState.OPEN, SuggestionState.OVERTAKEN]


def test_a_round_confirmed_twice_makes_each_pair_once() -> None:
    kept = RoundFactory()
    SuggestionFactory.create_batch(3, round=kept)
    at_once(lambda: confirm_round(kept), lambda: confirm_round(kept))
    assert Pair.objects.filter(stage=PairStage.ACTIVE).count() == 3


def test_a_pair_is_planned_once() -> None:
    TrackFactory(lifts=[("Databases", 1, 3)])
    mentor = MentorFactory(levels={"Databases": 4})
    programme = mentor.programme
    mentee = MenteeFactory(programme=programme, levels={"Databases": 1}, goals={"Databases": 3})
    ActivePairFactory(programme=programme, mentor=mentor, mentee=mentee)
    at_once(lambda: assign_tracks(programme), lambda: assign_tracks(programme))
    assert Plan.objects.get().steps.count() == 1


def meeting() -> Session:
    pair, plan = pair_with_plan()
    return open_session(pair, plan.steps.get().items.get(kind="session"))


def read(session: Session) -> Session:
    return Session.objects.select_related("pair__mentor", "pair__mentee").get(pk=session.pk)


def test_both_open_the_same_session() -> None:
    pair, plan = pair_with_plan()
    item = plan.steps.get().items.get(kind="session")
    at_once(lambda: open_session(pair, item), lambda: open_session(pair, item))
    assert Session.objects.count() == 1


def test_a_session_is_held_once() -> None:
    session = meeting()
    promise = [NewCommitment(session.pair.mentee, "Ask why")]
    copies = [read(session), read(session)]
    at_once(*[lambda one=one: hold_session(one, commitments=promise) for one in copies])
    assert Commitment.objects.count() == 1
    assert Pair.objects.get().stage in {PairStage.MIDPOINT, PairStage.CLOSING}


def test_begun_and_called_off_is_one_of_the_two() -> None:
    session = meeting()
    copies = [read(session), read(session)]
    at_once(lambda: begin_session(copies[0]), lambda: cancel_session(copies[1]))
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED


def test_nobody_says_yes_to_a_date_that_was_moved_meanwhile() -> None:
    session, now = meeting(), timezone.now()
    schedule_session(session, now + timedelta(days=2), by=session.pair.mentor)
    mine, theirs = read(session), read(session)
    at_once(
        lambda: confirm_session(mine, by=mine.pair.mentee),
        lambda: schedule_session(theirs, now + timedelta(days=9), by=theirs.pair.mentor),
    )
    session.refresh_from_db()
    assert session.scheduled_at == now + timedelta(days=9)
    assert session.mentee_agreed_at is None


def test_the_last_module_and_the_last_session_complete_the_pair() -> None:
    pair, plan = pair_with_plan()
    step = plan.steps.get()
    session = open_session(pair, step.items.get(kind="session"))
    module = step.items.get(kind="module").page.specific
    given = {key: [value] for key, value in RIGHT_ANSWERS.items()}
    at_once(*[lambda: answer_quiz(pair.mentee.person, module, given)] * 2)
    assert QuizAttempt.objects.count() == 1
    at_once(
        lambda: complete_module(pair.mentee.person, module),
        lambda: complete_module(pair.mentee.person, module),
        lambda: hold_session(session),
    )
    assert ModuleProgress.objects.filter(completed_at__isnull=False).count() == 1
    pair.refresh_from_db()
    assert pair.stage == PairStage.COMPLETED
