"""Beginning and changing a programme; who is in it and who has left."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage
from matching.models import Participant, Programme
from matching.moves import is_allowed
from matching.queries.standing import OVER
from matching.services.pairs import end_pair
from portal.models import User


def save_programme(programme: Programme) -> Programme:
    """Check it whole and keep it."""
    programme.full_clean()
    programme.save()
    return programme


@transaction.atomic
def withdraw_participant(participant: Participant, *, by: User | None) -> None:
    """They leave the programme: pairs they are in end without blame, no round finds them."""
    locked = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    for pair in (*locked.pairs_as_mentor.all(), *locked.pairs_as_mentee.all()):
        if pair.stage not in OVER and is_allowed(pair.stage, PairStage.ENDED, Actor.COORDINATOR):
            end_pair(pair, actor=Actor.COORDINATOR, by=by, note=_("Left the programme."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


def take_back_participant(participant: Participant) -> None:
    """They are in the programme again; the next round finds them."""
    Participant.objects.filter(pk=participant.pk).update(withdrawn_at=None)
