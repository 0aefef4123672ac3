"""A pair's plan, as the two and coordinators read it."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from curriculum.enums import ItemKind, SessionState, UnmetCause
from curriculum.explanations import (
    Shortfall,
    duration,
    goal_shortfall,
    step_reason,
    step_sentence,
)
from curriculum.models import Plan, SessionRating, UnmetGoal
from curriculum.moments import moment_in_words, short_day
from curriculum.queries.levels import levels_of
from curriculum.queries.preparation import Preparation, have_met, is_open, preparations, sides_of
from curriculum.queries.progress import (
    GoalProgress,
    ItemProgress,
    PairProgress,
    StepProgress,
    goals_progress,
    learner_of,
    pair_progress,
)
from matching.enums import PairStage
from matching.models import Pair, Participant
from matching.moves import RUNNING
from training.models import TrackPage
from training.permissions import visible_to


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
class Preparing:
    """One of the two whom session one waits for; `page_id` is a module for the one who looks."""

    sentence: str
    page_id: int | None = None


@dataclass(frozen=True)
class PlanView:
    """`me` is None for a coordinator, who sees neither notes nor commitments.

    `preparing` is empty unless there is a session that would open if it were.
    """

    pair: Pair
    me: Participant | None
    plan: Plan | None
    progress: PairProgress
    steps: tuple[PlanStepRow, ...]
    goals: tuple[GoalProgress, ...]
    shortfalls: tuple[Shortfall, ...]
    time: str
    preparing: tuple[Preparing, ...]


def describe_plan(pair: Pair, me: Participant | None) -> PlanView:
    """A constant number of queries, however long the plan."""
    progress = pair_progress(pair)
    asked = sides_of(pair, preparations([pair.mentor, pair.mentee]))
    may_begin = is_open(
        is_waived=hasattr(pair, "waiver"), has_met=bool(have_met([pair])), sides=asked
    )
    following = progress.next_session if pair.stage in RUNNING else None
    goals = goals_progress([pair.mentee_id]).get(pair.mentee_id, [])
    own = next((one.next_module for one in asked if me and one.participant.pk == me.pk), None)
    look = _Look(
        pair,
        me,
        targets={goal.skill: goal.target for goal in goals},
        opens=following.item.pk if following and may_begin else None,
        readable=_readable(progress, me, own),
        ratings={} if me else _ratings(pair),
    )
    plan = progress.plan
    return PlanView(
        pair=pair,
        me=me,
        plan=plan,
        progress=progress,
        steps=_step_rows(look, progress),
        goals=tuple(goals),
        shortfalls=_shortfalls(plan, pair, me),
        time=duration(plan.minutes) if plan else "",
        preparing=_preparing(look, asked) if following and not may_begin else (),
    )


@dataclass(frozen=True)
class _Look:
    """Who looks at whose plan, and what they may do with it."""

    pair: Pair
    me: Participant | None
    targets: Mapping[str, int]
    opens: int | None
    readable: Set[int]
    ratings: dict[int, Any]

    @property
    def learner(self) -> str:
        """The one who learns, by name; empty for themselves."""
        is_me = self.me is not None and self.me.pk == self.pair.mentee_id
        return "" if is_me else str(self.pair.mentee)


def _readable(progress: PairProgress, me: Participant | None, own: Page | None) -> Set[int]:
    """Ids of the modules that the one who looks may open: those of the plan, and their own next
    one to prepare. A plan that ended opens nothing more, and an editor may take a page away."""
    if me is None:
        return set()
    items = [item.item for step in progress.steps for item in step.items]
    wanted = {item.page_id for item in items if item.kind == ItemKind.MODULE and item.page_id}
    if own is not None:
        wanted.add(own.pk)
    if not wanted:
        return set()
    return set(visible_to(me.person).filter(pk__in=wanted).values_list("pk", flat=True))


def _preparing(look: _Look, asked: Iterable[Preparation]) -> tuple[Preparing, ...]:
    found = []
    for one in asked:
        if one.is_done:
            continue
        is_me = look.me is not None and one.participant.pk == look.me.pk
        values = {
            "name": one.participant,
            "done": one.progress.done,
            "total": one.progress.total,
            "left": duration(one.minutes_left),
        }
        told = (
            _("You have done %(done)d of %(total)d modules; about %(left)s to go.")
            if is_me
            else _("%(name)s has done %(done)d of %(total)d modules; about %(left)s to go.")
        )
        module = one.next_module if is_me else None
        page_id = module.pk if module and module.pk in look.readable else None
        found.append(Preparing(told % values, page_id))
    return tuple(found)


def _shortfalls(plan: Plan | None, pair: Pair, me: Participant | None) -> tuple[Shortfall, ...]:
    goals = list(plan.unmet.all()) if plan else []
    titles, held = _titles(goals), _levels_held(goals, pair.mentor_id)
    asked_by = "" if me is not None and me.pk == pair.mentee_id else str(pair.mentee)
    mentor = str(pair.mentor)
    return tuple(goal_shortfall(goal, mentor, titles, asked_by, held) for goal in goals)


def _levels_held(goals: list[UnmetGoal], mentor_id: int) -> Mapping[str, int]:
    """The mentor's levels by skill; asked for only if some goal failed by them."""
    if not any(goal.cause == UnmetCause.GUIDE_LEVEL for goal in goals):
        return {}
    return levels_of([mentor_id]).get(mentor_id, {})


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


