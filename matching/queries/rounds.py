"""Rounds as they were kept: the list of them, and one with what it ran on and came to.

At ten thousand people the problem of a round takes some ten megabytes: no page loads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from matching.comparing import Change, Comparison, compare_pairs
from matching.enums import RoundKind
from matching.models import Programme, Round
from matching.queries.names import Names, ids_found, names_of
from matching.round_wording import (
    MOSTLY,
    cover_in_brief,
    no_pairs_in_words,
    proof_in_words,
    rerun_in_words,
    score_in_words,
    top_cause,
)
from matching.rules import RuleInWords, RuleSet, in_words, rules_in, rules_of
from matching.wording import unmatched_in_words
from portal.enums import JobState
from portal.models import Job

MOST_SHOWN = 50
MOST_OVER = 200
SIDES = ("mentor", "mentee")


@dataclass(frozen=True)
class ChangeInWords:
    """One mentee by name, with the partners that only the one or the other answer gives them."""

    mentee: str
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]


@dataclass(frozen=True)
class LeftOverGroup:
    """People left over for one cause: the first of them as (name, reason), and how many.

    `reason` is that of everybody, where it is one; then none stands beside a name.
    """

    title: str
    reason: str
    people: list[tuple[str, str]]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class RoundPage:
    """What stands on the page of a round; `changes` are the first against the round before."""

    rules: list[RuleInWords]
    most_points: int
    pairs: list[dict[str, Any]]
    proof: str
    why_none: str
    groups: list[LeftOverGroup]
    before: Round | None
    compared: Comparison | None
    changes: list[ChangeInWords]
    rerun: Job | None
    rerun_words: str
    rerun_changes: list[ChangeInWords]


def rounds_of(programme: Programme) -> QuerySet[Round]:
    """Newest first, without the large columns."""
    return programme.rounds.defer("problem", "result", "held", "advice").select_related(
        "created_by"
    )


def find_round(programme: Programme, round_id: int) -> Round | None:
    """With its result, and of its problem the rules alone: `rules`, `weights`, `objective`."""
    return _with_rules(programme).defer("problem", "advice").filter(pk=round_id).first()


def _with_rules(programme: Programme) -> QuerySet[Round]:
    return programme.rounds.select_related("created_by").annotate(
        rules=F("problem__rules"),
        weights=F("problem__weights"),
        objective=F("problem__objective"),
    )


def rules_of_round(kept: Round) -> RuleSet:
    """The rules of a round from `find_round`."""
    return rules_in({name: getattr(kept, name) for name in ("rules", "weights", "objective")})


def rules_in_round(kept: Round, programme: Programme) -> list[RuleInWords]:
    """The rules the round went by, marked where the programme's are others now."""
    return in_words(rules_of_round(kept), rules_of(programme))


def round_before(kept: Round) -> Round | None:
    """The last round of everyone before it; with one of late joiners there is none to compare."""
    if kept.is_late:
        return None
    earlier = Q(created_at__lt=kept.created_at) | Q(created_at=kept.created_at, pk__lt=kept.pk)
    rounds = Round.objects.filter(earlier, programme=kept.programme_id, kind=RoundKind.FULL)
    return rounds.defer("problem", "held", "advice").first()


def compare_rounds(kept: Round, before: Round | None) -> Comparison | None:
    if before is None:
        return None
    return compare_pairs(before.result.get("pairs", ()), kept.result.get("pairs", ()))


def pairs_in_round(kept: Round, programme: Programme, search: str = "") -> list[dict[str, Any]]:
    """What it suggested, best first; a search asks for both names. Standing pairs are left out."""
    pairs = [pair for pair in kept.result.get("pairs", ()) if not pair["locked"]]
    if search:
        found = ids_found(programme, search)
        pairs = [pair for pair in pairs if pair["mentor"] in found or pair["mentee"] in found]
    return sorted(pairs, key=lambda pair: -pair["score"])


