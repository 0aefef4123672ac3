"""What the two say before they begin: yes to each other, then yes to how they work."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage, Question
from matching.models import Pair, PairAnswer, Participant
from matching.services import letters
from matching.services.pairs import MoveRefused, end_pair, lock_pair, move_pair

STAGE_OF = {Question.COFFEE: PairStage.COFFEE, Question.AGREEMENT: PairStage.AGREEMENT}
NEXT_STAGE = {Question.COFFEE: PairStage.AGREEMENT, Question.AGREEMENT: PairStage.ACTIVE}


@transaction.atomic
def answer_question(
    pair: Pair, participant: Participant, question: Question, *, is_yes: bool
) -> Pair:
    """Keep one side's answer; the second yes moves the pair on, a no ends it without blame.

    Answering again before the other has answered replaces the answer. Sending the same form
    twice changes nothing. Raises `MoveRefused` when the question is no longer open.
    """
    locked = lock_pair(pair)
    if participant.pk not in {locked.mentor_id, locked.mentee_id}:
        raise MoveRefused(_("Only the two people of a pair answer for it."))
    if locked.stage != STAGE_OF[question]:
        return _answered_before(locked, participant, question, is_yes)
    PairAnswer.objects.update_or_create(
        pair=locked,
        participant=participant,
        question=question,
        defaults={"is_yes": is_yes, "at": timezone.now()},
    )
    if not is_yes:
        actor = Actor.MENTOR if participant.pk == locked.mentor_id else Actor.MENTEE
        return end_pair(locked, actor=actor, by=participant.person)
    if locked.answers.filter(question=question, is_yes=True).count() < 2:
        return locked
    moved = move_pair(locked, NEXT_STAGE[question], actor=Actor.SYSTEM, by=participant.person)
    letters.tell_next_stage(moved)
    return moved


def _answered_before(
    pair: Pair, participant: Participant, question: Question, is_yes: bool
) -> Pair:
    """A form sent twice is no fault; an answer that would change what is settled is refused."""
    same = pair.answers.filter(participant=participant, question=question, is_yes=is_yes)
    if same.exists():
        return pair
    raise MoveRefused(
        _("This question is not open any more: the pair is at “%(stage)s”.")
        % {"stage": PairStage(pair.stage).label}
    )


def answer_coffee(pair: Pair, participant: Participant, *, is_yes: bool) -> Pair:
    return answer_question(pair, participant, Question.COFFEE, is_yes=is_yes)


def sign_agreement(pair: Pair, participant: Participant) -> Pair:
    return answer_question(pair, participant, Question.AGREEMENT, is_yes=True)
