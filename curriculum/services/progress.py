"""What follows when something was learnt: steps completed, preparation recorded, pairs moved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from curriculum.models import PlanStep, PreparationRecord
from curriculum.queries.preparation import MENTEE, MENTOR, preparations
from curriculum.queries.progress import PairProgress, pairs_progress
from matching.enums import Actor, PairStage
from matching.models import Pair, Participant
from matching.moves import RUNNING
from matching.services.pairs import move_pair
from portal.models import User


@transaction.atomic
def follow_up_person(person: User) -> None:
    """After a module: record preparation, and complete steps of all the person's pairs."""
    participants = list(
        Participant.objects.filter(person=person, withdrawn_at__isnull=True).select_related(
            "programme"
        )
    )
    _record_preparations(participants)
    ours = Q(mentor__in=participants) | Q(mentee__in=participants)
    follow_up_pairs(Pair.objects.filter(ours, stage__in=RUNNING).values_list("pk", flat=True))


def follow_up_module(module_key: UUID) -> None:
    """After a module left the shelf: a step that waited for nothing else is done."""
    waiting = Pair.objects.filter(
        stage__in=RUNNING,
        plans__superseded_at__isnull=True,
        plans__steps__completed_at__isnull=True,
        plans__steps__items__page_key=module_key,
    )
    follow_up_pairs(waiting.values_list("pk", flat=True).distinct())


def follow_up_pairs(pair_ids: Iterable[int]) -> None:
    """Complete each step whose items are all done; move each pair to the stage it reached.

    The pairs are locked first, in one order: of two people who finish at once the second sees
    what the first has done.
    """
    with transaction.atomic():
        pairs = (
            Pair.objects.select_for_update(of=("self",), no_key=True)
            .select_related("mentor__person", "mentee__person", "programme")
            .filter(pk__in=list(pair_ids))
            .order_by("pk")
        )
        for progress in pairs_progress(pairs).values():
            finished = [s.step for s in progress.steps if s.progress.is_complete and not s.is_done]
            for step in finished:
                step.completed_at = timezone.now()
            PlanStep.objects.bulk_update(finished, ["completed_at"])
            _move_on(progress)


def stage_reached(progress: PairProgress) -> PairStage:
    """The stage that a pair's progress has earned it.

    Completed when every step is done; closing when one session at most is left; midpoint when
    half of the sessions were held. A plan without steps stays active: only a person can say
    when such a pair has done what it came for.
    """
    if progress.steps_done.is_complete:
        return PairStage.COMPLETED
    held, planned = progress.sessions.done, progress.sessions.total
    if held and planned - held <= 1 and planned > 1:
        return PairStage.CLOSING
    if held and 2 * held >= planned:
        return PairStage.MIDPOINT
    return PairStage.ACTIVE


def _move_on(progress: PairProgress) -> None:
    """Walk a pair through each stage up to the one reached; it never walks back."""
    way = [PairStage.ACTIVE, PairStage.MIDPOINT, PairStage.CLOSING, PairStage.COMPLETED]
    if progress.plan is None or progress.pair.stage not in way:
        return
    here, there = way.index(PairStage(progress.pair.stage)), way.index(stage_reached(progress))
    for stage in way[here + 1 : there + 1]:
        move_pair(progress.pair, to=stage, actor=Actor.SYSTEM)


def _record_preparations(participants: Iterable[Participant]) -> None:
    """Write down each side that is done; what is written stays, whatever is added later."""
    for preparation in preparations(participants).values():
        fresh = [
            {"key": str(m.translation_key), "title": m.title, "minutes": m.minutes, "side": side}
            for side, modules in (
                (MENTOR, preparation.as_mentor),
                (MENTEE, preparation.as_mentee),
            )
            if side not in preparation.recorded and preparation.is_side_done(side)
            for m in modules
        ]
        if fresh:
            _add_to_record(preparation.participant, fresh)


def _add_to_record(participant: Participant, modules: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        PreparationRecord.objects.get_or_create(participant=participant)
        record = PreparationRecord.objects.select_for_update(no_key=True).get(
            participant=participant
        )
        written = {row.get("side") for row in record.modules}
        record.modules += [row for row in modules if row["side"] not in written]
        record.save(update_fields=["modules"])
