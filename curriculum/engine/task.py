"""The search's own form of a question: which moves, up which ladders, within which budget.

Everything below the value in the objective (minutes, dropped tracks of the current plan, shared
interests, the editors' order) is a sum over the chosen tracks, so the four tiers are packed into
one whole number, `cost`, and the smallest sum of costs is the lexicographic optimum:

    cost = minutes · 2^width − (kept · scale + shared interests) · 2^n − 2^(n − 1 − rank)

`rank` counts the n tracks by (order, id). Of two different sets with equal minutes, neither holds
the other (a track takes a minute at least), so the smaller sorted list is the one that holds the
first track in which they differ: the larger sum of 2^(n − 1 − rank). `width` is wide enough that
all that is subtracted stays below one minute. A sum of costs names its set, in its last n bits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .catalogue import Entry, closure
from .problem import Budget
from .situation import Situation


class Move(NamedTuple):
    """A track that may be chosen. Every cost is above 0."""

    needs: int
    gives: int
    cost: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Want:
    """A skill to raise: up to `target` each level is worth `weight`, and `at_least` must be
    reached (0: nothing must)."""

    skill: str
    target: int = 0
    weight: int = 0
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The facts of one skill from the start upwards, what each is worth, and how many of them
    must come to hold."""

    rungs: tuple[int, ...]
    worth: tuple[int, ...]
    floor: int


@dataclass(frozen=True, slots=True)
class Task:
    """`forced` moves stand in every plan and are paid for already: they only wait to be ready."""

    start: int
    moves: tuple[Move, ...]
    forced: tuple[Move, ...]
    ladders: tuple[Ladder, ...]
    minutes: int
    sessions: int | None
    width: int
    scale: int
    ranked: tuple[int, ...]
    """The places of the tracks by rank, to read a set off its cost."""

    def chosen(self, cost: int) -> list[int]:
        """The places of the tracks whose costs add up to `cost`."""
        count = len(self.ranked)
        return [place for rank, place in enumerate(self.ranked) if -cost >> (count - 1 - rank) & 1]


def settle(facts: int, forced: Iterable[Move]) -> tuple[int, tuple[Move, ...]]:
    """Facts once every forced move that can be made has been made, and the moves still waiting."""
    waiting = tuple(forced)
    while True:
        blocked = []
        for move in waiting:
            if move.needs & ~facts:
                blocked.append(move)
            else:
                facts |= move.gives
        if len(blocked) == len(waiting):
            return facts, waiting
        waiting = tuple(blocked)


def with_required(situation: Situation, places: Iterable[int]) -> set[int]:
    """These tracks and all that they require, directly or not, and that is not completed."""
    catalogue = situation.catalogue
    found: set[int] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found.add(place)
        waiting += situation.places(
            name
            for name in catalogue.entries[place].track.requires
            if name not in situation.completed
        )
    return found


def assemble(
    situation: Situation, wants: Sequence[Want], locked: Collection[int], budget: Budget
) -> tuple[Task, frozenset[int]] | None:
    """The task of choosing tracks for `wants` with `locked` among them, and the places of all
    tracks that every plan holds. None: no plan can hold them, whatever else is chosen."""
    forced_places = with_required(situation, locked)
    _, able = closure(situation.start, situation.usable(situation.terms))
    forced = [entry for entry in able if entry.place in forced_places]
    if len(forced) < len(forced_places):
        return None
    minutes = budget.minutes - sum(map(situation.minutes, forced))
    sessions = budget.sessions
    if sessions is not None:
        sessions -= sum(entry.track.sessions for entry in forced)
    if minutes < 0 or (sessions is not None and sessions < 0):
        return None
    free = [
        entry
        for entry in sorted(able, key=lambda entry: entry.place)
        if entry.place not in forced_places
        and situation.minutes(entry) <= minutes
        and (sessions is None or entry.track.sessions <= sessions)
    ]
    width, scale, moves = _priced(situation, free)
    start, waiting = settle(
        situation.start, [Move(entry.needs, entry.gives, 0, 0) for entry in forced]
    )
    task = Task(
        start,
        moves,
        waiting,
        _ladders(situation, wants, waiting, start),
        minutes,
        sessions,
        width,
        scale,
        tuple(entry.place for entry in free),
    )
    return task, frozenset(forced_places)


def _priced(situation: Situation, free: Sequence[Entry]) -> tuple[int, int, tuple[Move, ...]]:
    count = len(free)
    shared = [len(situation.interests & entry.interests) for entry in free]
    scale = sum(shared) + 1
    width = ((count + 1) * scale << count).bit_length()
    moves = []
    for rank, entry in enumerate(free):
        kept = entry.track.id in situation.current
        gain = (kept * scale + shared[rank]) << count | 1 << (count - 1 - rank)
        cost = (situation.minutes(entry) << width) - gain
        moves.append(Move(entry.needs, entry.gives, cost, entry.track.sessions))
    return width, scale, tuple(moves)


def _ladders(
    situation: Situation, wants: Sequence[Want], waiting: Sequence[Move], start: int
) -> tuple[Ladder, ...]:
    """A ladder for each skill that is wanted, or that a forced move waits for."""
    catalogue = situation.catalogue
    needed = 0
    for move in waiting:
        needed |= move.needs & ~start
    by_skill = {want.skill: want for want in wants}
    ladders = []
    for skill in catalogue.skills:
        want = by_skill.get(skill, Want(skill))
        now = catalogue.level(skill, start)
        floor = max(want.at_least, catalogue.top_level(skill, needed))
        top = max(want.target, floor)
        if top > now:
            levels = range(now + 1, top + 1)
            ladders.append(
                Ladder(
                    tuple(catalogue.level_bit(skill, level) for level in levels),
                    tuple(want.weight if level <= want.target else 0 for level in levels),
                    max(floor - now, 0),
                )
            )
    return tuple(ladders)
