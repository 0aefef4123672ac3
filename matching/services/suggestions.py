"""What a coordinator decides about a suggestion."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage, SuggestionState
from matching.models import Bar, Pair, Participant, Programme, Suggestion
from matching.queries.standing import has_room
from matching.services import letters
from matching.services.pairs import bar_pair, move_pair, pair_of
from portal.models import User


class DecisionRefused(Exception):
    """Why a suggestion can no longer be decided on, in words."""


def _lock_suggestion(suggestion: Suggestion) -> Suggestion:
    return (
        Suggestion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__programme")
        .get(pk=suggestion.pk)
    )


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: User | None) -> Pair:
    """Make it a pair and ask the two to meet for coffee. Sent twice it gives the same pair.

    Raises `DecisionRefused` when it was decided otherwise, or when one of the two has left, has
    no place any more, or is barred from the other since the round.
    """
    locked = _lock_suggestion(suggestion)
    if locked.state == SuggestionState.ACCEPTED and hasattr(locked, "pair"):
        return locked.pair
    _check_open(locked)
    _check_people(locked)
    pair = pair_of(locked, locked.round.programme)
    pair.save()
    _decide(locked, SuggestionState.ACCEPTED, by)
    moved = move_pair(pair, PairStage.COFFEE, actor=Actor.COORDINATOR, by=by)
    letters.invite_to_coffee(moved)
    return moved


@transaction.atomic
def refuse_suggestion(suggestion: Suggestion, *, by: User | None, reason: str = "") -> None:
    """Put it aside and never suggest these two again in this programme."""
    locked = _lock_suggestion(suggestion)
    if locked.state == SuggestionState.REFUSED:
        return
    _check_open(locked)
    pair = pair_of(locked, locked.round.programme)
    bar_pair(pair, by=by, reason=reason)
    _decide(locked, SuggestionState.REFUSED, by)


def decide_suggestion(
    suggestion: Suggestion, *, decision: str, reason: str = "", by: User | None
) -> None:
    if decision == "accept":
        accept_suggestion(suggestion, by=by)
    else:
        refuse_suggestion(suggestion, by=by, reason=reason)


def open_suggestions(programme: Programme) -> list[Suggestion]:
    return list(
        Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN).order_by(
            "-score", "pk"
        )
    )


def _decide(suggestion: Suggestion, state: SuggestionState, by: User | None) -> None:
    suggestion.state = state
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()
    suggestion.save(update_fields=["state", "decided_by", "decided_at"])


def _check_open(suggestion: Suggestion) -> None:
    if suggestion.state != SuggestionState.OPEN:
        raise DecisionRefused(
            _("This suggestion is not open any more: it is %(state)s.")
            % {"state": SuggestionState(suggestion.state).label}
        )


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
        if not has_room(person, side):
            raise DecisionRefused(
                _("%(name)s has no place for another pair. Run a new round.") % {"name": person}
            )
