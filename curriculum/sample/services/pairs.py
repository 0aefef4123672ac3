"""How the sample's pairs come about, and how far each goes."""

from curriculum.certificates.services.issue import issue_certificates
from curriculum.sample.clock import days_ago
from curriculum.sample.services.learning import learn, prepare
from curriculum.sample.story import BOTH, MENTOR, REFUSED, ROUNDS, WAYS, Way
from curriculum.services.plans import plan_pair
from curriculum.services.sessions import waive_preparation
from matching.enums import Actor, SuggestionState
from matching.models import Pair, Programme, Suggestion
from matching.services.answers import answer_coffee, sign_agreement
from matching.services.pairs import ask_for_swap, pause_pair
from matching.services.rounds import run_round
from matching.services.suggestions import accept_suggestion, refuse_suggestion
from portal.models import User


def make_pairs(programme: Programme, *, by: User) -> None:
    """Run a first round and go the way of each pair; the second round is left to be decided."""
    first, second = ROUNDS
    with days_ago(first, hour=8):
        run_round(programme, by=by)
    mentor, mentee, reason = REFUSED
    with days_ago(first - 1, hour=14):
        refuse_suggestion(_suggestion(programme, mentor, mentee), by=by, reason=reason)
    for way in WAYS:
        _go(programme, way, by=by)
    with days_ago(second, hour=8):
        run_round(programme, by=by)


def _suggestion(programme: Programme, mentor: str, mentee: str) -> Suggestion:
    """The open suggestion of these two; people.csv is written so that the engine makes it."""
    return Suggestion.objects.get(
        round__programme=programme,
        state=SuggestionState.OPEN,
        mentor__person__email__startswith=f"{mentor}@",
        mentee__person__email__startswith=f"{mentee}@",
    )


def _go(programme: Programme, way: Way, *, by: User) -> None:
    """One pair, from the suggestion to where it stands today."""
    with days_ago(way.accepted, hour=14):
        pair = accept_suggestion(_suggestion(programme, way.mentor, way.mentee), by=by)
    sides = {"mentor": pair.mentor, "mentee": pair.mentee}
    declines = way.then == "declined"
    for place, side in enumerate(way.said_yes):
        with days_ago(way.accepted - 4 - place, hour=15):
            is_yes = not (declines and side == BOTH[-1])
            answer_coffee(pair, sides[side], is_yes=is_yes)
    if declines or way.said_yes != BOTH:
        return
    for place, side in enumerate(way.signed):
        with days_ago(way.accepted - 7 - place, hour=15):
            sign_agreement(pair, sides[side])
    if way.signed == BOTH:
        _begin(_fresh(pair), way, by=by)


def _begin(pair: Pair, way: Way, *, by: User) -> None:
    with days_ago(way.accepted - 8, hour=15):
        plan_pair(pair)
    for side in way.prepared:
        prepare(pair.mentor if side == MENTOR else pair.mentee, ago=way.accepted - 9)
    if way.waived:
        with days_ago(4):
            waive_preparation(pair, reason=way.waived, by=by)
    learn(pair, way)
    pair = _fresh(pair)
    if way.then == "paused":
        with days_ago(80):
            pause_pair(pair, actor=Actor.MENTEE, by=pair.mentee.person)
    if way.then == "certified":
        with days_ago(way.met[-1] - 7, hour=8):
            issue_certificates(pair.programme)
    if way.then == "swap":
        with days_ago(2):
            ask_for_swap(pair, actor=Actor.MENTEE, by=pair.mentee.person)


def _fresh(pair: Pair) -> Pair:
    return Pair.objects.select_related("programme", "mentor__person", "mentee__person").get(
        pk=pair.pk
    )
