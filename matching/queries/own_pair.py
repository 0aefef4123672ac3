"""What one of the two reads about their pair: neither scores nor bars, and no history."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language_info, gettext_lazy

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


STOPPED = (PairStage.PAUSED, PairStage.SWAP_ASKED)


@dataclass(frozen=True)
class Stop:
    """Where a pair stands that does not meet: since when, by whose wish, and the way on.

    `by` is "me", "other" or "coordinator"; `go_on` the stage this person may lead it back to.
    """

    at: datetime | None
    by: str
    go_on: str


@dataclass(frozen=True)
class OwnPair:
    """`answer` and `signed` are this person's own; `answer` is None while they have not said.

    `moves` are the stages that this person may ask for, besides going on.
    """

    me: Participant
    other: Participant
    is_mentor: bool
    stage: PairStage
    ground: CommonGround
    answer: bool | None
    signed: bool
    knows_contact: bool
    steps: list[dict[str, str]]
    stop: Stop | None
    moves: tuple[str, ...]

    @property
    def other_side(self) -> str:
        return "mentee" if self.is_mentor else "mentor"

    @property
    def language_names(self) -> list[str]:
        return [_language_name(code) for code in self.ground.languages]


def describe_own_pair(pair: Pair, me: Participant) -> OwnPair:
    """Three queries, four after a stop: the goals of both and this person's own answers."""
    answers = dict(pair.answers.filter(participant=me).values_list("question", "is_yes"))
    is_mentor = me.pk == pair.mentor_id
    actor = Actor.MENTOR if is_mentor else Actor.MENTEE
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
        stop=_stop_of(pair, actor) if pair.stage in STOPPED else None,
        moves=tuple(
            str(to)
            for to in moves_of(pair.stage, actor)
            if to in STOPPED and pair.stage in {*RUNNING, *STOPPED}
        ),
    )


def way_of(pair: Pair) -> list[dict[str, str]]:
    """The way of a pair for components/steps.html; one that stops stands where it would go on."""
    here = stage_before_stop(pair) if pair.stage in STOPPED else PairStage(pair.stage)
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


def _stop_of(pair: Pair, actor: Actor) -> Stop:
    moves = list(pair.moves.order_by("at", "pk").values_list("to_stage", "actor", "at"))
    by, at = (moves[-1][1], moves[-1][2]) if moves else ("", None)
    whose = "me" if by == actor else "other" if by in {Actor.MENTOR, Actor.MENTEE} else ""
    back = stage_to_return_to([to for to, _actor, _at in moves])
    may_go_on = back in moves_of(pair.stage, actor)
    if pair.stage == PairStage.SWAP_ASKED:
        may_go_on = may_go_on and whose == "me"
    return Stop(at, whose or "coordinator", str(back) if may_go_on else "")


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code.upper()
