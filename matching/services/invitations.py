"""Asking people in, once each, and noticing that they came."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused

from django.utils import timezone

from matching.models import Participant, Programme
from matching.queries.people import to_invite
from matching.services import letters
from portal.models import User

Progress = Callable[[int], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Invited:
    """How many letters went out, and the addresses that the mail server would not take."""

    letters: int
    refused: tuple[str, ...] = ()


def invite_participants(programme: Programme, *, progress: Progress = lambda done: None) -> Invited:
    """Write to everyone in the programme who was not invited yet.

    May be run twice at once: the row is claimed before the letter is sent. A letter that cannot
    be sent gives its claim back, so that the next run writes it. If its address was refused the
    others go on; if the server takes no letters at all, the work stops.
    """
    letters, refused = 0, []
    waiting = to_invite(programme).select_related("person", "programme").order_by("pk")
    for done, participant in enumerate(waiting, start=1):
        try:
            letters += _invite(participant)
        except SMTPRecipientsRefused:
            logger.exception("The letter to participant %s was refused", participant.pk)
            refused.append(participant.person.email)
        progress(done)
    return Invited(letters, tuple(refused))


def _invite(participant: Participant) -> bool:
    """Claim, then send with no transaction open: a slow mail server must hold nobody else up."""
    row = Participant.objects.filter(pk=participant.pk)
    claimed = row.filter(
        invited_at__isnull=True, withdrawn_at__isnull=True, person__is_active=True
    ).update(invited_at=timezone.now())
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
