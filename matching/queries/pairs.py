"""The pairs of a programme, as a coordinator looks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage, Question
from matching.models import Pair, PairMove, Programme
from matching.moves import FINISHED, RUNNING, is_return, moves_of
from matching.queries.own_pair import stage_before_stop, way_of
from matching.queries.standing import counts_by_stage
from matching.registries import pair_filters
from matching.wording import covers_in_words, parts_in_words, points_in_words
from portal.permissions import Person

GROUPS = {
    "running": RUNNING,
    "finished": FINISHED,
}
STATES = {
    PairStage.COFFEE: "waiting",
    PairStage.AGREEMENT: "waiting",
    PairStage.ACTIVE: "good",
    PairStage.MIDPOINT: "good",
    PairStage.CLOSING: "good",
    PairStage.COMPLETED: "good",
    PairStage.PAUSED: "careful",
    PairStage.SWAP_ASKED: "careful",
}


def find_pairs(
    programme: Programme, *, search: str = "", stage: str = "", only: str = ""
) -> QuerySet[Pair]:
    """Pairs that fit, by name; `only` is the key of a filter that a room above registered."""
    pairs = programme.pairs.select_related("programme", "mentor__person", "mentee__person")
    for one in pair_filters:
        if one.key == only:
            pairs = pairs.filter(pk__in=one.pairs(programme).order_by().values("pk"))
    if stage:
        pairs = pairs.filter(stage__in=GROUPS.get(stage, (stage,)))
    for word in search.split():
        pairs = pairs.filter(
            Q(mentor__person__name__icontains=word) | Q(mentee__person__name__icontains=word)
        )
    return pairs


def pairs_with_badges(pairs: Iterable[Any], person: Person) -> list[dict[str, Any]]:
    """Rows for the list, each with the address that is right for this person."""
    return [
        {"pair": pair, "state": STATES.get(pair.stage, "quiet"), "url": url_of_pair(pair, person)}
        for pair in pairs
    ]


def url_of_pair(pair: Pair, person: Person) -> str:
    """A coordinator's page of the pair, or for one of the two their own."""
    if person.pk in {pair.mentor.person_id, pair.mentee.person_id}:
        return reverse("matching:pair", args=[pair.pk])
    return reverse("programmes:pair", args=[pair.programme.slug, pair.pk])


def stage_tabs(programme: Programme, stage: str | None) -> list[dict[str, Any]]:
    """Tabs of the stages that hold a pair, with counts; one query. None: no tab is the open one."""
    counts = counts_by_stage(programme)
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(str(one), str(one.label), counts[one]) for one in PairStage if counts.get(one)]
    return [
        {
            "label": label,
            "url": f"?stage={key}" if key else "?",
            "current": key == stage,
            "count": count,
        }
        for key, label, count in tabs
    ]


@dataclass(frozen=True)
class PairPage:
    pair: Pair
    state: str
    points: str
    parts: list[dict[str, Any]]
    covers: list[str]
    steps: list[dict[str, str]]
    events: list[dict[str, Any]]
    waiting_for: str
    swap: str
    facts: list[dict[str, Any]]
    moves: list[dict[str, str]]


def describe_pair(pair: Pair) -> PairPage:
    """Two queries, three after a stop: the history and who has answered, or where they stopped."""
    history = list(pair.moves.select_related("person").order_by("-at", "-pk"))
    return PairPage(
        pair=pair,
        state=STATES.get(PairStage(pair.stage), "quiet"),
        points=points_in_words(round(pair.score / 1000), pair.programme.most_points),
        parts=parts_in_words(pair.parts),
        covers=covers_in_words(pair.covers, str(pair.mentor)),
        steps=way_of(pair),
        events=_events(history),
        waiting_for=_waiting_for(pair),
        swap=_swap(pair, history),
        facts=_people(pair),
        moves=coordinator_moves(pair),
    )


def _people(pair: Pair) -> list[dict[str, Any]]:
    """Who is who, for components/facts.html."""
    return [
        {
            "label": label,
            "value": str(one),
            "href": reverse("programmes:person", args=[pair.programme.slug, one.pk]),
        }
        for label, one in ((_("Mentor"), pair.mentor), (_("Mentee"), pair.mentee))
    ]


def coordinator_moves(pair: Pair) -> list[dict[str, str]]:
    """The moves a coordinator may make now; each says on a button and asks once more."""
    found = []
    for to in moves_of(pair.stage, Actor.COORDINATOR):
        back = is_return(pair.stage, to)
        if back and to != stage_before_stop(pair):
            continue
        label, question, text = _move_in_words(to, back)
        found.append({"to": str(to), "label": label, "question": question, "text": text})
    return found


def _move_in_words(to: PairStage, back: bool) -> tuple[str, str, str]:
    """What the button says, what is asked once more, and what it means."""
    if to == PairStage.ENDED:
        text = _(
            "Both are written to, without blame, and are free for another match. They are not "
            "suggested to each other again. It cannot be taken back."
        )
        return _("End it"), _("End this pair?"), text
    if to == PairStage.PAUSED:
        return (
            _("Pause it"),
            _("Pause this pair?"),
            _("Nothing is lost: they go on where they are."),
        )
    name = {"stage": to.label}
    if back:
        text = _("They go on where they stopped.")
        return _("Go on at “%(stage)s”") % name, _("Go on at “%(stage)s”?") % name, text
    text = _("It moves by itself when the two get there. It cannot be taken back.")
    return _("Move to “%(stage)s”") % name, _("Move this pair to “%(stage)s”?") % name, text


def _swap(pair: Pair, history: Iterable[PairMove]) -> str:
    """Who asked for another partner and when, while that is open."""
    if pair.stage != PairStage.SWAP_ASKED:
        return ""
    asked = next((move for move in history if move.to_stage == PairStage.SWAP_ASKED), None)
    if asked is None:
        return _("Another partner was asked for")
    return _("%(who)s asked for another partner on %(when)s") % {
        "who": asked.person or asked.get_actor_display(),
        "when": date_format(localtime(asked.at), "j F Y"),
    }


def _waiting_for(pair: Pair) -> str:
    """Who has not said yes yet to the question that is open; nobody's answer is told."""
    question = {PairStage.COFFEE: Question.COFFEE, PairStage.AGREEMENT: Question.AGREEMENT}.get(
        PairStage(pair.stage)
    )
    if question is None:
        return ""
    answered = set(pair.answers.filter(question=question).values_list("participant_id", flat=True))
    names = [str(one) for one in (pair.mentor, pair.mentee) if one.pk not in answered]
    return str(get_text_list(names, _("and")))


def _events(history: Iterable[PairMove]) -> list[dict[str, Any]]:
    """The history, newest first. Who of the two said no stays between them and us."""
    events = []
    for move in history:
        is_no = move.to_stage == PairStage.ENDED and move.actor in {Actor.MENTOR, Actor.MENTEE}
        who = _("one of the two") if is_no else move.person or move.get_actor_display()
        events.append(
            {
                "when": date_format(localtime(move.at), "j M Y, H:i"),
                "title": _("To “%(stage)s”") % {"stage": move.get_to_stage_display()},
                "text": move.note,
                "by": _("by %(who)s") % {"who": who},
            }
        )
    return events
