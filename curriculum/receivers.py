"""What the curriculum does when something happens below it."""

from typing import Any

from django.dispatch import receiver
from django_q.tasks import async_task
from matching.signals import pair_began

from matching.models import Pair


@receiver(pair_began)
def plan_a_pair_that_began(sender: Any, pair: Pair, **kwargs: Any) -> None:
    async_task("curriculum.tasks.assign_pair_tracks", pair.pk)
