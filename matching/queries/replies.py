"""The engine's answers as a page shows them: names, sentences and rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.enums import SuggestionState
from matching.models import Participant, Programme, Round
from matching.wording_questions import (
    act_in_words,
    cost_in_words,
    no_remedy_in_words,
    points,
    remedy_in_words,
    rule_between_in_words,
    stranding_in_words,
)

Row = list[dict[str, Any]]
PERSON_KEYS = frozenset({"id", "partner", "person", "mentor", "mentee"})


@dataclass(frozen=True)
class People:
    """The people an answer speaks of, by the id the engine knows them under; one query."""

    programme: Programme
    known: Mapping[str, Participant]

    @property
    def names(self) -> dict[str, str]:
        return {id: str(one) for id, one in self.known.items()}

    def name(self, id: str) -> str:
        return str(self.known[id]) if id in self.known else _("somebody who was deleted")

    def cell(self, id: str) -> dict[str, Any]:
        if id not in self.known:
            return {"text": self.name(id)}
        href = reverse("programmes:person", args=[self.programme.slug, self.known[id].pk])
        return {"text": self.name(id), "href": href}


def people_in(programme: Programme, *answers: Any) -> People:
    keys = {int(id) for answer in answers for id in _ids(answer) if id.isdecimal()}
    known = programme.participants.select_related("person").filter(pk__in=keys)
    return People(programme, {str(one.pk): one for one in known})


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in PERSON_KEYS and isinstance(inner, str):
                yield inner
            elif key == "pair" and inner:
                yield from inner
            else:
                yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)


@dataclass(frozen=True)
class Comparison:
    """Two matches side by side, for `_comparison.html`."""

    cost: str
    figures_head: list[str]
    figures: list[Row]
    left: list[dict[str, Any]]
    placed: list[dict[str, Any]]
    moved_head: list[str]
    moved: list[Row]


def describe_comparison(comparison: Mapping[str, Any], people: People) -> Comparison:
    before, after = comparison["before"], comparison["after"]
    return Comparison(
        cost=cost_in_words(before, after, comparison["order"]),
        figures_head=[_("The whole match"), _("Now"), _("Then")],
        figures=[
            _figures(_("Pairs"), str(before["count"]), str(after["count"])),
            _figures(_("The weakest of them"), points(before["worst"]), points(after["worst"])),
            _figures(_("All together"), points(before["total"]), points(after["total"])),
        ],
        left=[people.cell(one["id"]) | _until(one, people) for one in comparison["left"]],
        placed=[people.cell(one["id"]) | _until(one, people) for one in comparison["placed"]],
        moved_head=people_head(),
        moved=[_moved(one, people) for one in comparison["moved"]],
    )


def people_head() -> list[str]:
    """Column names of a table of people whose partners change."""
    return [_("Who"), _("Parts from"), _("Gets")]


def _figures(label: str, *values: str) -> Row:
    return [{"text": label}, *({"text": value, "number": True} for value in values)]


def _until(one: Mapping[str, Any], people: People) -> dict[str, str]:
    return {"with": ties_in_words(one["before"] or one["after"], people)}


def _moved(one: Mapping[str, Any], people: People) -> Row:
    return [
        people.cell(one["id"]),
        {"text": ties_in_words(one["before"], people) or _("nobody")},
        {"text": ties_in_words(one["after"], people) or _("nobody")},
    ]


def ties_in_words(ties: Iterable[Mapping[str, Any]], people: People) -> str:
    text = _("%(name)s, %(points)s")
    return "; ".join(
        text % {"name": people.name(tie["partner"]), "points": points(tie["score"])} for tie in ties
    )


@dataclass(frozen=True)
class WhyNot:
    """Why two are not matched: a heading, sentences, and what insisting would change."""

    mentor: Participant
    mentee: Participant
    answer: str
    title: str
    sentences: list[str]
    price: Comparison | None
    may_lock: bool
    may_bar: bool


def describe_why_not(told: Mapping[str, Any], people: People, asked: Round) -> WhyNot | None:
    """None where one of the two is gone; one query where they were suggested."""
    mentor, mentee = (people.known.get(told[side]) for side in ("mentor", "mentee"))
    if mentor is None or mentee is None:
        return None
    names = {"mentor": str(mentor), "mentee": str(mentee), "points": points(told["score"])}
    state = _state(asked, told) if told["answer"] in ("chosen", "locked") else ""
    titles = {
        "chosen": _decided_in_words(state),
        "locked": _locked_in_words(state),
        "barred": _("The rules keep them apart."),
        "full": _("There is no place left for it."),
        "not_chosen": _("They may be matched, at %(points)s; others make the better whole."),
    }
    sentences = [
        rule_between_in_words(code, str(mentor), str(mentee), asked.problem["rules"])
        for code in told["rules"]
    ]
    sentences += [
        _("Every place of %(who)s is filled by pairs that stand or are kept together.")
        % {"who": people.name(one["id"])}
        for one in told["full"]
    ]
    price = describe_comparison(told["price"], people) if told["price"] else None
    is_open = told["answer"] == "chosen" and state == SuggestionState.OPEN
    return WhyNot(
        mentor=mentor,
        mentee=mentee,
        answer=told["answer"],
        title=titles[told["answer"]] % names,
        sentences=sentences,
        price=price,
        may_lock=is_open or price is not None,
        may_bar=is_open or price is not None,
    )


def _decided_in_words(state: str) -> str:
    if state == SuggestionState.ACCEPTED:
        return _("They were suggested to each other, and accepted.")
    if state == SuggestionState.REFUSED:
        return _("They were suggested to each other, and refused.")
    return _("They are suggested to each other, at %(points)s.")


def _locked_in_words(state: str) -> str:
    """Of those kept together there is a suggestion; of those who stand there is none."""
    if not state:
        return _("They stand together already.")
    if state == SuggestionState.OPEN:
        return _("They are kept together: every round suggests them.")
    return _decided_in_words(state)


def _state(asked: Round, told: Mapping[str, Any]) -> str:
    two = asked.suggestions.filter(mentor=told["mentor"], mentee=told["mentee"])
    return two.values_list("state", flat=True).first() or ""


@dataclass(frozen=True)
class Advice:
    """What would help one person on one side; each remedy with the query that tries it."""

    side: str
    remedies: list[dict[str, str]]
    reason: str
    rules: list[str] = field(default_factory=list)
    is_cut_short: bool = False


def describe_advice(advice: Mapping[str, Any], people: People) -> Advice:
    person = people.name(advice["id"])
    return Advice(
        side=advice["side"],
        remedies=[
            {
                "text": remedy_in_words(remedy, person, people.names),
                "act": act_in_words(remedy["relaxation"], people.names),
                "query": as_query(remedy["relaxation"]),
            }
            for remedy in advice["remedies"]
        ],
        reason=no_remedy_in_words(advice, person),
        rules=[
            stranding_in_words(rule["code"], rule["alone"])
            for rule in advice["rules"]
            if rule["alone"] and advice["reason"] != "no_place"
        ],
        is_cut_short=not advice["complete"],
    )


def as_query(relaxation: Mapping[str, Any]) -> str:
    """A relaxation as it stands in an address."""
    values = {key: value for key, value in relaxation.items() if key != "pair"}
    if pair := relaxation.get("pair"):
        values |= {"mentor": pair[0], "mentee": pair[1]}
    return urlencode(values)


def advice_of_round(latest: Round | None, among: Collection[int]) -> dict[tuple[int, str], Advice]:
    """What was found out after the round about these participants, by their number and side.

    One query for the names; none where nothing was found out.
    """
    keys = set(map(str, among))
    told = latest.advice.get("people", []) if latest else []
    found = [advice for advice in told if advice["id"] in keys]
    if latest is None or not found:
        return {}
    people = people_in(latest.programme, found)
    return {
        (int(advice["id"]), advice["side"]): describe_advice(advice, people) for advice in found
    }
