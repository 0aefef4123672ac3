"""What a coordinator decides about a suggestion."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, DecisionKind, PairStage, SuggestionState
from matching.models import Bar, Decision, Lock, Pair, Participant, Suggestion
from matching.queries.decisions import what_stands
from matching.queries.standing import has_room
from matching.services import letters
from matching.services.pairs import bar_pair, move_pair, pair_of
from portal.models import User


class DecisionRefused(Exception):
    """Why a suggestion can no longer be decided on, in words."""


def lock_suggestion(suggestion: Suggestion) -> Suggestion:
    """The suggestion as it is now, held until the end of the transaction."""
    return (
        Suggestion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__programme", "decided_by")
        .get(pk=suggestion.pk)
    )


@transaction.atomic
def accept_suggestion(
    suggestion: Suggestion,
    *,
    by: User | None,
    seen: int | None = None,
    part_of: Decision | None = None,
) -> Pair:
    """Make it a pair and ask the two to meet for coffee. Sent twice it gives the same pair.

    `seen` is the version that was decided on. Raises `DecisionRefused` when it was decided
    otherwise, or by somebody else meanwhile, or when one of the two has left, has no place any
    more, or is barred from the other since the round.
    """
    locked = lock_suggestion(suggestion)
    is_same = seen is None or locked.decided_by == by
    if is_same and locked.state == SuggestionState.ACCEPTED and hasattr(locked, "pair"):
        return locked.pair
    _check_seen(locked, seen)
    _check_people(locked)
    pair = pair_of(locked, locked.round.programme)
    pair.save()
    _decide(locked, SuggestionState.ACCEPTED, by)
    note_decision(DecisionKind.ACCEPT, locked, by=by, pair=pair, part_of=part_of)
    moved = move_pair(pair, PairStage.COFFEE, actor=Actor.COORDINATOR, by=by)
    letters.invite_to_coffee(moved)
    return moved


@transaction.atomic
def refuse_suggestion(
    suggestion: Suggestion, *, by: User | None, reason: str = "", seen: int | None = None
) -> None:
    """Put it aside and never suggest these two again in this programme."""
    locked = lock_suggestion(suggestion)
    if locked.state == SuggestionState.REFUSED and (seen is None or locked.decided_by == by):
        return
    _check_seen(locked, seen)
    if Lock.objects.filter(mentor=locked.mentor_id, mentee=locked.mentee_id).exists():
        raise DecisionRefused(_("These two are kept together. Let them go first."))
    bar, is_new = bar_pair(pair_of(locked, locked.round.programme), by=by, reason=reason)
    _decide(locked, SuggestionState.REFUSED, by)
    note_decision(DecisionKind.REFUSE, locked, by=by, bar=bar if is_new else None)


def decide_suggestion(
    suggestion: Suggestion,
    *,
    decision: str,
    reason: str = "",
    seen: int | None = None,
    by: User | None,
) -> None:
    if decision == "accept":
        accept_suggestion(suggestion, by=by, seen=seen)
    else:
        refuse_suggestion(suggestion, by=by, reason=reason, seen=seen)


def note_decision(
    kind: DecisionKind, suggestion: Suggestion, *, by: User | None, **made: Any
) -> Decision:
    """A line for the list of decisions, with what this one made."""
    return Decision.objects.create(
        programme_id=suggestion.round.programme_id,
        kind=kind,
        mentor_id=suggestion.mentor_id,
        mentee_id=suggestion.mentee_id,
        suggestion=suggestion,
        by=by,
        **made,
    )


def _decide(suggestion: Suggestion, state: SuggestionState, by: User | None) -> None:
    suggestion.state = state
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()
    suggestion.version += 1
    suggestion.save(update_fields=["state", "decided_by", "decided_at", "version"])


def _check_seen(suggestion: Suggestion, seen: int | None) -> None:
    """Nobody decides on what they have not seen, or on what is decided."""
    if suggestion.state != SuggestionState.OPEN:
        text = _("This suggestion is not open any more. %(what)s")
    elif seen is not None and seen != suggestion.version:
        text = _("Nothing was done, for something changed since you looked. %(what)s")
    else:
        return
    raise DecisionRefused(text % {"what": what_stands(suggestion)})


def _check_people(suggestion: Suggestion) -> None:
    """The round may be a week old; what has changed since counts."""
    # Both rows are held, so that two coordinators cannot fill the same last place.
    people = Participant.objects.select_for_update(of=("self",), no_key=True).select_related(
        "person"
    )
    both = people.order_by("pk").in_bulk([suggestion.mentor_id, suggestion.mentee_id])
    if Bar.objects.filter(mentor=suggestion.mentor_id, mentee=suggestion.mentee_id).exists():
        raise DecisionRefused(_("These two are barred from each other. Run a new round."))
    both_of = Pair.objects.filter(mentor=suggestion.mentor_id, mentee=suggestion.mentee_id)
    if both_of.exclude(stage=PairStage.ENDED).exists():
        raise DecisionRefused(_("These two are a pair already. Run a new round."))
    for side, key in (("mentor", suggestion.mentor_id), ("mentee", suggestion.mentee_id)):
        person = both[key]
        if person.withdrawn_at is not None:
            raise DecisionRefused(
                _("%(name)s has left the programme. Run a new round.") % {"name": person}
            )
        if not person.person.is_active:
            raise DecisionRefused(
                _("The account of %(name)s is closed. Run a new round.") % {"name": person}
            )
        if not has_room(person, side):
            raise DecisionRefused(
                _("%(name)s has no place for another pair. Run a new round.") % {"name": person}
            )
