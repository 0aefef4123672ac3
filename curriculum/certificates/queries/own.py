"""A person's certificates, and what the others still take."""

from dataclasses import dataclass

from curriculum.certificates.models import Award
from curriculum.certificates.queries.awards import own_awards
from curriculum.certificates.queries.evidence import Candidate, candidates
from matching.models import Participant, Programme
from portal.models import User


@dataclass(frozen=True)
class Way:
    """A programme whose certificate is still to come; without a candidate no pair began yet."""

    programme: Programme
    candidate: Candidate | None


@dataclass(frozen=True)
class OwnPage:
    awards: tuple[Award, ...]
    ways: tuple[Way, ...]


def own_page(person: User) -> OwnPage:
    """Certificates first, then each programme without one; queries grow with programmes alone."""
    awards = tuple(own_awards(person))
    awarded = {award.programme_id for award in awards}
    participations = (
        Participant.objects.filter(person=person, withdrawn_at__isnull=True)
        .exclude(programme_id__in=awarded)
        .select_related("programme")
        .order_by("-programme__starts_on")
    )
    return OwnPage(awards, tuple(_way(participant) for participant in participations))


def _way(participant: Participant) -> Way:
    found = candidates(participant.programme, participant)
    return Way(participant.programme, found[0] if found else None)
