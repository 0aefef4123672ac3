"""One pair before the catalogue: where its learner stands and which tracks its terms allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import Catalogue, Entry
from .problem import PairProblem, folded


@dataclass(frozen=True, slots=True)
class Terms:
    """What rules a track out, apart from budget and levels. No languages: any will do."""

    excluded: frozenset[str]
    languages: frozenset[str]
    guide: int

    def guide_holds(self, entry: Entry) -> bool:
        return not entry.taught & ~self.guide

    def language_shared(self, entry: Entry) -> bool:
        if not self.languages or not entry.languages:
            return True
        return not self.languages.isdisjoint(entry.languages)


EVERY_LEVEL = -1
"""A guide, in facts, who holds every level there is."""


class Situation:
    """The facts of one pair. `locked` are the places of locked tracks still to be done."""

    def __init__(self, catalogue: Catalogue, pair: PairProblem) -> None:
        self.catalogue = catalogue
        self.pair = pair
        self.completed = frozenset(pair.completed)
        self.start = catalogue.levels(pair.levels) | catalogue.done(pair.completed)
        self.terms = Terms(
            frozenset(pair.excluded), folded(pair.languages), catalogue.levels(pair.guide)
        )
        self.locked = self.places(name for name in pair.locked if name not in self.completed)
        self.interests = folded(pair.interests)
        self.current = frozenset(pair.current)

    def places(self, names: Iterable[str]) -> tuple[int, ...]:
        """Places of tracks in the catalogue, by (order, id)."""
        return tuple(sorted(self.catalogue.places[name] for name in names))

    def usable(self, terms: Terms) -> list[Entry]:
        """Tracks that may stand in a plan under these terms, were the levels there."""
        return [
            entry
            for entry in self.catalogue.entries
            if entry.track.id not in self.completed
            and entry.track.id not in terms.excluded
            and terms.guide_holds(entry)
            and terms.language_shared(entry)
        ]

    def minutes(self, entry: Entry) -> int:
        return self.pair.minutes_left.get(entry.track.id, entry.track.minutes)

    def level_now(self, skill: str) -> int:
        return self.pair.levels.get(skill, 0)

    def level(self, skill: str, facts: int) -> int:
        """The learner's level where `facts` hold; what no track teaches stays as it is."""
        if not self.catalogue.skill_mask(skill):
            return self.level_now(skill)
        return self.catalogue.level(skill, facts)
