"""Who may open a certificate's file, and who may withdraw it. Verification is open to all."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from curriculum.certificates.models import Award
from portal.permissions import Person, is_coordinator, is_signed_in


def can_download(person: Person, award: Award) -> bool:
    """Coordinators; and the person whose it is, as long as it stands."""
    if not is_signed_in(person):
        return False
    return is_coordinator(person) or (award.person_id == person.pk and award.is_standing)


def can_decide(person: Person, award: Award) -> bool:
    """Coordinators, of everybody's certificate but their own."""
    return is_coordinator(person) and award.person_id != person.pk


def find_to_decide(person: Person, award_id: int) -> Award:
    """A certificate to withdraw or print again; one's own is not there for that."""
    award = get_object_or_404(Award.objects.select_related("programme"), pk=award_id)
    if not can_decide(person, award):
        raise Http404
    return award
