"""What matching does when something happens elsewhere."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from matching.services.invitations import note_arrival
from portal.models import User


@receiver(user_logged_in, dispatch_uid="matching_note_arrival")
def note_first_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    note_arrival(user)
