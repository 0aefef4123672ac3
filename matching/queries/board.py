"""The matching board: what the latest round suggests, and whom it leaves over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from matching.enums import SuggestionState
from matching.models import Participant, Programme, Round, Suggestion
from matching.queries.common_ground import shared_names
from matching.queries.replies import Advice, advice_of_round
from matching.queries.standing import left_over
from matching.wording import (
    covers_in_words,
    ground_in_words,
    parts_in_words,
    points_in_words,
    uncovered_in_words,
    unmatched_in_words,
)


@dataclass(frozen=True)
class LeftOver:
    """Somebody without a partner after the latest round, and why."""

    participant: Participant
    side: str
    reason: str
    cause: str
    advice: Advice | None = None

    @property
    def can_be_helped(self) -> bool:
        return self.advice is not None and bool(self.advice.remedies)


def latest_round(programme: Programme) -> Round | None:
    """Without the problem it was given, which is large and of no use on a page."""
    return programme.rounds.defer("problem").first()


def suggestions_to_decide(programme: Programme) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
        .select_related("mentor__person", "mentee__person")
        .prefetch_related("mentee__goals__skill", "mentee__expertise", "mentor__expertise")
        .order_by("-score", "pk")
    )


def place_after(programme: Programme, decided: Suggestion) -> tuple[int, int] | None:
    """The open suggestion that comes after a decided one, or else the last: its place, its id."""
    rows = suggestions_to_decide(programme).values_list("score", "pk")
    places = [(place, score, pk) for place, (score, pk) in enumerate(rows)]
    later = [
        (place, pk) for place, score, pk in places if (-score, pk) > (-decided.score, decided.pk)
    ]
    last = [(place, pk) for place, _score, pk in places[-1:]]
    return next(iter(later or last), None)


def describe_suggestions(
    suggestions: Iterable[Suggestion], programme: Programme
) -> list[dict[str, Any]]:
    """Each suggestion with its reasons in words."""
    return [
        {
            "suggestion": one,
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


# Where a coordinator can do something comes first.
CAUSES = ("refused", "no_allowed_partner", "others_fit_better")


def people_left_over(programme: Programme, latest: Round | None) -> list[LeftOver]:
    """Whom the latest round found no partner for, or whose match was refused; three queries."""
    if latest is None:
        return []
    told = {int(row["id"]): row for row in latest.result.get("unmatched", [])}
    refused = _sides_refused(latest)
    advised = advice_of_round(programme, latest)
    found = []
    for person in left_over(programme).select_related("person"):
        if row := told.get(person.pk):
            reason, side, cause = unmatched_in_words(row), row["side"], row["cause"]
        elif side := refused.get(person.pk, ""):
            reason, cause = _("You refused their match. Run a new round."), "refused"
        else:
            continue
        advice = None if cause == "refused" else advised.get((person.pk, side))
        found.append(LeftOver(person, side, reason, cause, advice))
    return sorted(found, key=lambda one: (CAUSES.index(one.cause), not one.can_be_helped))


def why_alone(programme: Programme, participant: Participant) -> list[LeftOver]:
    """Why this person has no partner after the latest round, side by side; [] with a partner."""
    latest = latest_round(programme)
    told = latest.result.get("unmatched", []) if latest else []
    mine = [row for row in told if row["id"] == str(participant.pk)]
    if not mine or not left_over(programme).filter(pk=participant.pk).exists():
        return []
    advised = advice_of_round(programme, latest, of=participant)
    return [
        LeftOver(
            participant,
            row["side"],
            unmatched_in_words(row),
            row["cause"],
            advised.get((participant.pk, row["side"])),
        )
        for row in mine
    ]


def _sides_refused(latest: Round) -> dict[int, str]:
    """Who had a match in this round that was refused, and has no other that is open."""
    refused: dict[int, str] = {}
    waiting: set[int] = set()
    rows = latest.suggestions.order_by().values_list("mentor_id", "mentee_id", "state")
    for mentor, mentee, state in rows:
        if state == SuggestionState.REFUSED:
            refused |= {mentor: "mentor", mentee: "mentee"}
        elif state == SuggestionState.OPEN:
            waiting |= {mentor, mentee}
    return {key: side for key, side in refused.items() if key not in waiting}
