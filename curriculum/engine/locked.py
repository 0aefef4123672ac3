"""Why locked tracks can't stand.

"Alone" is read as: the only one locked. Any other track may support it, so a locked track stands
alone if some plan within the budget holds it; and what it `requires` may be locked or not. Its
cause is the first that holds, in the order of `LockedCause`:

- `excluded`, `guide_level`, `language`: of the track itself;
- `requires`: a track it requires is not completed, and no plan of any length holds that track;
- `level`: no plan of any length brings the learner to its entry levels;
- `budget`: it could be reached, but no plan within the budget does.

A track both locked and excluded is an error even if it is completed. Tracks that can all stand
alone but not together can only fail on the budget, for levels and what is done only ever grow.
"""

from __future__ import annotations

from collections.abc import Sequence

from .catalogue import Entry, closure
from .result import LockedCause, LockedError
from .situation import Situation
from .solver import best_set


def clashes(situation: Situation) -> bool:
    """Is some track both locked and excluded?"""
    return not situation.terms.excluded.isdisjoint(situation.pair.locked)


def locked_errors(situation: Situation) -> tuple[LockedError, ...]:
    """Why no plan holds all locked tracks, by (order, id). For pairs that have no plan only."""
    every = sorted({*situation.locked, *situation.places(_clashing(situation))})
    alone = _causes_alone(situation, every)
    if not alone:
        alone = [(_first_too_many(situation), LockedCause.BUDGET)]
    entries = situation.catalogue.entries
    return tuple(
        LockedError(situation.pair.id, entries[place].track.id, cause) for place, cause in alone
    )


def _clashing(situation: Situation) -> list[str]:
    return [name for name in situation.pair.locked if name in situation.terms.excluded]


def _causes_alone(situation: Situation, places: Sequence[int]) -> list[tuple[int, LockedCause]]:
    facts, able = closure(situation.start, situation.usable(situation.terms))
    stood = {entry.track.id for entry in able} | situation.completed
    causes = []
    for place in places:
        entry = situation.catalogue.entries[place]
        cause = _blocked(situation, entry, facts, stood)
        if cause is None and best_set(situation, (), (place,), situation.pair.budget) is None:
            cause = LockedCause.BUDGET
        if cause is not None:
            causes.append((place, cause))
    return causes


def _blocked(situation: Situation, entry: Entry, facts: int, stood: set[str]) -> LockedCause | None:
    """What keeps a track out of every plan, the budget apart. `facts` and `stood`: all that the
    pair could ever reach."""
    terms = situation.terms
    if entry.track.id in terms.excluded:
        return LockedCause.EXCLUDED
    if not terms.guide_holds(entry):
        return LockedCause.GUIDE_LEVEL
    if not terms.language_shared(entry):
        return LockedCause.LANGUAGE
    if not stood.issuperset(entry.track.requires):
        return LockedCause.REQUIRES
    if entry.needs & ~facts:
        return LockedCause.LEVEL
    return None


def _first_too_many(situation: Situation) -> int:
    """The first track, by (order, id), with which those so far no longer fit the budget."""
    locked = situation.locked
    for count in range(2, len(locked)):
        if best_set(situation, (), locked[:count], situation.pair.budget) is None:
            return locked[count - 1]
    return locked[-1]
