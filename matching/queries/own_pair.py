"""What one of the two reads about their pair: neither scores nor bars, and no history."""

from dataclasses import dataclass

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage, Question
from matching.models import Pair, Participant
from matching.moves import RUNNING, moves_of, stage_to_return_to
from matching.queries.common_ground import CommonGround, find_common_ground

WAY = (
    PairStage.COFFEE,
    PairStage.AGREEMENT,
    PairStage.ACTIVE,
    PairStage.MIDPOINT,
    PairStage.CLOSING,
    PairStage.COMPLETED,
)
# Before both said yes, and after an end, the two have no address of each other.
WITHOUT_CONTACT = (PairStage.SUGGESTED, PairStage.COFFEE, PairStage.ENDED)

STAGE_TITLES = {
    PairStage.COFFEE: gettext_lazy("A coffee to meet"),
    PairStage.AGREEMENT: gettext_lazy("Agree how you work together"),
    PairStage.ACTIVE: gettext_lazy("Sessions begin"),
    PairStage.MIDPOINT: gettext_lazy("Midpoint: look back and ahead"),
    PairStage.CLOSING: gettext_lazy("Closing: teach back what was learnt"),
    PairStage.COMPLETED: gettext_lazy("Completed"),
}


@dataclass(frozen=True)
class OwnPair:
    """`answer` and `signed` are this person's own; `answer` is None while they have not said."""

    me: Participant
    other: Participant
    is_mentor: bool
    stage: PairStage
    ground: CommonGround
    answer: bool | None
    signed: bool
    knows_contact: bool
    steps: list[dict[str, str]]
    own_moves: list[dict[str, str]]

    @property
    def other_side(self) -> str:
        return "mentee" if self.is_mentor else "mentor"

    @property
    def language_names(self) -> list[str]:
        return [_language_name(code) for code in self.ground.languages]


def describe_own_pair(pair: Pair, me: Participant) -> OwnPair:
    """Three queries, four after a pause: the goals of both and this person's own answers."""
    answers = dict(pair.answers.filter(participant=me).values_list("question", "is_yes"))
    is_mentor = me.pk == pair.mentor_id
    return OwnPair(
        me=me,
        other=pair.mentee if is_mentor else pair.mentor,
        is_mentor=is_mentor,
        stage=PairStage(pair.stage),
        ground=find_common_ground(pair),
        answer=answers.get(Question.COFFEE),
        signed=bool(answers.get(Question.AGREEMENT)),
        knows_contact=pair.stage not in WITHOUT_CONTACT,
        steps=way_of(pair),
        own_moves=_own_moves(pair, Actor.MENTOR if is_mentor else Actor.MENTEE),
    )


def way_of(pair: Pair) -> list[dict[str, str]]:
    """The way of a pair for components/steps.html; a pause stands at the sessions."""
    here = PairStage(pair.stage)
    place = WAY.index(here) if here in WAY else WAY.index(PairStage.ACTIVE)
    if here in {PairStage.COMPLETED, PairStage.FOLLOW_UP_6, PairStage.FOLLOW_UP_12}:
        place = len(WAY)
    return [
        {
            "title": str(STAGE_TITLES[stage]),
            "state": "done" if at < place else "now" if at == place else "next",
        }
        for at, stage in enumerate(WAY)
    ]


def stage_before_stop(pair: Pair) -> PairStage:
    """Where a pair that pauses, or asked for a swap, would go on."""
    return stage_to_return_to(
        list(pair.moves.order_by("at", "pk").values_list("to_stage", flat=True))
    )


def _own_moves(pair: Pair, actor: Actor) -> list[dict[str, str]]:
    """Buttons for one of the two; the coffee and the agreement have their own."""
    if pair.stage in {PairStage.COFFEE, PairStage.AGREEMENT}:
        return []
    words = {PairStage.PAUSED: _("Pause"), PairStage.SWAP_ASKED: _("Ask for another partner")}
    found = []
    for to in moves_of(pair.stage, actor):
        if to in words:
            found.append({"to": str(to), "label": words[to]})
        elif to in RUNNING and to == stage_before_stop(pair):
            found.append({"to": str(to), "label": _("Go on")})
    return found


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code.upper()
