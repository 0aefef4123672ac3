"""People who wait, and what everybody has, for the tests of the waitlist and of late rounds."""

from typing import Any

from bs4 import BeautifulSoup

from matching.models import Pair, Programme, Suggestion
from tests.factories.matching import (
    MenteeFactory,
    MentorFactory,
)


def mentor(programme: Programme, **fields: Any) -> Any:
    return MentorFactory(programme=programme, levels={"Databases": 4}, **fields)


def mentee(programme: Programme, **fields: Any) -> Any:
    fields = {"levels": {"Databases": 1}, "goals": {"Databases": 3}} | fields
    return MenteeFactory(programme=programme, **fields)


def ids(suggestions: Any) -> set[tuple[int, int]]:
    return {(one.mentor_id, one.mentee_id) for one in suggestions}


def state_of(programme: Programme) -> list[Any]:
    """Everything that somebody has: pairs with their moves, suggestions with their decisions."""
    suggestions = Suggestion.objects.filter(round__programme=programme)
    return [
        list(programme.pairs.order_by("pk").values()),
        list(Pair.objects.order_by("moves__pk").values("moves__pk", "moves__at")),
        list(suggestions.order_by("pk").values()),
        list(programme.rounds.order_by("pk").values()),
    ]


def words(page: Any) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())
