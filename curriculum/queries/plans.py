"""A pair's plan, as the two and coordinators read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.enums import ItemKind, SessionState, UnmetCause
from curriculum.explanations import (
    Shortfall,
    duration,
    goal_shortfall,
    step_reason,
    step_sentence,
)
from curriculum.models import Plan, SessionRating, UnmetGoal
from curriculum.queries.preparation import preparations
from curriculum.queries.progress import (
    GoalProgress,
    ItemProgress,
    PairProgress,
    StepProgress,
    goals_progress,
    learner_of,
    pair_progress,
)
from matching.models import Pair, Participant
from matching.moves import RUNNING
from training.models import TrackPage


@dataclass(frozen=True)
class PlanItemRow:
    """One module or meeting: its state in a word, and where it leads for the one who looks."""

    item: Any
    state: str
    word: str
    note: str
    may_open: bool
    may_read: bool
    session: Any


@dataclass(frozen=True)
class PlanStepRow:
    step: Any
    state: str
    when: str
    sentence: str
    why: str
    size: str
    items: tuple[PlanItemRow, ...]


@dataclass(frozen=True)
class PlanView:
    """`me` is None for a coordinator, who sees neither notes nor commitments."""

    pair: Pair
    me: Participant | None
    plan: Plan | None
    progress: PairProgress
    steps: tuple[PlanStepRow, ...]
    goals: tuple[GoalProgress, ...]
    shortfalls: tuple[Shortfall, ...]
    time: str
    may_begin: bool
    ratings: dict[int, Any]


def describe_plan(pair: Pair, me: Participant | None) -> PlanView:
    """A constant number of queries, however long the plan."""
    progress = pair_progress(pair)
    prepared = preparations([pair.mentor, pair.mentee])
    has_met = progress.sessions.done > 0
    may_begin = has_met or hasattr(pair, "waiver") or all(p.is_done for p in prepared.values())
    current = next((s.step.pk for s in progress.steps if not s.is_done), None)
    ratings = {} if me else _ratings(pair)
    following = progress.next_session
    opens = following.item.pk if following and may_begin and pair.stage in RUNNING else None
    goals = goals_progress([pair.mentee_id]).get(pair.mentee_id, [])
    targets = {goal.skill: goal.target for goal in goals}
    rows = tuple(
        _step_row(pair, me, step, current, targets, opens=opens, ratings=ratings)
        for step in progress.steps
    )
    plan = progress.plan
    return PlanView(
        pair=pair,
        me=me,
        plan=plan,
        progress=progress,
        steps=rows,
        goals=tuple(goals),
        shortfalls=_shortfalls(plan, pair, me),
        time=duration(plan.minutes) if plan else "",
        may_begin=may_begin,
        ratings=ratings,
    )


def _shortfalls(plan: Plan | None, pair: Pair, me: Participant | None) -> tuple[Shortfall, ...]:
    goals = list(plan.unmet.all()) if plan else []
    titles = _titles(goals)
    asked_by = "" if me is not None and me.pk == pair.mentee_id else str(pair.mentee)
    return tuple(goal_shortfall(goal, str(pair.mentor), titles, asked_by) for goal in goals)


def _titles(goals: list[UnmetGoal]) -> dict[str, str]:
    """Titles of the tracks that were ruled out, by key; a query only if there are any."""
    keys = {
        key
        for goal in goals
        if goal.cause == UnmetCause.EXCLUDED
        for key in goal.detail.get("tracks", [])
    }
    if not keys:
        return {}
    tracks = TrackPage.objects.filter(translation_key__in=keys)
    return {str(track.translation_key): track.title for track in tracks}


def _ratings(pair: Pair) -> dict[int, Any]:
    """Session id → mean of what was said of it: figures, for coordinators."""
    rows = (
        SessionRating.objects.filter(session__pair=pair)
        .order_by()
        .values("session_id")
        .annotate(useful=Avg("useful"), candid=Avg("candid"), people=Count("pk"))
    )
    return {row["session_id"]: row for row in rows}


def _step_row(
    pair: Pair,
    me: Participant | None,
    progress: StepProgress,
    current: int | None,
    targets: Mapping[str, int],
    *,
    opens: int | None,
    ratings: dict[int, Any],
) -> PlanStepRow:
    step = progress.step
    state = "done" if progress.is_done else "now" if step.pk == current else "next"
    learner = "" if me is not None and me.pk == pair.mentee_id else str(pair.mentee)
    return PlanStepRow(
        step=step,
        state=state,
        when=_when(progress, state),
        sentence=step_sentence(step, learner, targets),
        why=step_reason(step, step.position),
        size=_size(progress),
        items=tuple(
            _item_row(pair, me, item, opens=opens, ratings=ratings) for item in progress.items
        ),
    )


def _when(progress: StepProgress, state: str) -> str:
    if state == "done" and progress.step.completed_at:
        return date_format(localtime(progress.step.completed_at), "j M Y")
    done = progress.progress
    return _("%(done)d of %(total)d done") % {"done": done.done, "total": done.total}


def _size(progress: StepProgress) -> str:
    modules = sum(item.item.kind == ItemKind.MODULE for item in progress.items)
    meetings = len(progress.items) - modules
    parts = []
    if modules:
        parts.append(ngettext("%d module", "%d modules", modules) % modules)
    if meetings:
        parts.append(ngettext("%d session", "%d sessions", meetings) % meetings)
    return ", ".join([*parts, duration(progress.step.minutes)])


def _item_row(
    pair: Pair,
    me: Participant | None,
    progress: ItemProgress,
    *,
    opens: int | None,
    ratings: dict[int, Any],
) -> PlanItemRow:
    item, session = progress.item, progress.session
    if item.kind == ItemKind.SESSION:
        return _session_row(progress, me, opens=opens, ratings=ratings)
    learner = learner_of(pair, item)
    is_mine = me is not None and me.pk == learner.pk
    whose = "" if is_mine else _("for %(name)s") % {"name": learner}
    may_read = me is not None and item.page_id is not None and (is_mine or me.pk == pair.mentor_id)
    if progress.is_gone:
        word = _("No longer there, and not needed")
        return PlanItemRow(item, "gone", word, "", False, False, None)
    word = _("Done") if progress.is_done else _("To do")
    state = "done" if progress.is_done else "next"
    return PlanItemRow(item, state, word, whose, False, may_read, session)


def _session_row(
    progress: ItemProgress, me: Participant | None, *, opens: int | None, ratings: dict[int, Any]
) -> PlanItemRow:
    item, session = progress.item, progress.session
    if session is None:
        may_open = me is not None and opens == item.pk
        return PlanItemRow(item, "next", _("To come"), "", may_open, False, None)
    if session.state == SessionState.HELD:
        held = date_format(localtime(session.held_at), "j M Y") if session.held_at else ""
        note = _rated(ratings.get(session.pk))
        word = _("Held on %(date)s") % {"date": held}
        return PlanItemRow(item, "done", word, note, False, me is not None, session)
    word = _("Running") if session.state == SessionState.RUNNING else _("No date yet")
    if session.scheduled_at and session.state == SessionState.PLANNED:
        word = date_format(localtime(session.scheduled_at), "j M Y, H:i")
    return PlanItemRow(item, "now", word, "", False, me is not None, session)


def _rated(rating: Any) -> str:
    if not rating or rating["useful"] is None:
        return ""
    return str(_("useful %(useful).1f, candid %(candid).1f of 5, by %(people)d") % rating)
