"""A plan's steps in order, each with what it raised, which goals it served and what it opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .catalogue import Entry
from .result import Gain, Step
from .situation import Situation


def steps_of(situation: Situation, places: Iterable[int]) -> tuple[tuple[Step, ...], int]:
    """The steps of a feasible set of tracks, and the facts that hold after the last.

    The next step is always the first, by (order, id), of the tracks that are ready.
    """
    chosen = [situation.catalogue.entries[place] for place in sorted(places)]
    opens = _opened(situation, chosen)
    waiting = list(chosen)
    facts = situation.start
    steps = []
    while waiting:
        entry = next(entry for entry in waiting if not entry.needs & ~facts)
        waiting.remove(entry)
        gains = _gains(situation, entry, facts)
        facts |= entry.gives
        enables = tuple(other.track.id for other in chosen if other.place in opens[entry.place])
        steps.append(Step(entry.track.id, gains, _served(situation, gains), enables))
    return tuple(steps), facts


def _gains(situation: Situation, entry: Entry, facts: int) -> tuple[Gain, ...]:
    levels = {skill: situation.level(skill, facts) for skill in _skills(entry)}
    after = {skill: situation.level(skill, facts | entry.gives) for skill in levels}
    return tuple(
        Gain(skill, levels[skill], after[skill])
        for skill in sorted(levels)
        if after[skill] > levels[skill]
    )


def _skills(entry: Entry) -> set[str]:
    return {outcome.skill for outcome in entry.track.outcomes}


def _served(situation: Situation, gains: Sequence[Gain]) -> tuple[str, ...]:
    goals = situation.pair.goals
    return tuple(
        gain.skill
        for gain in gains
        if gain.skill in goals and gain.before < goals[gain.skill].target
    )


def _opened(situation: Situation, chosen: Sequence[Entry]) -> dict[int, set[int]]:
    """For each chosen track, the chosen ones that need it: it alone of all others gives some fact
    that they need and that does not hold from the start."""
    opens: dict[int, set[int]] = {entry.place: set() for entry in chosen}
    for entry in chosen:
        once = twice = 0
        for other in chosen:
            if other is not entry:
                twice |= once & other.gives
                once |= other.gives
        only = entry.needs & ~situation.start & once & ~twice
        if only:
            for other in chosen:
                if other is not entry and other.gives & only:
                    opens[other.place].add(entry.place)
    return opens
