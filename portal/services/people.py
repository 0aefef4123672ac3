"""What a person changes about themselves."""

from django.db import transaction

from portal.models import User


@transaction.atomic
def change_own_details(person: User, *, name: str, time_zone: str) -> None:
    """From now on the portal calls them so, and shows times in this zone (empty: the portal's)."""
    person.name, person.time_zone = name, time_zone
    person.save(update_fields=["name", "time_zone"])
