"""Other matches for the two of a pair, as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Programme
from matching.queries.replies import People, people_head, people_in, ties_in_words
from matching.wording_questions import gain_in_words, points


@dataclass(frozen=True)
class Rematch:
    """One choice: its key in an address, what it gains, who goes with whom, and who parts."""

    key: str
    gain: str
    made: list[dict[str, str]]
    broken: list[dict[str, str]]
    people_head: list[str]
    people: list[list[dict[str, Any]]]


@dataclass(frozen=True)
class RematchStep:
    title: str
    choices: list[Rematch]


def describe_rematches(programme: Programme, steps: list[dict[str, Any]]) -> list[RematchStep]:
    """One query."""
    people = people_in(programme, steps)
    return [
        RematchStep(
            title=_step_in_words(step["changes"]),
            choices=[_rematch(step, choice, people) for choice in step["choices"]],
        )
        for step in steps
    ]


def _step_in_words(changes: int) -> str:
    if not changes:
        return _("No other pair changes")
    text = ngettext("%(n)d pair that stands changes", "%(n)d pairs that stand change", changes)
    return text % {"n": changes}


def _rematch(step: Mapping[str, Any], choice: Mapping[str, Any], people: People) -> Rematch:
    return Rematch(
        key=key_of(choice),
        gain=gain_in_words(step, choice),
        made=_links(choice["made"], people),
        broken=_links(choice["broken"], people),
        people_head=people_head(),
        people=[
            [
                people.cell(one["id"]),
                {"text": ties_in_words(one["before"], people) or _("nobody")},
                {"text": ties_in_words(one["after"], people) or _("nobody")},
            ]
            for one in choice["people"]
        ],
    )


def _links(links: Iterable[Mapping[str, Any]], people: People) -> list[dict[str, str]]:
    return [
        {
            "mentor": people.name(link["mentor"]),
            "mentee": people.name(link["mentee"]),
            "points": points(link["score"]),
        }
        for link in links
    ]


def key_of(choice: Mapping[str, Any]) -> str:
    """Names a choice by its pairs, so that one that has changed meanwhile is not found."""
    made, broken = (
        ".".join(f"{link['mentor']}-{link['mentee']}" for link in choice[name])
        for name in ("made", "broken")
    )
    return f"{made}~{broken}"


def choice_of(steps: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    every = (choice for step in steps for choice in step["choices"])
    return next((choice for choice in every if key_of(choice) == key), None)
