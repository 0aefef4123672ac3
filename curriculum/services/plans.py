"""Assigning tracks: the engine decides, this writes down what it decided, frozen as of today."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from curriculum import engine
from curriculum.models import Plan, PlanItem, PlanStep, UnmetGoal
from curriculum.queries.levels import levels_of
from curriculum.queries.problems import build_problem
from curriculum.services.programmes import ensure_curriculum
from curriculum.services.progress import follow_up_pairs
from matching.models import Pair, Programme
from matching.moves import RUNNING
from training.queries import TrackFacts, live_tracks

# Pairs planned and saved at a time: the engine's problem and the rows stay small.
BATCH = 500


@dataclass(frozen=True)
class Assignment:
    """What assigning tracks to a programme came to; every figure is over its current plans."""

    pairs: int
    planned: int
    steps: int
    goals: int
    met: int
    partly: int
    unmet: int
    causes: Mapping[str, int]
    optimal: bool
    seconds: float


def assign_tracks(programme: Programme) -> Assignment:
    """Plan each active pair that has no plan; standing plans are left as they are."""
    began = time.perf_counter()
    active = Pair.objects.filter(programme=programme, stage__in=RUNNING)
    standing = Plan.objects.filter(superseded_at__isnull=True)
    waiting = list(
        active.exclude(Exists(standing.filter(pair=OuterRef("pk"))))
        .select_related("mentor__person", "mentee__person")
        .order_by("pk")
    )
    tracks = live_tracks() if waiting else []
    for start in range(0, len(waiting), BATCH):
        plan_pairs(waiting[start : start + BATCH], tracks, programme)
    return summarise(programme, seconds=time.perf_counter() - began)


def plan_pairs(
    pairs: Sequence[Pair], tracks: Sequence[TrackFacts], programme: Programme
) -> list[Plan]:
    """Plan these pairs of one programme and save all their plans, or none.

    Of two calls at once for a pair the later one finds a plan and changes nothing.
    """
    problem = build_problem(pairs, tracks, ensure_curriculum(programme))
    result = engine.result_as_json(engine.solve(engine.read_problem(json.dumps(problem))))
    by_key = {track.key: track for track in tracks}
    with transaction.atomic():
        ids = [pair.pk for pair in pairs]
        list(
            Pair.objects.select_for_update(no_key=True)
            .filter(pk__in=ids)
            .order_by("pk")
            .values("pk")
        )
        planned = set(
            Plan.objects.filter(pair_id__in=ids, superseded_at__isnull=True).values_list(
                "pair_id", flat=True
            )
        )
        plans = _save_plans([p for p in result["plans"] if int(p["pair"]) not in planned], by_key)
        follow_up_pairs(plan.pair_id for plan in plans)
        return plans


def plan_pair(pair: Pair) -> None:
    """Plan one pair that has just begun; a pair that has a plan keeps it."""
    if not pair.plans.filter(superseded_at__isnull=True).exists():
        plan_pairs([pair], live_tracks(), pair.programme)


def summarise(programme: Programme, *, seconds: float) -> Assignment:
    """Count what the current plans of a programme reach, goal by goal.

    Goals are those that a plan was made for, whatever became of them since: the ones it names as
    missed, the ones its steps serve, and those that were reached without it. A goal added later
    is not counted until it is planned; one that was taken back still is. So `goals` is always
    `met` + `partly` + `unmet`, and each partly met or unmet goal has its one cause.
    """
    active = Pair.objects.filter(programme=programme, stage__in=RUNNING)
    plans = list(
        Plan.objects.filter(pair__in=active, superseded_at__isnull=True)
        .select_related("pair")
        .prefetch_related("steps", "unmet", "pair__mentee__goals__skill")
    )
    levels = levels_of(plan.pair.mentee_id for plan in plans)
    counts: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for plan in plans:
        counts["steps"] += len(plan.steps.all())
        counts.update(_goals_reached(plan, levels.get(plan.pair.mentee_id, {})))
        causes.update(goal.cause for goal in plan.unmet.all())
    return Assignment(
        pairs=active.count(),
        planned=len(plans),
        steps=counts["steps"],
        goals=counts["met"] + counts["partly"] + counts["unmet"],
        met=counts["met"],
        partly=counts["partly"],
        unmet=counts["unmet"],
        causes=dict(sorted(causes.items())),
        optimal=all(plan.is_optimal for plan in plans),
        seconds=round(seconds, 3),
    )


def _goals_reached(plan: Plan, levels: Mapping[str, int]) -> Mapping[str, int]:
    """How many goals of one plan are met, partly met and unmet."""
    steps = plan.steps.all()
    gained = {gain["skill"] for step in steps for gain in step.gains}
    missed = {goal.skill for goal in plan.unmet.all()}
    wanted = {goal.skill.name: goal.target for goal in plan.pair.mentee.goals.all()}
    reached = {skill for skill, target in wanted.items() if levels.get(skill, 0) >= target}
    met = (reached | {skill for step in steps for skill in step.serves}) - missed
    return {
        "met": len(met),
        "partly": len(missed & gained),
        "unmet": len(missed - gained),
    }


def _save_plans(
    decided: Iterable[Mapping[str, Any]], tracks: Mapping[str, TrackFacts]
) -> list[Plan]:
    decisions = list(decided)
    plans = Plan.objects.bulk_create(
        [
            Plan(
                pair_id=int(decision["pair"]),
                value=decision["value"],
                minutes=decision["minutes"],
                sessions=decision["sessions"],
                is_optimal=decision["optimal"],
            )
            for decision in decisions
        ]
    )
    both = list(zip(plans, decisions, strict=True))
    steps = PlanStep.objects.bulk_create(
        [
            _step(plan, position, step, tracks)
            for plan, decision in both
            for position, step in enumerate(decision["steps"], start=1)
        ]
    )
    PlanItem.objects.bulk_create(
        [item for step in steps for item in _items(step, tracks[str(step.track_key)])]
    )
    UnmetGoal.objects.bulk_create(
        [
            UnmetGoal(plan=plan, **{key: goal[key] for key in _UNMET})
            for plan, decision in both
            for goal in decision["unmet"]
        ]
    )
    return plans


_UNMET = ("skill", "reached", "target", "cause", "detail")


def _step(
    plan: Plan, position: int, step: Mapping[str, Any], tracks: Mapping[str, TrackFacts]
) -> PlanStep:
    track = tracks[step["track"]]
    return PlanStep(
        plan=plan,
        position=position,
        track_id=track.page_id,
        track_key=UUID(track.key),
        revision_id=track.revision_id,
        title=track.title,
        summary=track.summary,
        outcomes=[{"skill": s, "from": low, "to": high} for s, low, high in track.outcomes],
        minutes=track.minutes,
        sessions=track.sessions,
        content_hash=track.content_hash,
        gains=step["gains"],
        serves=step["serves"],
        supports=[tracks[key].title for key in step["for"]],
    )


def _items(step: PlanStep, track: TrackFacts) -> list[PlanItem]:
    return [
        PlanItem(
            step=step,
            position=position,
            kind=item.kind,
            page_id=item.page_id,
            page_key=UUID(item.page_key),
            title=item.title,
            minutes=item.minutes,
            audience=item.audience,
        )
        for position, item in enumerate(track.items, start=1)
    ]
