"""Asking people in, once each, and noticing that they came."""

from collections.abc import Callable

from django.utils import timezone

from matching.models import Participant, Programme
from matching.queries.people import to_invite
from matching.services import letters
from portal.models import User

Progress = Callable[[int], None]


def invite_participants(programme: Programme, *, progress: Progress = lambda done: None) -> int:
    """Write to everyone in the programme who was not invited yet; how many letters that were.

    May be run twice at once: the row is claimed before the letter is sent. A letter that cannot
    be sent gives its claim back and stops the work, so that the next try writes it.
    """
    waiting = to_invite(programme)
    invited = 0
    for done, participant in enumerate(
        waiting.select_related("person", "programme").order_by("pk"), start=1
    ):
        invited += _invite(participant)
        progress(done)
    return invited


def _invite(participant: Participant) -> bool:
    """Claim, then send with no transaction open: a slow mail server must hold nobody else up."""
    row = Participant.objects.filter(pk=participant.pk)
    claimed = row.filter(invited_at__isnull=True, withdrawn_at__isnull=True).update(
        invited_at=timezone.now()
    )
    if not claimed:
        return False
    try:
        letters.invite(participant)
    except Exception:
        row.update(invited_at=None)
        raise
    return True


def note_arrival(person: User) -> None:
    """The first sign-in of somebody who is in a programme."""
    Participant.objects.filter(person=person, joined_at__isnull=True).update(
        joined_at=timezone.now()
    )