def people_over(kept: Round) -> list[dict[str, Any]]:
    held = set(kept.held)
    return [person for person in kept.result.get("unmatched", ()) if person["id"] not in held]


def group_left_over(unmatched: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """By the rule that keeps most others away, in the order of `MOSTLY`; all of each group."""
    groups: dict[str, list[Mapping[str, Any]]] = {cause: [] for cause in MOSTLY}
    for person in unmatched:
        groups[top_cause(person)].append(person)
    return {cause: people for cause, people in groups.items() if people}


def ids_in_changes(changes: Iterable[Change]) -> set[str]:
    found = set()
    for change in changes:
        found |= {change.mentee, *(key for key, _score in (*change.before, *change.after))}
    return found


def describe_groups(
    groups: Mapping[str, Sequence[Mapping[str, Any]]], names: Names
) -> list[LeftOverGroup]:
    found = []
    for cause, people in groups.items():
        reasons = [unmatched_in_words(one) for one in people[:MOST_OVER]]
        shared = reasons[0] if len(people) > 1 and len(set(reasons)) == 1 else ""
        found.append(
            LeftOverGroup(
                title=str(MOSTLY[cause]),
                reason=shared,
                people=[
                    (names[one["id"]], "" if shared else reason)
                    for one, reason in zip(people, reasons, strict=False)
                ],
                count=len(people),
            )
        )
    return found


def describe_changes(changes: Iterable[Change], names: Names) -> list[ChangeInWords]:
    def told(partners: Iterable[tuple[str, int]]) -> list[tuple[str, str]]:
        return [(names[key], score_in_words(score)) for key, score in partners]

    return [
        ChangeInWords(names[change.mentee], told(change.before), told(change.after))
        for change in changes
    ]


def describe_pairs(pairs: Iterable[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
    return [
        {
            "mentor": names[pair["mentor"]],
            "mentee": names[pair["mentee"]],
            "score": score_in_words(pair["score"]),
            "covers": [cover_in_brief(cover) for cover in pair["covers"]],
        }
        for pair in pairs
    ]


def last_rerun(kept: Round) -> Job | None:
    """The last finished check of whether the round gives the same result again."""
    return Job.objects.filter(key=rerun_key(kept.pk), state=JobState.DONE).first()


def rerun_key(round_id: int) -> str:
    return f"matching.rerun:{round_id}"


def changes_in(rerun: Mapping[str, Any]) -> list[Change]:
    """The changes that a rerun told as JSON."""

    def partners(rows: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        return tuple((key, score) for key, score in rows)

    return [
        Change(one["mentee"], partners(one["before"]), partners(one["after"]))
        for one in rerun.get("changes", ())
    ]


def describe_round(
    kept: Round, programme: Programme, pairs: Iterable[Mapping[str, Any]]
) -> RoundPage:
    """`kept` as `find_round` gives it, with these of its pairs; three queries."""
    shown = list(pairs)
    before = round_before(kept)
    compared = compare_rounds(kept, before)
    groups = group_left_over(people_over(kept))
    rerun = last_rerun(kept)
    told = changes_in(rerun.result) if rerun else []
    changes = [*(compared.changes[:MOST_SHOWN] if compared else ()), *told]
    ids = ids_in_changes(changes) | {pair[side] for pair in shown for side in SIDES}
    ids |= {one["id"] for people in groups.values() for one in people[:MOST_OVER]}
    names = names_of(programme, ids)
    return RoundPage(
        rules=rules_in_round(kept, programme),
        most_points=rules_of_round(kept).most_points,
        pairs=describe_pairs(shown, names),
        proof=proof_in_words(is_optimal=kept.is_optimal, is_late=kept.is_late),
        why_none=no_pairs_in_words({"count": kept.count, "unmatched": people_over(kept)}),
        groups=describe_groups(groups, names),
        before=before,
        compared=compared,
        changes=describe_changes(changes[: len(changes) - len(told)], names),
        rerun=rerun,
        rerun_words=rerun_in_words(rerun.result) if rerun else "",
        rerun_changes=describe_changes(told, names),
    )
