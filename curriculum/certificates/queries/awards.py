"""What was issued, and how to find it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from curriculum.certificates.codes import read_number, read_token
from curriculum.certificates.enums import AwardState
from curriculum.certificates.models import Award
from curriculum.certificates.queries.evidence import Candidate, candidates
from matching.models import Programme
from portal.models import User


@dataclass(frozen=True)
class IssuePage:
    """A programme's people by how they stand: issued, earned and waiting, not yet."""

    issued: tuple[Award, ...]
    earned: tuple[Candidate, ...]
    missing: tuple[Candidate, ...]

    @property
    def unprinted(self) -> int:
        """Awards whose PDF is still to be made."""
        return sum(award.state == AwardState.STANDING and not award.pdf for award in self.issued)


def issue_page(programme: Programme) -> IssuePage:
    """Everybody who has a pair that began, or a certificate already."""
    issued = tuple(Award.objects.filter(programme=programme).select_related("person"))
    holders = {award.person_id for award in issued}
    others = [c for c in candidates(programme) if c.participant.person_id not in holders]
    return IssuePage(
        issued=issued,
        earned=tuple(c for c in others if c.verdict.is_earned),
        missing=tuple(c for c in others if not c.verdict.is_earned),
    )


def own_awards(person: User) -> QuerySet[Award]:
    """The person's certificates, newest first."""
    return Award.objects.filter(person=person).select_related("programme")


def find_award(text: str) -> Award | None:
    """The certificate of a code or a number as people type it; None when there is none."""
    if token := read_token(text):
        return Award.objects.filter(token=token).first()
    if number := read_number(text):
        return Award.objects.filter(number=number).first()
    return None
