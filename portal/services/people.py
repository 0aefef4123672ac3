"""What is changed about people, by themselves and for them."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.users.models import UserProfile

from portal.models import User


@transaction.atomic
def change_own_details(person: User, *, name: str, time_zone: str) -> None:
    """From now on the portal calls them so, and shows times in this zone (empty: the portal's)."""
    person.name, person.time_zone = name, time_zone
    person.save(update_fields=["name", "time_zone"])


@transaction.atomic
def set_zones(zones: Mapping[int, str]) -> None:
    """The zone of many accounts at once, by id; Wagtail's admin goes by the same clock."""
    people = [User(pk=pk, time_zone=zone) for pk, zone in zones.items()]
    User.objects.bulk_update(people, ["time_zone"], batch_size=500)
    profiles = list(UserProfile.objects.filter(user__in=zones))
    for profile in profiles:
        profile.current_time_zone = zones[profile.user_id]
    UserProfile.objects.bulk_update(profiles, ["current_time_zone"], batch_size=500)
