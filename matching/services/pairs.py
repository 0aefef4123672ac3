"""What can happen to a pair: every change of its stage goes through `move_pair`."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.enums import Actor, PairStage
from matching.models import Bar, Lock, Pair, PairMove, Programme, Suggestion
from matching.moves import is_allowed, is_return, stage_to_return_to
from matching.services import letters
from matching.signals import pair_began, pair_ended
from portal.models import User


class MoveRefused(Exception):
    """A move that is not in the table, or no longer; says in words why."""


def lock_pair(pair: Pair) -> Pair:
    """The pair as it is now, held until the end of the transaction; two acts at once take turns.

    Raises `MoveRefused` when a coordinator took back the acceptance that made it. Held without
    its key, here and wherever else a row is held: rows that only point at it (an answer, a line
    of history) can be written meanwhile, and two acts cannot wait for each other.
    """
    rows = Pair.objects.select_for_update(of=("self",), no_key=True)
    both = rows.select_related("mentor__person", "mentee__person", "programme")
    found = both.filter(pk=pair.pk).first()
    if found is None:
        raise MoveRefused(_("Your coordinator has taken this match back. There is nothing to do."))
    return found


def _check(pair: Pair, to: PairStage, actor: Actor) -> None:
    stage = PairStage(pair.stage)
    if stage == to:
        raise MoveRefused(_("This pair is already at “%(stage)s”.") % {"stage": to.label})
    if not is_allowed(stage, to, actor):
        raise MoveRefused(
            _("A pair at “%(stage)s” cannot be moved to “%(to)s” from here. Look at it again.")
            % {"stage": stage.label, "to": to.label}
        )
    if is_return(stage, to):
        visited, actors = zip(
            *pair.moves.order_by("at", "pk").values_list("to_stage", "actor"), strict=True
        )
        if stage == PairStage.SWAP_ASKED and actor not in {actors[-1], Actor.COORDINATOR}:
            raise MoveRefused(_("Only the one who asked for another partner can take it back."))
        if stage_to_return_to(visited) != to:
            raise MoveRefused(
                _("This pair goes on where it stopped, at “%(stage)s”.")
                % {"stage": stage_to_return_to(visited).label}
            )


@transaction.atomic
def move_pair(
    pair: Pair, to: PairStage | str, *, actor: Actor, by: User | None = None, note: str = ""
) -> Pair:
    """Move the pair, if the table lets this actor, and keep a line of history.

    Raises `MoveRefused`; then nothing has changed. Sends `pair_began` after the commit in which
    it becomes active for the first time, `pair_ended` after the one in which it ends.
    """
    to = PairStage(to)
    locked = lock_pair(pair)
    _check(locked, to, actor)
    now = timezone.now()
    PairMove.objects.create(
        pair=locked, from_stage=locked.stage, to_stage=to, actor=actor, person=by, note=note, at=now
    )
    if to == PairStage.ENDED:
        _part(locked, by)
    begins = to == PairStage.ACTIVE and locked.began_at is None
    if begins:
        locked.began_at = now
    locked.stage, locked.stage_since = to, now
    locked.save(update_fields=["stage", "stage_since", "began_at"])
    if begins:
        announce_beginning([locked])
    # The caller's own object tells the truth too.
    pair.stage, pair.stage_since, pair.began_at = locked.stage, now, locked.began_at
    return locked


def announce_beginning(pairs: Sequence[Pair]) -> None:
    """Tell the rooms above, once it is certain, that these pairs are active."""
    for pair in pairs:
        transaction.on_commit(partial(pair_began.send, sender=Pair, pair=pair))


def bar_pair(pair: Pair, *, by: User | None, reason: str = "") -> tuple[Bar, bool]:
    """Never suggest these two again in this programme; with whether that is new.

    Two people are never kept together and apart at once.
    """
    Lock.objects.filter(mentor=pair.mentor_id, mentee=pair.mentee_id).delete()
    return Bar.objects.get_or_create(
        mentor_id=pair.mentor_id,
        mentee_id=pair.mentee_id,
        defaults={"programme_id": pair.programme_id, "created_by": by, "reason": reason},
    )


def _part(pair: Pair, by: User | None) -> None:
    """Both are free for another match, and not suggested to each other again; the rooms hear."""
    bar_pair(pair, by=by)
    transaction.on_commit(partial(pair_ended.send, sender=Pair, pair=pair))
    if pair.stage != PairStage.SUGGESTED:
        letters.tell_pair_ended(pair)


def end_pair(pair: Pair, *, actor: Actor, by: User | None, note: str = "") -> Pair:
    """End it without blame."""
    return move_pair(pair, PairStage.ENDED, actor=actor, by=by, note=note)


def pause_pair(pair: Pair, *, actor: Actor, by: User | None, note: str = "") -> Pair:
    return move_pair(pair, PairStage.PAUSED, actor=actor, by=by, note=note)


def ask_for_swap(pair: Pair, *, actor: Actor, by: User | None, note: str = "") -> Pair:
    return move_pair(pair, PairStage.SWAP_ASKED, actor=actor, by=by, note=note)


def pair_of(suggestion: Suggestion, programme: Programme, **fields: Any) -> Pair:
    """The pair a suggestion becomes, not saved; it keeps its own copy of the reasons."""
    return Pair(
        programme=programme,
        mentor_id=suggestion.mentor_id,
        mentee_id=suggestion.mentee_id,
        suggestion=suggestion,
        score=suggestion.score,
        parts=suggestion.parts,
        covers=suggestion.covers,
        **fields,
    )
