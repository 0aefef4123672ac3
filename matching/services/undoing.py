"""Taking a decision back, as long as nobody has built on it."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import DecisionKind, PairStage, RoundKind, SuggestionState
from matching.models import Bar, Decision, Lock, Pair, Programme, Round, Suggestion
from matching.queries.decisions import still_unanswered, who_and_when
from matching.queries.standing import has_room
from matching.services import letters
from matching.services.pairs import MoveRefused, lock_pair
from matching.services.suggestions import DecisionRefused, lock_suggestion
from portal.models import User

Progress = Callable[[int], None]


@transaction.atomic
def undo_decision(decision: Decision, *, by: User | None) -> Decision:
    """What it made goes, and its suggestion is open again, unless a newer round overtook it.

    Raises `DecisionRefused` when it was taken back before, or one of the two has answered.
    """
    # A round that is being kept overtakes what is open: the two take turns.
    Programme.objects.select_for_update(no_key=True).get(pk=decision.programme_id)
    row = _hold(decision)
    if row.undone_at is not None:
        by_whom = who_and_when(row.undone_by, row.undone_at)
        raise DecisionRefused(_("This was taken back already, %(by)s.") % {"by": by_whom})
    {
        DecisionKind.ACCEPT: _take_pair_back,
        DecisionKind.REFUSE: _open_again,
        DecisionKind.LOCK: _remove_lock,
        DecisionKind.BAR: _remove_bar,
    }[DecisionKind(row.kind)](row)
    row.undone_by, row.undone_at = by, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    return row


def _hold(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("undone_by", "suggestion", "pair").get(pk=decision.pk)


def _take_pair_back(decision: Decision) -> None:
    """As if it had not been: no bar, no history of a parting, and a friendly letter to both."""
    suggestion = lock_suggestion(decision.suggestion) if decision.suggestion else None
    pair = _unanswered_pair(decision)
    letters.tell_taken_back(pair)
    pair.delete()
    if suggestion is not None:
        _reopen(suggestion)


def _unanswered_pair(decision: Decision) -> Pair:
    try:
        pair = lock_pair(decision.pair) if decision.pair else None
    except MoveRefused:
        pair = None
    if pair is None:
        raise DecisionRefused(_("This pair is gone already."))
    if pair.stage != PairStage.COFFEE or pair.answers.exists():
        raise DecisionRefused(
            _("%(pair)s: there is an answer already, so it stays. You can end it on its page.")
            % {"pair": pair}
        )
    return pair


def _open_again(decision: Decision) -> None:
    _remove_bar(decision)
    if decision.suggestion and decision.suggestion.state == SuggestionState.REFUSED:
        _reopen(lock_suggestion(decision.suggestion))


def _remove_bar(decision: Decision) -> None:
    if decision.bar_id is not None:
        Bar.objects.filter(pk=decision.bar_id).delete()


def _remove_lock(decision: Decision) -> None:
    if decision.lock_id is not None:
        Lock.objects.filter(pk=decision.lock_id).delete()
    open_ones = Suggestion.objects.filter(
        mentor=decision.mentor_id, mentee=decision.mentee_id, state=SuggestionState.OPEN
    )
    for one in open_ones:
        one.version += 1
        one.save(update_fields=["version"])


def _reopen(suggestion: Suggestion) -> None:
    state = SuggestionState.OVERTAKEN if _is_overtaken(suggestion) else SuggestionState.OPEN
    suggestion.state, suggestion.version = state, suggestion.version + 1
    suggestion.decided_by = suggestion.decided_at = None
    suggestion.save(update_fields=["state", "version", "decided_by", "decided_at"])


def _is_overtaken(suggestion: Suggestion) -> bool:
    """By a newer round for everyone, or because others took its places meanwhile."""
    programme = suggestion.round.programme_id
    newer = Round.objects.filter(
        programme=programme, kind=RoundKind.FULL, pk__gt=suggestion.round_id
    )
    open_ones = Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
    return newer.exists() or not all(
        has_room(person, side, besides=open_ones.filter(**{side: person}).count())
        for side, person in (("mentor", suggestion.mentor), ("mentee", suggestion.mentee))
    )


def undo_many(
    decision: Decision, *, by: User | None, progress: Progress = lambda done: None
) -> tuple[int, int]:
    """Take back those of many that nobody has answered; how many were, and how many stay."""
    for done, part in enumerate(still_unanswered().filter(part_of=decision), start=1):
        try:
            undo_decision(part, by=by)
        except DecisionRefused:
            # An answer came in between: this one stays, and is counted below.
            continue
        finally:
            progress(done)
    parts = decision.parts.aggregate(
        done=Count("pk", Q(undone_at__isnull=False)), stay=Count("pk", Q(undone_at__isnull=True))
    )
    return parts["done"], parts["stay"]
