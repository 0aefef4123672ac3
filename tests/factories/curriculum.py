"""Plans, sessions and what was learnt."""

from typing import Any
from uuid import UUID

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from curriculum.enums import SessionState
from curriculum.models import (
    Commitment,
    ModuleProgress,
    Plan,
    PlanItem,
    PlanStep,
    ProgrammeCurriculum,
    Session,
)
from matching.models import Pair, Programme
from portal.models import User
from tests.factories.matching import ActivePairFactory, MenteeFactory, MentorFactory
from tests.factories.training import PreparationFactory, TrackFactory
from training.models import ModulePage, TrackPage
from training.queries import track_facts


class PlanFactory(DjangoModelFactory[Plan]):
    """A plan of the given ``tracks``, frozen as they are now, without asking the engine."""

    class Meta:
        model = Plan
        skip_postgeneration_save = True

    pair = factory.SubFactory(ActivePairFactory)
    is_optimal = True

    @factory.post_generation
    def tracks(self, create: bool, tracks: list[TrackPage] | None, **kwargs: Any) -> None:
        for position, track in enumerate(tracks or [], start=1):
            add_step(self, track, position)


def add_step(plan: Plan, track: TrackPage, position: int) -> PlanStep:
    """One track as a step of a plan, which serves each skill that it lifts."""
    facts = track_facts(track)
    assert facts is not None
    outcomes = [{"skill": s, "from": low, "to": high} for s, low, high in facts.outcomes]
    step = PlanStep.objects.create(
        plan=plan,
        position=position,
        track=track,
        track_key=track.translation_key,
        revision_id=facts.revision_id,
        title=facts.title,
        summary=facts.summary,
        outcomes=outcomes,
        minutes=facts.minutes,
        sessions=facts.sessions,
        content_hash=facts.content_hash,
        gains=outcomes,
        serves=[outcome["skill"] for outcome in outcomes],
    )
    PlanItem.objects.bulk_create(
        PlanItem(
            step=step,
            position=place,
            kind=item.kind,
            page_id=item.page_id,
            page_key=UUID(item.page_key),
            title=item.title,
            minutes=item.minutes,
            audience=item.audience,
        )
        for place, item in enumerate(facts.items, start=1)
    )
    return step


class SessionFactory(DjangoModelFactory[Session]):
    """A planned meeting; ``item`` gives it the page and title of its place in the plan."""

    class Meta:
        model = Session

    pair = factory.SelfAttribute("item.step.plan.pair")
    number = factory.Sequence(lambda n: n + 1)
    page = factory.SelfAttribute("item.page")
    page_key = factory.SelfAttribute("item.page_key")
    title = factory.SelfAttribute("item.title")
    state = SessionState.PLANNED


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    text = "Ask one question a day."


def pair_with_plan(
    mentor: User | None = None, mentee: User | None = None, **programme: Any
) -> tuple[Pair, Plan]:
    """An active pair with a plan of one track: a module for the mentee, then a session.

    Both have nothing to prepare. The mentee goes from 1 to 3 in Databases.
    """
    track = TrackFactory(lifts=[("Databases", 1, 3)])
    who = {"person": mentor} if mentor else {}
    teacher = MentorFactory(levels={"Databases": 4}, **who, **programme)
    who = {"person": mentee} if mentee else {}
    learner = MenteeFactory(
        programme=teacher.programme, levels={"Databases": 1}, goals={"Databases": 3}, **who
    )
    pair = ActivePairFactory(programme=teacher.programme, mentor=teacher, mentee=learner)
    return pair, PlanFactory(pair=pair, tracks=[track])


def ask_to_prepare(programme: Programme, *, mentors: bool = True) -> ModulePage:
    """The programme's mentors (or mentees) have one module to do first; gives that module."""
    track = PreparationFactory(audience="mentor" if mentors else "mentee")
    field = "mentor_preparation" if mentors else "mentee_preparation"
    ProgrammeCurriculum.objects.update_or_create(programme=programme, defaults={field: track})
    return track.items.first().page.specific


def learn(person: User, module: ModulePage) -> ModuleProgress:
    """Somebody has completed a module, as if a service had written it down."""
    progress, _made = ModuleProgress.objects.update_or_create(
        person=person,
        module_key=module.translation_key,
        defaults={"page": module, "title": module.title, "completed_at": timezone.now()},
    )
    return progress
