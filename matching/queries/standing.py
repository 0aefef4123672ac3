"""Which pairs stand, and how many places of each person they fill."""

from collections import Counter
from collections.abc import Container

from django.db.models import Count, QuerySet

from matching.enums import PairStage, Role
from matching.models import Pair, Participant, Programme
from matching.moves import FINISHED

# Two people at these stages go the way together no more. After the whole way (`FINISHED`) the
# mentor may guide another; the mentee has had the programme, and is not sent round it again.
OVER = (PairStage.ENDED, *FINISHED)


def standing_pairs(programme: Programme) -> QuerySet[Pair]:
    return programme.pairs.exclude(stage__in=OVER)


def held_sides(programme: Programme) -> set[tuple[int, str]]:
    """Who stands in a pair, and on which side, as (participant id, role); one query."""
    pairs = standing_pairs(programme).order_by().values_list("mentor_id", "mentee_id")
    return {
        held
        for mentor, mentee in pairs
        for held in ((mentor, str(Role.MENTOR)), (mentee, str(Role.MENTEE)))
    }


def side_taken_away(
    participant_id: int, before: str, after: str, held: Container[tuple[int, str]]
) -> str:
    """The side that a new role would take from somebody who stands in a pair on it, or ""."""
    for side in (Role.MENTOR, Role.MENTEE):
        had = before in {side, Role.BOTH} and after not in {side, Role.BOTH}
        if had and (participant_id, str(side)) in held:
            return str(side)
    return ""


def filled_places(programme: Programme) -> tuple[Counter[int], Counter[int]]:
    """How many places of each participant are filled, as mentor and as mentee; one query."""
    mentors: Counter[int] = Counter()
    mentees: Counter[int] = Counter()
    pairs = programme.pairs.exclude(stage=PairStage.ENDED)
    for mentor, mentee, stage in pairs.values_list("mentor_id", "mentee_id", "stage"):
        mentors[mentor] += stage not in FINISHED
        mentees[mentee] += 1
    return mentors, mentees


def has_room(participant: Participant, side: str, *, besides: int = 0) -> bool:
    """Whether one more pair fits on this side, "mentor" or "mentee", besides so many to come."""
    freed = OVER if side == "mentor" else (PairStage.ENDED,)
    held = Pair.objects.filter(**{side: participant}).exclude(stage__in=freed).count()
    return held + besides < participant.capacity


def left_over(programme: Programme) -> QuerySet[Participant]:
    """People still in the programme whom no pair holds, nor has brought to its end."""
    held = programme.pairs.exclude(stage=PairStage.ENDED)
    return (
        programme.participants.filter(withdrawn_at__isnull=True, person__is_active=True)
        .exclude(pk__in=held.values("mentor_id"))
        .exclude(pk__in=held.values("mentee_id"))
    )


def counts_by_stage(programme: Programme) -> dict[str, int]:
    """How many pairs of the programme are at each stage; one query."""
    rows = programme.pairs.order_by().values_list("stage").annotate(pairs=Count("pk"))
    return dict(rows)
