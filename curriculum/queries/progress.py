"""How far along a pair, a person and a goal are: one function each, asked by everybody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from curriculum.enums import ItemKind, SessionState
from curriculum.models import ModuleProgress, Plan, PlanItem, PlanStep, Session
from curriculum.queries.levels import levels_of
from matching.models import Goal, Pair, Participant
from training.enums import Audience


@dataclass(frozen=True)
class Progress:
    """`done` of `total` things; an empty whole is not done."""

    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True)
class ItemProgress:
    """One item of a step: whether it is done, and its session if it is a meeting.

    `is_gone`: a module that nobody can do any more, since an editor took it off the shelf.
    It holds nobody up. A meeting is never gone: the two can hold it by a general guide.
    """

    item: PlanItem
    is_done: bool
    session: Session | None = None
    is_gone: bool = False


@dataclass(frozen=True)
class StepProgress:
    step: PlanStep
    items: tuple[ItemProgress, ...]

    @property
    def progress(self) -> Progress:
        """Done and total of what can be done; what is gone counts in neither."""
        counted = [item for item in self.items if not item.is_gone]
        return Progress(sum(item.is_done for item in counted), len(counted))

    @property
    def is_done(self) -> bool:
        return self.step.completed_at is not None


@dataclass(frozen=True)
class PairProgress:
    """A pair's current plan, each step and item with how far it is."""

    pair: Pair
    plan: Plan | None
    steps: tuple[StepProgress, ...]

    @property
    def items(self) -> Progress:
        progress = [step.progress for step in self.steps]
        return Progress(sum(p.done for p in progress), sum(p.total for p in progress))

    @property
    def sessions(self) -> Progress:
        found = self.session_items
        return Progress(sum(item.is_done for item in found), len(found))

    @property
    def steps_done(self) -> Progress:
        counted = [step for step in self.steps if step.is_done or step.progress.total]
        return Progress(sum(step.is_done for step in counted), len(counted))

    @property
    def session_items(self) -> list[ItemProgress]:
        """The meetings of the plan in order; a meeting's number is its place here."""
        return [i for s in self.steps for i in s.items if i.item.kind == ItemKind.SESSION]

    @property
    def next_session(self) -> ItemProgress | None:
        return next((item for item in self.session_items if not item.is_done), None)

    def number_of(self, item_id: int | None) -> int:
        """Which of the plan's meetings this is, from 1; 0 if it is none of them."""
        ids = [item.item.pk for item in self.session_items]
        return ids.index(item_id) + 1 if item_id in ids else 0

    def next_module_for(self, person_id: int) -> ItemProgress | None:
        """The first module this one of the two has yet to do, in the order of the plan."""
        return next(
            (
                i
                for s in self.steps
                for i in s.items
                if i.item.kind == ItemKind.MODULE
                and not (i.is_done or i.is_gone)
                and learner_of(self.pair, i.item).person_id == person_id
            ),
            None,
        )

    def is_before_next_session(self, item: ItemProgress) -> bool:
        """Whether an item stands before the next meeting, or there is no meeting left."""
        for step in self.steps:
            for other in step.items:
                if other.item.pk == item.item.pk:
                    return True
                if other.item.kind == ItemKind.SESSION and not other.is_done:
                    return False
        return False


@dataclass(frozen=True)
class GoalProgress:
    """A goal from its baseline to its target, and where the learner is now."""

    skill: str
    baseline: int
    target: int
    now: int
    weight: int
    sentence: str = ""


