"""What the background worker does by the clock.

django-q2 lets two schedules have one name, so they are written down once, in a release step.
"""

from dataclasses import dataclass

from django.db import transaction
from django_q.models import Schedule

from portal.registry import Registry


@dataclass(frozen=True)
class Clockwork:
    """A dotted path of a task without arguments, and how many minutes lie between two runs."""

    task: str
    minutes: int


clockworks: Registry[Clockwork] = Registry()
clockworks.register("sweep jobs", Clockwork("portal.tasks.sweep_jobs", minutes=5))


def register_schedules() -> int:
    """Make the kept schedules those of the registry; how many there are."""
    wanted = {clockwork.task: clockwork.minutes for clockwork in clockworks}
    with transaction.atomic():
        Schedule.objects.exclude(name__in=wanted).delete()
        for task, minutes in wanted.items():
            kept, *doubles = [*Schedule.objects.filter(name=task).order_by("pk"), None]
            Schedule.objects.filter(pk__in=[double.pk for double in doubles if double]).delete()
            Schedule.objects.update_or_create(
                pk=kept.pk if kept else None,
                defaults={
                    "name": task,
                    "func": task,
                    "schedule_type": Schedule.MINUTES,
                    "minutes": minutes,
                    "repeats": -1,
                },
            )
    return len(wanted)
