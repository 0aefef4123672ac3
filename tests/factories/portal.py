"""People, skills and jobs."""

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from portal.models import Job, Skill, User


class UserFactory(DjangoModelFactory[User]):
    """Somebody with an account; ``groups=["Coordinators"]`` puts them into groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Amira Example {n}")
    email = factory.Sequence(lambda n: f"amira-{n}@example.org")
    password = factory.django.Password(None)

    @factory.post_generation
    def groups(self, create: bool, names: list[str] | None, **kwargs: Any) -> None:
        for name in names or []:
            self.groups.add(Group.objects.get(name=name))


class SkillFactory(DjangoModelFactory[Skill]):
    """A skill with a sentence for each level."""

    class Meta:
        model = Skill
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Skill {n}")
    locale = factory.LazyFunction(Locale.get_default)
    level_0 = "Has not met it yet."
    level_1 = "Can say what it is."
    level_2 = "Does it with help."
    level_3 = "Does it alone."
    level_4 = "Shows others how."
    level_5 = "Sets how it is done here."


class JobFactory(DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "sample"
    title = "Counting sheep"
    task = "tests.portal.test_jobs.count_sheep"