def _step_rows(look: _Look, progress: PairProgress) -> tuple[PlanStepRow, ...]:
    current = next((s.step.pk for s in progress.steps if not s.is_done), None)
    rows = []
    for place, step in enumerate(progress.steps, start=1):
        later = {gain["skill"] for other in progress.steps[place:] for gain in other.step.gains}
        state = "done" if step.is_done else "now" if step.step.pk == current else "next"
        rows.append(
            PlanStepRow(
                step=step.step,
                state=state,
                when=_when(step, state),
                sentence=step_sentence(step.step, look.learner, look.targets, later),
                why=step_reason(step.step, step.step.position),
                size=_size(step),
                items=tuple(_item_row(look, item) for item in step.items),
            )
        )
    return tuple(rows)


def _when(progress: StepProgress, state: str) -> str:
    if state == "done" and progress.step.completed_at:
        return short_day(localtime(progress.step.completed_at).date())
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


def _item_row(look: _Look, progress: ItemProgress) -> PlanItemRow:
    item = progress.item
    if item.kind == ItemKind.SESSION:
        return _session_row(look, progress)
    learner = learner_of(look.pair, item)
    is_mine = look.me is not None and look.me.pk == learner.pk
    whose = "" if is_mine else _("for %(name)s") % {"name": learner}
    if progress.is_gone:
        word = _("No longer there, and not needed")
        return PlanItemRow(item, "gone", word, "", False, False, None)
    word = _("Done") if progress.is_done else _("To do")
    state = "done" if progress.is_done else "next"
    may_read = item.page_id in look.readable
    return PlanItemRow(item, state, word, whose, False, may_read, progress.session)


def _session_row(look: _Look, progress: ItemProgress) -> PlanItemRow:
    item, session, is_one = progress.item, progress.session, look.me is not None
    if session is None:
        may_open = is_one and look.opens == item.pk
        return PlanItemRow(item, "next", _("To come"), "", may_open, False, None)
    if session.state == SessionState.HELD:
        held = short_day(localtime(session.held_at).date()) if session.held_at else ""
        note = _rated(look.ratings.get(session.pk))
        word = _("Held on %(date)s") % {"date": held}
        return PlanItemRow(item, "done", word, note, False, is_one, session)
    word = _("No date yet")
    if session.state == SessionState.RUNNING:
        has_ended = look.pair.stage == PairStage.ENDED
        word = _("Not finished") if has_ended else _("Running")
    elif session.scheduled_at:
        word = moment_in_words(session.scheduled_at, session.minutes).words
    return PlanItemRow(item, "now", word, "", False, is_one, session)


def _rated(rating: Any) -> str:
    if not rating or rating["useful"] is None:
        return ""
    return str(_("useful %(useful).1f, candid %(candid).1f of 5, by %(people)d") % rating)
