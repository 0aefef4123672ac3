"""The matching board: what the latest round suggests, with the reasons in words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import ngettext

from matching.enums import SuggestionState
from matching.models import Lock, Programme, Round, Suggestion
from matching.queries.common_ground import shared_names
from matching.queries.decisions import undoable_of, who_and_when
from matching.queries.left_over import describe_left_over, first_left_over, in_groups
from matching.queries.suggestions import to_decide
from matching.round_wording import came_in_words, proof_in_words
from matching.wording import (
    covers_in_words,
    ground_in_words,
    parts_in_words,
    points_in_words,
    uncovered_in_words,
)

# How many of a group stand beside the suggestions; the rest has a page.
BESIDE = 5


def rows_of(keys: Iterable[int]) -> list[Suggestion]:
    """These suggestions in this order, with everything that `describe_suggestions` reads.

    Five queries. Each has `is_kept`, whether a coordinator keeps the two together, and `undoable`,
    the decision that can be taken back. The thousands they are chosen from are sorted without it.
    """
    wanted = list(keys)
    locks = Lock.objects.filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
    undoable = undoable_of(OuterRef("pk")).values("pk")[:1]
    rows = (
        Suggestion.objects.annotate(is_kept=Exists(locks), undoable=Subquery(undoable))
        .select_related("mentor__person", "mentee__person", "decided_by", "round")
        .defer("round__problem", "round__result", "round__advice", "round__held")
        .prefetch_related("mentee__goals__skill", "mentee__expertise", "mentor__expertise")
    )
    found: dict[int, Any] = rows.in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def describe_suggestions(suggestions: Iterable[Any], programme: Programme) -> list[dict[str, Any]]:
    """Each suggestion with its reasons in words."""
    return [
        {
            "suggestion": one,
            "is_open": one.state == SuggestionState.OPEN,
            "came": came_in_words(is_repair=one.is_repair, is_late=one.round.is_late),
            "decided": _decided(one),
            "points": points_in_words(round(one.score / 1000), programme.most_points),
            "parts": parts_in_words(one.parts),
            "covers": covers_in_words(one.covers, str(one.mentor)),
            "uncovered": uncovered_in_words(_uncovered(one)),
            "ground": ground_in_words(
                shared_names(one.mentor.interests, one.mentee.interests),
                (one.mentor.department, one.mentee.department),
            ),
        }
        for one in suggestions
    ]


def _decided(suggestion: Suggestion) -> str:
    if suggestion.decided_at is None:
        return ""
    return who_and_when(suggestion.decided_by, suggestion.decided_at)


def _uncovered(suggestion: Suggestion) -> list[tuple[str, int]]:
    """What the mentee wants to learn and this mentor does not teach; reached goals are none."""
    held = {row.skill_id: row.level for row in suggestion.mentee.expertise.all()}
    taught = {row.skill_id: row.level for row in suggestion.mentor.expertise.all()}
    return [
        (goal.skill.name, goal.target)
        for goal in suggestion.mentee.goals.all()
        if (level := held.get(goal.skill_id, 0)) < goal.target
        and taught.get(goal.skill_id, 0) <= level
    ]


def place_of(keys: list[int], key: int) -> tuple[int, int] | None:
    """Where a list goes on: at this suggestion, its place and its number; None without any."""
    return (keys.index(key), key) if key in keys else None


def place_after(before: list[int], after: list[int], decided: int) -> tuple[int, int] | None:
    """Where a list goes on when one of it was decided on: at the next one, else at the last.

    If the decision was refused it stands there still, and one goes on at itself.
    """
    if not after or decided in after:
        return place_of(after, decided)
    place = min(before.index(decided), len(after) - 1) if decided in before else 0
    return place, after[place]


def left_over_beside(programme: Programme, latest: Round | None) -> list[dict[str, Any]]:
    """The groups of those left over, the first few people of each; the same queries for many."""
    counts, first = first_left_over(programme, latest, BESIDE)
    return in_groups(describe_left_over(first, latest), counts)


def notes_of_round(latest: Round | None) -> list[str]:
    """What a coordinator should know of the round beside its suggestions."""
    if latest is None:
        return []
    notes = []
    if latest.lapsed:
        text = ngettext(
            "%(n)d match fell away while it ran: one left, was kept apart or found a partner.",
            "%(n)d matches fell away while it ran: one left, was kept apart or found a partner.",
            latest.lapsed,
        )
        notes.append(text % {"n": latest.lapsed})
    if latest.locks_left_out:
        text = ngettext(
            "%(n)d pair you keep together could not stand in it. See why under “Kept together”.",
            "%(n)d pairs you keep together could not stand in it. See why under “Kept together”.",
            latest.locks_left_out,
        )
        notes.append(text % {"n": latest.locks_left_out})
    if latest.count:
        notes.append(proof_in_words(is_optimal=latest.is_optimal, is_late=latest.is_late))
    repaired = to_decide(latest.programme).filter(is_repair=True).count()
    if repaired:
        text = ngettext(
            "%(n)d suggestion was chosen since among other matches; the round says nothing of it.",
            "%(n)d suggestions were chosen since among other matches; "
            "the round says nothing of them.",
            repaired,
        )
        notes.append(text % {"n": repaired})
    return notes
