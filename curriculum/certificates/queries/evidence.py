"""What each person of a programme has done, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from curriculum.certificates.engine import (
    Evidence,
    Missing,
    PairEvidence,
    Rule,
    Verdict,
    judge,
    pair_gaps,
)
from curriculum.certificates.models import CertificateRule
from curriculum.enums import SessionState
from curriculum.models import PlanStep, Session
from curriculum.queries.preparation import Preparation, preparations
from curriculum.queries.progress import PairProgress, pairs_progress
from matching.enums import PairStage, Role
from matching.models import Pair, Participant, Programme


@dataclass(frozen=True)
class Meeting:
    """A session that was held."""

    minutes: int
    held_at: datetime


@dataclass(frozen=True)
class PairRecord:
    """One pair as its certificate tells it: sessions held, and the gains of completed steps."""

    pair: Pair
    progress: PairProgress
    meetings: tuple[Meeting, ...]
    gains: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Candidate:
    """A person with at least one pair that began, and how they stand by the rule."""

    participant: Participant
    evidence: Evidence
    verdict: Verdict
    records: tuple[PairRecord, ...] = field(repr=False)

    @property
    def completed(self) -> tuple[PairRecord, ...]:
        """The pairs that earned it; empty as long as it is not earned."""
        return tuple(r for r in self.records if r.pair.pk in self.verdict.pairs)

    @property
    def role(self) -> Role:
        """The part, or both parts, in which the completed pairs earned it."""
        taught = {record.pair.mentor_id == self.participant.pk for record in self.completed}
        return Role.BOTH if len(taught) > 1 else Role.MENTOR if True in taught else Role.MENTEE


def rule_of(programme: Programme) -> Rule:
    """The programme's rule, or the defaults while nobody has changed them."""
    kept = CertificateRule.objects.filter(programme=programme).first()
    rule = kept or CertificateRule(programme=programme)
    return Rule(rule.needs_preparation, rule.needs_steps, rule.minimum_sessions)


def candidates(programme: Programme, participant: Participant | None = None) -> list[Candidate]:
    """Everybody with a pair that began, by name; one person alone with `participant`."""
    begun = Pair.objects.filter(programme=programme, began_at__isnull=False)
    if participant is not None:
        begun = begun.filter(Q(mentor=participant) | Q(mentee=participant))
    pairs = list(begun.select_related("mentor__person", "mentee__person").order_by("pk"))
    people: dict[int, Participant] = {}
    records: dict[int, list[PairRecord]] = defaultdict(list)
    for record in _records(pairs):
        for person in (record.pair.mentor, record.pair.mentee):
            people.setdefault(person.pk, person)
            records[person.pk].append(record)
    if participant is not None:
        people = {pk: person for pk, person in people.items() if pk == participant.pk}
    rule = rule_of(programme)
    prepared = preparations(people.values())
    found = [
        _candidate(person, prepared[pk], tuple(records[pk]), rule) for pk, person in people.items()
    ]
    return sorted(found, key=lambda c: (str(c.participant.person).casefold(), c.participant.pk))


def _candidate(
    participant: Participant,
    preparation: Preparation,
    records: tuple[PairRecord, ...],
    rule: Rule,
) -> Candidate:
    progress = preparation.progress
    evidence = Evidence(
        modules_done=progress.done,
        modules_total=progress.total,
        is_prepared=preparation.is_done,
        pairs=tuple(_pair_evidence(participant, record) for record in records),
    )
    return Candidate(participant, evidence, judge(evidence, rule), records)


def _pair_evidence(participant: Participant, record: PairRecord) -> PairEvidence:
    pair, steps = record.pair, record.progress.steps_done
    return PairEvidence(
        pair=pair.pk,
        partner=str(partner_of(participant, pair)),
        steps_done=steps.done,
        steps_total=steps.total,
        sessions_held=len(record.meetings),
        sessions_planned=record.progress.sessions.total,
        is_ended=pair.stage == PairStage.ENDED,
    )


def gaps_of(record: PairRecord, rule: Rule) -> list[Missing]:
    """What a pair misses of the rule, told of the mentee."""
    return pair_gaps(_pair_evidence(record.pair.mentor, record), rule)


def partner_of(participant: Participant, pair: Pair) -> Participant:
    """The other one of the two."""
    return pair.mentee if pair.mentor_id == participant.pk else pair.mentor


def _records(pairs: Iterable[Pair]) -> list[PairRecord]:
    """Sessions and completed steps count under whichever plan they were done."""
    pairs = list(pairs)
    progress = pairs_progress(pairs)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    held = Session.objects.filter(pair__in=pairs, state=SessionState.HELD)
    for pair_id, minutes, held_at in held.order_by("held_at", "pk").values_list(
        "pair_id", "minutes", "held_at"
    ):
        if held_at is not None:
            meetings[pair_id].append(Meeting(minutes, held_at))
    gains: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    done = PlanStep.objects.filter(plan__pair__in=pairs, completed_at__isnull=False)
    for pair_id, gained in done.order_by("pk").values_list("plan__pair_id", "gains"):
        gains[pair_id] += gained
    return [
        PairRecord(pair, progress[pair.pk], tuple(meetings[pair.pk]), tuple(gains[pair.pk]))
        for pair in pairs
    ]
