"""Tracks as facts in whole numbers, so that "is it ready" is one operation on bits.

A fact is one bit: "skill S is at level L or above" (five bits a skill, a level sets all those
below it too), or "track T is done" (only for tracks that another one requires). Facts only ever
come to hold, none is lost; so which tracks of a set can be done does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .problem import HIGHEST_LEVEL, Track, folded


@dataclass(frozen=True, slots=True)
class Entry:
    """A track in bits. `place` is its rank by (order, id); `needs` holds the top bit alone of each
    level asked for; `taught` the top bit of each level a guide must hold (0: self-guided)."""

    place: int
    track: Track
    needs: int
    gives: int
    taught: int
    languages: frozenset[str]
    interests: frozenset[str]


class Catalogue:
    """All tracks of a problem, by (order, id), with the numbering of their facts."""

    def __init__(self, tracks: Iterable[Track]) -> None:
        ordered = sorted(tracks, key=lambda track: (track.order, track.id))
        skills = sorted({outcome.skill for track in ordered for outcome in track.outcomes})
        self._offsets = {skill: HIGHEST_LEVEL * n for n, skill in enumerate(skills)}
        self.skills: Sequence[str] = skills
        self.places: Mapping[str, int] = {track.id: n for n, track in enumerate(ordered)}
        required = sorted({name for track in ordered for name in track.requires})
        first = HIGHEST_LEVEL * len(skills)
        self._flags = {name: 1 << (first + n) for n, name in enumerate(required)}
        self.entries: Sequence[Entry] = [self._entry(n, track) for n, track in enumerate(ordered)]

    def _entry(self, place: int, track: Track) -> Entry:
        needs = taught = 0
        gives = self._flags.get(track.id, 0)
        for outcome in track.outcomes:
            needs |= self.level_bit(outcome.skill, outcome.entry)
            gives |= self.level_bits(outcome.skill, outcome.to)
            taught |= self.level_bit(outcome.skill, outcome.to)
        for name in track.requires:
            needs |= self._flags[name]
        return Entry(
            place,
            track,
            needs,
            gives,
            0 if track.self_guided else taught,
            folded(track.languages),
            folded(track.interests),
        )

    def level_bit(self, skill: str, level: int) -> int:
        """The one fact "at `level` or above"; 0 for level 0 and for a skill no track teaches."""
        offset = self._offsets.get(skill)
        return 0 if offset is None or level < 1 else 1 << (offset + level - 1)

    def level_bits(self, skill: str, level: int) -> int:
        """All facts that hold at `level`."""
        offset = self._offsets.get(skill)
        return 0 if offset is None else ((1 << level) - 1) << offset

    def levels(self, levels: Mapping[str, int]) -> int:
        """The facts that hold at these levels."""
        facts = 0
        for skill, level in levels.items():
            facts |= self.level_bits(skill, level)
        return facts

    def done(self, names: Iterable[str]) -> int:
        """The facts "done" of these tracks."""
        facts = 0
        for name in names:
            facts |= self._flags.get(name, 0)
        return facts

    def level(self, skill: str, facts: int) -> int:
        """The level of a skill that tracks teach, where `facts` hold."""
        return (facts & self.level_bits(skill, HIGHEST_LEVEL)).bit_count()

    def top_level(self, skill: str, facts: int) -> int:
        """The highest level of a skill that one of `facts` speaks of; 0 if none does."""
        offset = self._offsets[skill]
        return ((facts & self.skill_mask(skill)) >> offset).bit_length()

    def skill_mask(self, skill: str) -> int:
        return self.level_bits(skill, HIGHEST_LEVEL)

    @cached_property
    def languages(self) -> Sequence[str]:
        """Every language that a track names, as compared."""
        return sorted(frozenset[str]().union(*(entry.languages for entry in self.entries)))


def closure(facts: int, entries: Iterable[Entry]) -> tuple[int, list[Entry]]:
    """All that can come to hold from `facts` with these tracks and no budget, and who took part."""
    waiting = list(entries)
    stood: list[Entry] = []
    while True:
        blocked = []
        for entry in waiting:
            if entry.needs & ~facts:
                blocked.append(entry)
            else:
                facts |= entry.gives
                stood.append(entry)
        if len(blocked) == len(waiting):
            return facts, stood
        waiting = blocked
