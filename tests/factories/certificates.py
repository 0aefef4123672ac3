"""Pairs that have gone the way, and certificates."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from curriculum.certificates.models import Award
from curriculum.certificates.queries.evidence import candidates
from curriculum.certificates.services.issue import award_all
from curriculum.enums import ItemKind, SessionState
from curriculum.models import Plan, PlanItem, PlanStep, Session
from matching.enums import PairStage
from matching.models import Pair, Programme
from tests.factories.matching import PairFactory

FIRST_SESSION = datetime(2026, 3, 3, 10, tzinfo=UTC)
Gain = tuple[str, int, int]


def give_plan(
    pair: Pair, *, gains: Iterable[Gain] = (("Databases", 0, 3),), steps_done: int | None = None
) -> Plan:
    """One step of one session plan for each gain; the first `steps_done` are done (None: all)."""
    plan = Plan.objects.create(pair=pair)
    gains = list(gains)
    done = len(gains) if steps_done is None else steps_done
    for place, (skill, low, high) in enumerate(gains):
        gain = [{"skill": skill, "from": low, "to": high}]
        step = PlanStep.objects.create(
            plan=plan,
            position=place,
            track_key=uuid4(),
            title=f"Track on {skill}",
            outcomes=gain,
            gains=gain,
            minutes=60,
            sessions=1,
            content_hash="0" * 64,
            completed_at=FIRST_SESSION if place < done else None,
        )
        PlanItem.objects.create(
            step=step,
            position=0,
            kind=ItemKind.SESSION,
            page_key=uuid4(),
            title=f"Session on {skill}",
            minutes=60,
        )
    return plan


def hold_sessions(pair: Pair, count: int, *, minutes: int = 60) -> None:
    """Sessions two weeks apart; the first take the plan's places, the others none."""
    items = list(PlanItem.objects.filter(step__plan__pair=pair, step__plan__superseded_at=None))
    for number in range(count):
        Session.objects.create(
            pair=pair,
            number=number + 1,
            item=items[number] if number < len(items) else None,
            title=f"Session {number + 1}",
            minutes=minutes,
            state=SessionState.HELD,
            held_at=FIRST_SESSION + timedelta(weeks=2 * number),
        )


def completed_pair(*, gains: Iterable[Gain] = (("Databases", 0, 3),), **values: Any) -> Pair:
    """A pair that has done all its steps and held six sessions."""
    pair: Pair = PairFactory(stage=values.pop("stage", PairStage.COMPLETED), **values)
    give_plan(pair, gains=gains)
    hold_sessions(pair, 6)
    return pair


def award_earned(programme: Programme) -> list[Award]:
    """The awards of everybody who earned one, not printed."""
    award_all(programme, [c for c in candidates(programme) if c.verdict.is_earned])
    return list(Award.objects.filter(programme=programme).order_by("pk"))
