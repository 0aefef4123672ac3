"""Who has earned a certificate, and what is still missing. Plain Python, no database.

The rule, in words:

- Preparation is one's own: the modules one's role asks for. A coordinator's waiver lets a pair
  begin sooner; it does not stand in for preparation, which can be made up at any time before the
  certificate. A role without any modules to prepare counts as prepared.
- Steps and sessions are the pair's. A pair completes the rule when every step of its plan is done
  and it has held the sessions asked for. A plan without steps is never done by its steps.
- The sessions asked for are all of the plan's where it holds fewer, and one at the least. A plan
  without any session gives nothing to hold: such a pair cannot complete a rule that asks for one.
- One completed pair is enough, and the certificate takes all that are complete. A pair that ended
  counts for what the two did together, as any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Gap(StrEnum):
    """What is missing; the words people read are in `curriculum.certificates.wording`."""

    PREPARATION = "preparation"
    NO_PAIR = "no_pair"
    NO_STEPS = "no_steps"
    STEPS = "steps"
    SESSIONS = "sessions"
    NO_SESSIONS = "no_sessions"


# A pair with one of these cannot complete the rule by anything the two may do.
STANDING_GAPS = frozenset({Gap.NO_STEPS, Gap.NO_SESSIONS})


@dataclass(frozen=True)
class Rule:
    """What a programme asks for; at least steps or one session (the model sees to that)."""

    needs_preparation: bool = True
    needs_steps: bool = True
    minimum_sessions: int = 4


@dataclass(frozen=True)
class PairEvidence:
    """What one pair of the person has done so far; `sessions_planned` are those of its plan."""

    pair: int
    partner: str
    steps_done: int
    steps_total: int
    sessions_held: int
    sessions_planned: int
    is_ended: bool = False


@dataclass(frozen=True)
class Evidence:
    """What one person has done in one programme; `is_prepared` may be kept from an earlier day."""

    modules_done: int
    modules_total: int
    is_prepared: bool
    pairs: tuple[PairEvidence, ...] = ()


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: `done` of `needed`, with whom if it is a pair's."""

    gap: Gap
    done: int = 0
    needed: int = 0
    partner: str = ""


@dataclass(frozen=True)
class Verdict:
    """Earned by the pairs named, or the list of what is missing; never both."""

    pairs: tuple[int, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def is_earned(self) -> bool:
        return not self.missing


def judge(evidence: Evidence, rule: Rule) -> Verdict:
    """Whether the person has earned the certificate.

    What is missing is told of their own preparation and of the one pair that has least to do,
    a running pair before one that ended.
    """
    missing = _own_gaps(evidence, rule)
    gaps = {pair.pair: pair_gaps(pair, rule) for pair in evidence.pairs}
    complete = tuple(pair.pair for pair in evidence.pairs if not gaps[pair.pair])
    if not evidence.pairs:
        missing.append(Missing(Gap.NO_PAIR))
    elif not complete:
        nearest = min(evidence.pairs, key=lambda pair: _distance(pair, gaps[pair.pair]))
        missing += gaps[nearest.pair]
    return Verdict(missing=tuple(missing)) if missing else Verdict(pairs=complete)


def _own_gaps(evidence: Evidence, rule: Rule) -> list[Missing]:
    if not rule.needs_preparation or evidence.is_prepared:
        return []
    return [Missing(Gap.PREPARATION, evidence.modules_done, evidence.modules_total)]


def pair_gaps(pair: PairEvidence, rule: Rule) -> list[Missing]:
    """What one pair misses of the rule; empty when it completes it."""
    gaps: list[Missing] = []
    has_no_steps = rule.needs_steps and pair.steps_total == 0
    if has_no_steps:
        gaps.append(Missing(Gap.NO_STEPS, partner=pair.partner))
    elif rule.needs_steps and pair.steps_done < pair.steps_total:
        gaps.append(Missing(Gap.STEPS, pair.steps_done, pair.steps_total, pair.partner))
    if pair.sessions_held >= sessions_needed(pair, rule):
        return gaps
    if pair.sessions_planned:
        needed = sessions_needed(pair, rule)
        gaps.append(Missing(Gap.SESSIONS, pair.sessions_held, needed, pair.partner))
    elif not has_no_steps:
        gaps.append(Missing(Gap.NO_SESSIONS, partner=pair.partner))
    return gaps


def sessions_needed(pair: PairEvidence, rule: Rule) -> int:
    """The rule's number, or all that the plan holds if those are fewer.

    A plan without sessions lowers nothing: who held the rule's number under an earlier plan has
    them all the same.
    """
    return min(rule.minimum_sessions, pair.sessions_planned or rule.minimum_sessions)


def _distance(pair: PairEvidence, gaps: Sequence[Missing]) -> tuple[bool, bool, int, int]:
    """How far a pair is from complete: ended last, then those that cannot, then by what is left."""
    left = sum(gap.needed - gap.done for gap in gaps)
    return pair.is_ended, any(gap.gap in STANDING_GAPS for gap in gaps), left, pair.pair
