"""What is done by the clock is written down once, however often that is asked."""

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from portal.schedules import clockworks, register_schedules

pytestmark = pytest.mark.django_db


def test_registering_twice_leaves_one_of_each() -> None:
    register_schedules()
    first = set(Schedule.objects.values_list("pk", "func", "minutes"))
    register_schedules()
    assert set(Schedule.objects.values_list("pk", "func", "minutes")) == first
    assert len(first) == len(list(clockworks))


def test_doubles_and_leftovers_are_cleared() -> None:
    register_schedules()
    kept = Schedule.objects.first()
    assert kept is not None
    Schedule.objects.create(name=kept.name, func=kept.func)
    Schedule.objects.create(name="gone", func="portal.tasks.gone")
    register_schedules()
    assert Schedule.objects.count() == len(list(clockworks))


def test_each_clockwork_can_be_called() -> None:
    assert all(callable(import_string(clockwork.task)) for clockwork in clockworks)
