"""Who may open a certificate's file. Verification is open to all and shows what is printed."""

from curriculum.certificates.models import Award
from portal.permissions import Person, is_coordinator, is_signed_in


def can_download(person: Person, award: Award) -> bool:
    """Coordinators; and the person whose it is, as long as it stands."""
    if not is_signed_in(person):
        return False
    return is_coordinator(person) or (award.person_id == person.pk and award.is_standing)
