"""What follows of itself when rows of the ground floor change."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from portal.models import User


@receiver(pre_save, sender=UserProfile)
def begin_with_the_persons_zone(instance: UserProfile, **kwargs: Any) -> None:
    """Wagtail's admin has a zone of its own for each person; here there is one."""
    instance.current_time_zone = instance.user.time_zone


@receiver(post_save, sender=User)
def take_the_zone_along(
    instance: User, created: bool, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    if not created and (update_fields is None or "time_zone" in update_fields):
        UserProfile.objects.filter(user=instance).update(current_time_zone=instance.time_zone)
