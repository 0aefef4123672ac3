"""What was issued, and how to find it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from curriculum.certificates.codes import read_number, read_token
from curriculum.certificates.engine import STANDING_GAPS, Rule
from curriculum.certificates.enums import AwardState
from curriculum.certificates.models import Award
from curriculum.certificates.queries.evidence import (
    Candidate,
    PairRecord,
    candidates,
    gaps_of,
    rule_of,
)
from matching.models import Programme
from matching.moves import RUNNING
from portal.models import User


@dataclass(frozen=True)
class OutOfReach:
    """Running pairs that cannot complete the rule as their plans stand, by what the plan lacks."""

    without_steps: int
    without_sessions: int

    @property
    def pairs(self) -> int:
        return self.without_steps + self.without_sessions


@dataclass(frozen=True)
class IssuePage:
    """A programme's people by how they stand: issued, earned and waiting, not yet."""

    rule: Rule
    out_of_reach: OutOfReach
    issued: tuple[Award, ...]
    earned: tuple[Candidate, ...]
    missing: tuple[Candidate, ...]

    @property
    def unprinted(self) -> int:
        """Awards whose PDF is still to be made."""
        return sum(award.state == AwardState.STANDING and not award.pdf for award in self.issued)

    @property
    def to_issue(self) -> int:
        """How many a run would print and write letters for."""
        return len(self.earned) + self.unprinted

    @property
    def standing(self) -> int:
        """Certificates that were issued and not withdrawn."""
        return sum(award.is_standing for award in self.issued)


def issue_page(programme: Programme) -> IssuePage:
    """Everybody who has a pair that began, or a certificate already."""
    issued = tuple(Award.objects.filter(programme=programme).select_related("person"))
    holders = {award.person_id for award in issued}
    rule, everybody = rule_of(programme), candidates(programme)
    others = [c for c in everybody if c.participant.person_id not in holders]
    return IssuePage(
        rule=rule,
        out_of_reach=_out_of_reach(everybody, rule),
        issued=issued,
        earned=tuple(c for c in others if c.verdict.is_earned),
        missing=tuple(c for c in others if not c.verdict.is_earned),
    )


def _out_of_reach(people: Iterable[Candidate], rule: Rule) -> OutOfReach:
    """Pairs without any plan are not told of here: theirs is made when they begin."""
    records = {record.pair.pk: record for person in people for record in person.records}
    stuck = [record for record in records.values() if _is_stuck(record, rule)]
    without_steps = sum(not record.progress.steps for record in stuck)
    return OutOfReach(without_steps, len(stuck) - without_steps)


def _is_stuck(record: PairRecord, rule: Rule) -> bool:
    if record.progress.plan is None or record.pair.stage not in RUNNING:
        return False
    return any(missing.gap in STANDING_GAPS for missing in gaps_of(record, rule))


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
