"""Programmes, people in them, and pairs at any stage."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from matching.enums import Actor, PairStage, Role
from matching.models import (
    Bar,
    Expertise,
    Goal,
    LeftOver,
    Lock,
    Pair,
    PairMove,
    Participant,
    Programme,
    Round,
    Suggestion,
)
from tests.factories.portal import SkillFactory, UserFactory


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme
        django_get_or_create = ("slug",)

    name = factory.LazyAttribute(lambda programme: programme.slug.replace("-", " ").capitalize())
    slug = factory.Sequence(lambda n: f"programme-{n}")
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 3, 31)


class ParticipantFactory(DjangoModelFactory[Participant]):
    """Somebody in a programme; may be given ``levels={"Databases": 3}, goals={"Databases": 4}``."""

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(UserFactory)
    role = Role.MENTEE

    @factory.post_generation
    def levels(self, create: bool, levels: dict[str, int] | None, **kwargs: Any) -> None:
        for name, level in (levels or {}).items():
            ExpertiseFactory(participant=self, skill__name=name, level=level)

    @factory.post_generation
    def goals(self, create: bool, targets: dict[str, int] | None, **kwargs: Any) -> None:
        known = dict(Expertise.objects.filter(participant=self).values_list("skill__name", "level"))
        for name, target in (targets or {}).items():
            GoalFactory(
                participant=self, skill__name=name, target=target, baseline=known.get(name, 0)
            )


class MentorFactory(ParticipantFactory):
    role = Role.MENTOR


class MenteeFactory(ParticipantFactory):
    role = Role.MENTEE


class ExpertiseFactory(DjangoModelFactory[Expertise]):
    class Meta:
        model = Expertise

    participant = factory.SubFactory(ParticipantFactory)
    skill = factory.SubFactory(SkillFactory)
    level = 3


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    participant = factory.SubFactory(ParticipantFactory)
    skill = factory.SubFactory(SkillFactory)
    baseline = 1
    target = 3


class RoundFactory(DjangoModelFactory[Round]):
    class Meta:
        model = Round

    programme = factory.SubFactory(ProgrammeFactory)
    problem = factory.LazyFunction(dict)
    result = factory.LazyFunction(dict)
    count = 1
    worst = 70000
    total = 70000
    bound = 70000
    is_optimal = True


class LeftOverFactory(DjangoModelFactory[LeftOver]):
    """Somebody whom the round found no partner for."""

    class Meta:
        model = LeftOver

    round = factory.SubFactory(RoundFactory)
    participant = factory.SubFactory(
        MenteeFactory, programme=factory.SelfAttribute("..round.programme")
    )
    side = "mentee"
    cause = "others_fit_better"


class SuggestionFactory(DjangoModelFactory[Suggestion]):
    """A match of two people of one programme, as the engine would propose it."""

    class Meta:
        model = Suggestion

    round = factory.SubFactory(RoundFactory)
    mentor = factory.SubFactory(MentorFactory, programme=factory.SelfAttribute("..round.programme"))
    mentee = factory.SubFactory(MenteeFactory, programme=factory.SelfAttribute("..round.programme"))
    score = 70000
    parts = factory.LazyFunction(
        lambda: {
            "skill_gap": 40000,
            "interests": 20000,
            "wishes": 0,
            "distance": 7500,
            "way_of_working": 2500,
        }
    )
    covers = factory.LazyFunction(lambda: [{"skill": "Databases", "from": 1, "to": 3, "target": 3}])


class PairFactory(DjangoModelFactory[Pair]):
    """A pair of two people of one programme, at the coffee chat unless ``stage`` says otherwise.

    An active pair has a line of history for becoming active, as a real one has.
    """

    class Meta:
        model = Pair
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    mentor = factory.SubFactory(MentorFactory, programme=factory.SelfAttribute("..programme"))
    mentee = factory.SubFactory(MenteeFactory, programme=factory.SelfAttribute("..programme"))
    stage = PairStage.COFFEE
    score = 70000
    began_at = factory.LazyAttribute(
        lambda pair: (
            timezone.now()
            if pair.stage not in {PairStage.SUGGESTED, PairStage.COFFEE, PairStage.AGREEMENT}
            else None
        )
    )

    @factory.post_generation
    def history(self, create: bool, wanted: bool | None, **kwargs: Any) -> None:
        if self.began_at is not None:
            PairMove.objects.create(
                pair=self,
                from_stage=PairStage.AGREEMENT,
                to_stage=PairStage.ACTIVE,
                actor=Actor.SYSTEM,
                at=self.began_at,
            )


class ActivePairFactory(PairFactory):
    stage = PairStage.ACTIVE


class LockFactory(DjangoModelFactory[Lock]):
    class Meta:
        model = Lock

    programme = factory.SubFactory(ProgrammeFactory)
    mentor = factory.SubFactory(MentorFactory, programme=factory.SelfAttribute("..programme"))
    mentee = factory.SubFactory(MenteeFactory, programme=factory.SelfAttribute("..programme"))


class BarFactory(DjangoModelFactory[Bar]):
    class Meta:
        model = Bar

    programme = factory.SubFactory(ProgrammeFactory)
    mentor = factory.SubFactory(MentorFactory, programme=factory.SelfAttribute("..programme"))
    mentee = factory.SubFactory(MenteeFactory, programme=factory.SelfAttribute("..programme"))
