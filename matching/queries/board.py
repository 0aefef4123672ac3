"""The matching board: what the latest round suggests, and whom it leaves over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from matching.enums import SuggestionState
from matching.models import Participant, Programme, Round, Suggestion
from matching.queries.common_ground import shared_names
from matching.queries.standing import left_over
from matching.wording import (
    covers_in_words,
    ground_in_words,
    parts_in_words,
    unmatched_in_words,
)


@dataclass(frozen=True)
class LeftOver:
    """Somebody without a partner after the latest round, and why."""

    participant: Participant
    side: str
    reason: str
    cause: str


def latest_round(programme: Programme) -> Round | None:
    """Without the problem it was given, which is large and of no use on a page."""
    return programme.rounds.defer("problem").first()


def suggestions_to_decide(programme: Programme) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
        .select_related("mentor__person", "mentee__person")
        .order_by("-score", "pk")
    )


def describe_suggestions(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Each suggestion with its reasons in words."""
    return [
        {
            "suggestion": one,
            "points": round(one.score / 1000),
            "parts": parts_in_words(one.parts),
            "covers": covers_in_words(one.covers, str(one.mentor)),
            "ground": ground_in_words(
                shared_names(one.mentor.interests, one.mentee.interests),
                (one.mentor.department, one.mentee.department),
            ),
        }
        for one in suggestions
    ]


def people_left_over(programme: Programme, latest: Round | None) -> list[LeftOver]:
    """Whom the latest round found no partner for and who still has none; one query.

    Those whom nobody is allowed come first: there a coordinator can do something.
    """
    if latest is None:
        return []
    told = {row["id"]: row for row in latest.result.get("unmatched", [])}
    people = left_over(programme).select_related("person")
    found = [
        LeftOver(
            participant=person,
            side=row["side"],
            reason=unmatched_in_words(row),
            cause=row["cause"],
        )
        for person in people
        if (row := told.get(str(person.pk)))
    ]
    return sorted(found, key=lambda one: one.cause != "no_allowed_partner")
