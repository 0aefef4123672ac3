"""Withdraw a certificate, and tell the person whose it is."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.certificates.enums import AwardState
from curriculum.certificates.models import Award
from curriculum.certificates.services.letters import tell_withdrawal
from portal.models import User


class RevocationRefused(Exception):
    """A certificate that cannot be withdrawn; the message says why."""


def revoke_award(award: Award, *, by: User | None, reason: str) -> Award:
    """Withdraw it for good, with who, when and why. Withdrawing again keeps the first words.

    The reason is for the holder, who gets a letter, and the coordinators; the public page gives
    the date alone.
    """
    if not reason.strip():
        raise RevocationRefused(_("Write the reason: the person will read it."))
    with transaction.atomic():
        locked = Award.objects.select_for_update().get(pk=award.pk)
        if locked.is_standing:
            locked.state = AwardState.REVOKED
            locked.revoked_at = timezone.now()
            locked.revoked_by = by
            locked.revoked_reason = reason.strip()
            locked.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
            tell_withdrawal(locked)
    return locked
