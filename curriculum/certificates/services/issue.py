"""Award what was earned, then print it. Safe to run twice, and by two at once."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from curriculum.certificates.codes import make_number, make_token
from curriculum.certificates.enums import AwardState
from curriculum.certificates.models import Award
from curriculum.certificates.printing.press import Press, PrintFailed
from curriculum.certificates.queries.evidence import Candidate, candidates, rule_of
from curriculum.certificates.services.facts import (
    house_facts,
    own_facts,
    rule_facts,
    skills_named,
)
from curriculum.certificates.services.printing import print_award
from matching.models import Programme

logger = logging.getLogger(__name__)

# (printed, not printed, in all)
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class IssueReport:
    """What one run did. `earned` are all who have a certificate now: `issued` and `already`."""

    earned: int
    issued: int
    already: int
    refused: int
    printed: int
    unprinted: int
    seconds: float


def issue_certificates(programme: Programme, *, on_progress: Progress | None = None) -> IssueReport:
    """Award each person of the programme who has earned it, and print every PDF still missing.

    The awards are one change; each PDF is another. A PDF that fails leaves its award without one,
    and the next run prints it.
    """
    started = time.perf_counter()
    holders = set(
        Award.objects.filter(programme=programme, person__isnull=False).values_list(
            "person_id", flat=True
        )
    )
    others = [c for c in candidates(programme) if c.participant.person_id not in holders]
    earned = [c for c in others if c.verdict.is_earned]
    issued = award_all(programme, earned)
    printed, unprinted = print_pending(programme, on_progress=on_progress)
    return IssueReport(
        earned=len(holders) + len(earned),
        issued=issued,
        # Whoever another run awarded in the meantime has theirs already.
        already=len(holders) + len(earned) - issued,
        refused=len(others) - len(earned),
        printed=printed,
        unprinted=unprinted,
        seconds=round(time.perf_counter() - started, 2),
    )


def award_all(programme: Programme, earned: list[Candidate]) -> int:
    """Write the awards down with their facts; how many were new. The unique key decides a race."""
    if not earned:
        return 0
    # Always the house's own language: who happens to press the button must not matter.
    with translation.override(settings.LANGUAGE_CODE):
        awards = _write_awards(programme, earned)
    Award.objects.bulk_create(awards, ignore_conflicts=True)
    return Award.objects.filter(token__in=[award.token for award in awards]).count()


def _write_awards(programme: Programme, earned: list[Candidate]) -> list[Award]:
    today, rule = timezone.localdate(), rule_of(programme)
    house, skills = house_facts(programme), skills_named(earned)
    awards = []
    for candidate in earned:
        token, number = make_token(), make_number(today.year)
        own = own_facts(candidate, skills, token=token, number=number, today=today)
        awards.append(
            Award(
                programme=programme,
                person_id=candidate.participant.person_id,
                role=candidate.role,
                token=token,
                number=number,
                facts={**house, **own},
                rule=rule_facts(candidate, rule),
                issued_on=today,
            )
        )
    return awards


def print_pending(programme: Programme, *, on_progress: Progress | None = None) -> tuple[int, int]:
    """Print every standing award that has no PDF; (printed, not printed)."""
    pending = list(
        Award.objects.filter(programme=programme, state=AwardState.STANDING, pdf="")
        .select_related("person")
        .order_by("pk")
    )
    printed = unprinted = 0
    with Press() as press:
        for award in pending:
            try:
                printed += print_award(award, press)
            except PrintFailed as failure:
                unprinted += 1
                logger.error("Certificate %s was not printed: %s", award.number, failure)
            if on_progress is not None:
                on_progress(printed, unprinted, len(pending))
    return printed, unprinted
