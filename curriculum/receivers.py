"""What the curriculum does when something happens below it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.signals import page_unpublished

from curriculum.services.programmes import ensure_curriculum
from matching.models import Pair, Programme
from matching.signals import pair_began, pair_ended
from training.models import ModulePage


@receiver(pair_began, dispatch_uid="curriculum_plan_pair")
def plan_a_pair_that_began(sender: Any, pair: Pair, **kwargs: Any) -> None:
    async_task("curriculum.tasks.assign_pair_tracks", pair.pk)


@receiver(pair_ended, dispatch_uid="curriculum_call_off_sessions")
def call_off_what_a_pair_had_before_it(sender: Any, pair: Pair, **kwargs: Any) -> None:
    async_task("curriculum.tasks.call_off_sessions", pair.pk)


@receiver(post_save, sender=Programme, dispatch_uid="curriculum_ensure")
def give_a_new_programme_its_curriculum(
    sender: Any, instance: Programme, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Whoever is imported a minute later can prepare at once."""
    if created and not raw:
        ensure_curriculum(instance)


@receiver(page_unpublished, sender=ModulePage, dispatch_uid="curriculum_module_gone")
def follow_up_on_a_module_that_is_gone(sender: Any, instance: ModulePage, **kwargs: Any) -> None:
    """It holds nobody up any more; deleting a live page sends this as well, before it is gone."""
    key = str(instance.translation_key)
    transaction.on_commit(lambda: async_task("curriculum.tasks.follow_up_gone_module", key))
