"""Who is kept together, and who apart."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from matching.enums import PairStage, SuggestionState
from matching.models import Bar, Lock, Pair, Programme, Suggestion
from matching.queries.decisions import who_and_when
from matching.queries.together import rules_against

NEWEST = ("-created_at", "-pk")


def _pairs() -> QuerySet[Pair]:
    return Pair.objects.filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))


def locks_of(programme: Programme) -> QuerySet[Lock]:
    """Newest first, each with whether the two are a pair, or suggested, by now."""
    open_ones = Suggestion.objects.filter(
        mentor=OuterRef("mentor"), mentee=OuterRef("mentee"), state=SuggestionState.OPEN
    )
    return (
        programme.locks.select_related("mentor__person", "mentee__person", "created_by")
        .annotate(
            is_pair=Exists(_pairs().exclude(stage=PairStage.ENDED)), is_suggested=Exists(open_ones)
        )
        .order_by(*NEWEST)
    )


def bars_of(programme: Programme) -> QuerySet[Bar]:
    """Newest first, each with whether the two were a pair: those are kept apart for good."""
    return (
        programme.bars.select_related("mentor__person", "mentee__person", "created_by")
        .annotate(has_parted=Exists(_pairs().filter(stage=PairStage.ENDED)))
        .order_by(*NEWEST)
    )


def describe_locks(locks: Iterable[Any], programme: Programme) -> list[dict[str, Any]]:
    """Each with where the two stand and, if not suggested, what the engine has against them."""
    rows = list(locks)
    waiting = [(one.mentor, one.mentee) for one in rows if not one.is_pair and not one.is_suggested]
    against = rules_against(programme, waiting) if waiting else {}
    return [
        {
            "lock": one,
            "by": who_and_when(one.created_by, one.created_at),
            **_standing(one, against.get((one.mentor_id, one.mentee_id), "")),
        }
        for one in rows
    ]


def _standing(lock: Any, against: str) -> dict[str, str]:
    if lock.is_pair:
        return {"label": _("a pair now"), "state": "good", "note": ""}
    for person in (lock.mentor, lock.mentee):
        if person.withdrawn_at or not person.person.is_active:
            against = _("%(name)s has left the programme.") % {"name": person}
    if against:
        return {"label": _("cannot stand"), "state": "careful", "note": against}
    if lock.is_suggested:
        return {"label": _("suggested"), "state": "waiting", "note": ""}
    note = _("The next round suggests them, if both have a place.")
    return {"label": _("from the next round"), "state": "waiting", "note": note}
