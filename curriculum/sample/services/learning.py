"""What people do in the sample between two meetings, and in them."""

from datetime import timedelta

from curriculum.enums import ItemKind
from curriculum.models import Commitment, PlanItem, Session
from curriculum.queries.preparation import preparation_of
from curriculum.queries.progress import learner_of, next_session_item, pair_progress
from curriculum.sample.clock import day_from_now, days_ago
from curriculum.sample.story import MENTOR_COMMITMENT, NOTES, RATINGS, Way
from curriculum.services.modules import answer_quiz, complete_module
from curriculum.services.notes import keep_notes
from curriculum.services.sessions import (
    NewCommitment,
    begin_session,
    confirm_session,
    hold_session,
    open_session,
    rate_session,
    schedule_session,
    settle_commitment,
)
from matching.models import Pair, Participant
from portal.models import User
from training.grading import Question, Quiz
from training.models import ModulePage, SessionPlanPage
from training.queries import read_quiz


def right_answers(quiz: Quiz) -> dict[str, list[str]]:
    """What somebody who has understood it all would send."""
    return {question.key: _right(question) for question in quiz.questions}


def _right(question: Question) -> list[str]:
    if question.choices:
        return [choice.key for choice in question.choices if choice.is_right]
    if question.number is not None:
        return [str(question.number)]
    return list(question.accepted[:1])


def study(person: User, module: ModulePage) -> None:
    """Read a module, answer its quiz, mark it done."""
    answers = right_answers(read_quiz(module))
    if answers:
        answer_quiz(person, module, answers)
    complete_module(person, module)


def prepare(participant: Participant, *, ago: int) -> None:
    """One side's preparation, a module a day."""
    for place, module in enumerate(preparation_of(participant).modules):
        with days_ago(ago - place, hour=7, minute=50):
            study(participant.person, module)


def study_up_to(pair: Pair, until: PlanItem | None, *, ago: int, at_most: int = 99) -> None:
    """The modules of both that stand before a meeting in the plan; `until` None: all there are."""
    done = 0
    for step in pair_progress(pair).steps:
        for item in step.items:
            if item.item == until or done >= at_most:
                return
            if item.item.kind == ItemKind.MODULE and not item.is_done:
                page = ModulePage.objects.get(pk=item.item.page_id)
                with days_ago(ago, hour=12, minute=10 + 15 * (done % 3)):
                    study(learner_of(pair, item.item).person, page)
                done += 1


def meet(pair: Pair, *, ago: int, number: int) -> None:
    """One session from the date to the ratings; `number` counts the pair's sessions from 0."""
    item = next_session_item(pair)
    if item is None:
        return
    study_up_to(pair, item, ago=ago + 2)
    when = day_from_now(-ago, hour=10)
    with days_ago(ago + 9):
        session = open_session(pair, item)
        schedule_session(session, when, by=pair.mentor)
        confirm_session(session, by=pair.mentee)
    with days_ago(ago, hour=10):
        begin_session(session)
        for commitment in Commitment.objects.filter(session__pair=pair, done_at__isnull=True):
            settle_commitment(commitment, is_done=True)
    with days_ago(ago, hour=11):
        keep_notes(session, NOTES[number % len(NOTES)], by=pair.mentor.person)
        hold_session(session, commitments=_commitments(pair, session, ago))
    session.refresh_from_db()
    for side, (useful, candid) in zip(
        (pair.mentor, pair.mentee), RATINGS[number % len(RATINGS)], strict=True
    ):
        with days_ago(ago, hour=16):
            rate_session(session, side, useful=useful, candid=candid)


def _commitments(pair: Pair, session: Session, ago: int) -> list[NewCommitment]:
    """The first that the session plan offers, for the mentee, and one for the mentor."""
    page = SessionPlanPage.objects.get(pk=session.page_id)
    due_on = (day_from_now(-ago) + timedelta(days=14)).date()
    offered = [str(block.value) for block in page.commitments][:1]
    return [
        *(NewCommitment(pair.mentee, text, due_on) for text in offered),
        NewCommitment(pair.mentor, MENTOR_COMMITMENT, due_on),
    ]


def learn(pair: Pair, way: Way) -> None:
    """All meetings of a pair so far, what it has read since, and the next date."""
    for number, ago in enumerate(way.met):
        meet(pair, ago=ago, number=number)
    if way.is_finished:
        study_up_to(pair, None, ago=way.met[-1] - 2)
        return
    if way.reads_ahead:
        study_up_to(pair, next_session_item(pair), ago=3, at_most=way.reads_ahead)
    item = next_session_item(pair)
    if way.meets_in is not None and item is not None:
        with days_ago(2):
            session = open_session(pair, item)
            schedule_session(session, day_from_now(way.meets_in, hour=10), by=pair.mentor)