def pairs_progress(pairs: Iterable[Pair]) -> Mapping[int, PairProgress]:
    """Pair id → how far along it is; six queries for any number of pairs.

    A module counts when the one it is for has completed it: the mentor a mentor's module, the
    mentee any other. A session plan counts when its session was held.
    """
    by_id = {pair.pk: pair for pair in pairs}
    plans = {
        plan.pair_id: plan
        for plan in Plan.objects.filter(
            pair_id__in=by_id, superseded_at__isnull=True
        ).prefetch_related("steps__items")
    }
    learnt = modules_completed(
        participant.person_id
        for pair_id in plans
        for participant in (by_id[pair_id].mentor, by_id[pair_id].mentee)
    )
    on_the_shelf = _modules_on_the_shelf(plans.values())
    sessions: dict[int, dict[int, Session]] = defaultdict(dict)
    for session in Session.objects.filter(
        pair_id__in=plans, item__isnull=False, item__step__plan__superseded_at__isnull=True
    ).exclude(state=SessionState.CANCELLED):
        if session.item_id is not None:
            sessions[session.pair_id][session.item_id] = session
    return {
        pk: _pair_progress(pair, plans.get(pk), learnt, sessions[pk], on_the_shelf)
        for pk, pair in by_id.items()
    }


def _modules_on_the_shelf(plans: Iterable[Plan]) -> set[UUID]:
    """Keys of the modules of these plans that are live in some language; one query."""
    wanted = {
        item.page_key
        for plan in plans
        for step in plan.steps.all()
        for item in step.items.all()
        if item.kind == ItemKind.MODULE
    }
    pages = Page.objects.live().filter(translation_key__in=wanted)
    return set(pages.values_list("translation_key", flat=True))


def pair_progress(pair: Pair) -> PairProgress:
    """How far along one pair is."""
    return pairs_progress([pair])[pair.pk]


def _pair_progress(
    pair: Pair,
    plan: Plan | None,
    learnt: Mapping[int, set[UUID]],
    sessions: Mapping[int, Session],
    on_the_shelf: set[UUID],
) -> PairProgress:
    if plan is None:
        return PairProgress(pair, None, ())
    steps = tuple(
        StepProgress(
            step,
            tuple(
                _item_progress(pair, item, learnt, sessions, on_the_shelf)
                for item in step.items.all()
            ),
        )
        for step in plan.steps.all()
    )
    return PairProgress(pair, plan, steps)


def _item_progress(
    pair: Pair,
    item: PlanItem,
    learnt: Mapping[int, set[UUID]],
    sessions: Mapping[int, Session],
    on_the_shelf: set[UUID],
) -> ItemProgress:
    if item.kind == ItemKind.SESSION:
        session = sessions.get(item.pk)
        is_held = session is not None and session.state == SessionState.HELD
        return ItemProgress(item, is_held, session)
    learner = learner_of(pair, item)
    is_done = item.page_key in learnt.get(learner.person_id, set())
    return ItemProgress(item, is_done, is_gone=not is_done and item.page_key not in on_the_shelf)


def learner_of(pair: Pair, item: PlanItem) -> Participant:
    """Whose turn a module is: the mentor's for a mentor's module, the mentee's for any other."""
    return pair.mentor if item.audience == Audience.MENTOR else pair.mentee


def next_session_item(pair: Pair) -> PlanItem | None:
    """The next meeting in the pair's plan that was not held."""
    following = pair_progress(pair).next_session
    return following.item if following else None


def modules_completed(person_ids: Iterable[int]) -> Mapping[int, set[UUID]]:
    """Person id → keys of the modules they completed, ever and anywhere; one query."""
    completed: dict[int, set[UUID]] = defaultdict(set)
    for person_id, key in ModuleProgress.objects.filter(
        person_id__in=set(person_ids), completed_at__isnull=False
    ).values_list("person_id", "module_key"):
        completed[person_id].add(key)
    return completed


def goals_progress(participant_ids: Iterable[int]) -> Mapping[int, list[GoalProgress]]:
    """Participant id → their goals, most important first; three queries for any number."""
    ids = set(participant_ids)
    levels = levels_of(ids)
    goals: dict[int, list[GoalProgress]] = defaultdict(list)
    for goal in Goal.objects.filter(participant_id__in=ids).select_related("skill"):
        now = max(goal.baseline, levels.get(goal.participant_id, {}).get(goal.skill.name, 0))
        goals[goal.participant_id].append(
            GoalProgress(
                skill=goal.skill.name,
                baseline=goal.baseline,
                target=goal.target,
                now=now,
                weight=goal.weight,
                sentence=goal.skill.behaviour(now),
            )
        )
    return goals
