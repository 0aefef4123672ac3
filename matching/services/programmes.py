"""Beginning and changing a programme; who is in it and who has left."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage
from matching.models import Participant, Programme
from matching.moves import is_allowed
from matching.queries.standing import OVER
from matching.services.pairs import end_pair
from portal.models import User


class ChangedMeanwhileError(Exception):
    """Somebody else saved the programme since it was read: as it is `now`, and which fields."""

    def __init__(self, now: Programme, fields: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(fields)))
        self.now = now
        self.fields = fields


@transaction.atomic
def save_programme(
    programme: Programme, *, by: User | None = None, seen: Mapping[str, str] | None = None
) -> Programme:
    """Check it whole and keep it.

    `seen` holds the values, as text, that the new ones are to replace. Raises
    `ChangedMeanwhileError`, and keeps nothing, when others stand there by now.
    """
    if seen and programme.pk:
        rows = Programme.objects.select_for_update(of=("self",), no_key=True)
        now = rows.select_related("changed_by").get(pk=programme.pk)
        changed = {name for name, value in seen.items() if str(getattr(now, name)) != value}
        if changed:
            raise ChangedMeanwhileError(now, frozenset(changed))
    programme.changed_by, programme.changed_at = by, timezone.now()
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
