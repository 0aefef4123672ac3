"""Why a goal was not met: the first of the pair's terms whose relaxing would have taken it on.

The goal is taken alone, with the locked tracks kept. Terms are relaxed one after the other and
stay relaxed: none, the budget, the exclusions, the languages, the guide's levels. What a plan
without a budget can reach is the closure of all tracks that the terms allow; the locked ones are
among them, for the pair has a plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .catalogue import closure
from .problem import HIGHEST_LEVEL, Budget
from .result import Detail, Unmet, UnmetCause
from .situation import EVERY_LEVEL, Situation, Terms
from .solver import best_set
from .task import Want


def unmet_goals(situation: Situation, facts: int) -> tuple[Unmet, ...]:
    """Every goal that ends below its target where `facts` hold, by skill."""
    unmet = []
    for skill, goal in sorted(situation.pair.goals.items()):
        reached = situation.level(skill, facts)
        if reached < goal.target:
            cause, detail = _Question(situation, skill, reached).answer()
            unmet.append(Unmet(skill, reached, goal.target, cause, detail))
    return tuple(unmet)


class _Question:
    """Why one goal did not get past `reached`."""

    def __init__(self, situation: Situation, skill: str, reached: int) -> None:
        self._situation = situation
        self._skill = skill
        self._past = reached + 1

    def answer(self) -> tuple[UnmetCause, Detail]:
        terms = self._situation.terms
        if self._would_do(terms):
            within = self._fewest_minutes(self._situation.pair.budget)
            if within is not None:
                return UnmetCause.OUTWEIGHED, Detail()
            return UnmetCause.NO_TIME, self._time_missing()
        returned = replace(terms, excluded=frozenset())
        if self._would_do(returned):
            return UnmetCause.EXCLUDED, self._tracks_missing(terms)
        spoken = replace(returned, languages=frozenset())
        if self._would_do(spoken):
            return UnmetCause.LANGUAGE, self._languages_missing(returned)
        if self._would_do(replace(spoken, guide=EVERY_LEVEL)):
            return UnmetCause.GUIDE_LEVEL, self._guide_missing(spoken)
        return UnmetCause.NO_TRACK, Detail()

    def _would_do(self, terms: Terms) -> bool:
        """Does some plan under these terms, without a budget, get past `reached`?"""
        facts, _ = closure(self._situation.start, self._situation.usable(terms))
        return self._situation.level(self._skill, facts) >= self._past

    def _fewest_minutes(self, budget: Budget) -> tuple[int, ...] | None:
        want = Want(self._skill, at_least=self._past)
        return best_set(self._situation, [want], self._situation.locked, budget)

    def _time_missing(self) -> Detail:
        """Minutes and sessions over the budget, by the plan with the fewest minutes within twice
        the budget; of several, the one that is best for the goal alone."""
        situation = self._situation
        budget = situation.pair.budget
        sessions = None if budget.sessions is None else 2 * budget.sessions
        fewest = self._fewest_minutes(Budget(2 * budget.minutes, sessions))
        if fewest is None:
            return Detail()
        minutes, _ = totals(situation, fewest)
        goal = situation.pair.goals[self._skill]
        want = Want(self._skill, goal.target, goal.weight, self._past)
        best = best_set(situation, [want], situation.locked, Budget(minutes, sessions))
        assert best is not None, "the plan with the fewest minutes fits its own minutes"
        minutes, takes = totals(situation, best)
        limit = takes if budget.sessions is None else budget.sessions
        return Detail(minutes=max(minutes - budget.minutes, 0), sessions=max(takes - limit, 0))

    def _tracks_missing(self, terms: Terms) -> Detail:
        catalogue = self._situation.catalogue
        would_do = [
            place
            for place in self._situation.places(terms.excluded)
            if self._would_do(
                replace(terms, excluded=terms.excluded - {catalogue.entries[place].track.id})
            )
        ]
        return Detail(tracks=tuple(catalogue.entries[place].track.id for place in would_do))

    def _languages_missing(self, terms: Terms) -> Detail:
        would_do = [
            language
            for language in self._situation.catalogue.languages
            if self._would_do(replace(terms, languages=terms.languages | {language}))
        ]
        return Detail(languages=tuple(would_do))

    def _guide_missing(self, terms: Terms) -> Detail:
        """The least level that would do if the guide held it, or more, on every skill."""
        catalogue = self._situation.catalogue
        for level in range(1, HIGHEST_LEVEL + 1):
            held = catalogue.levels(dict.fromkeys(catalogue.skills, level))
            if self._would_do(replace(terms, guide=terms.guide | held)):
                return Detail(guide=level)
        raise AssertionError("a guide at the highest level holds every level")


def totals(situation: Situation, places: Iterable[int]) -> tuple[int, int]:
    """Minutes and sessions of a set of tracks."""
    entries = [situation.catalogue.entries[place] for place in places]
    return (
        sum(map(situation.minutes, entries)),
        sum(entry.track.sessions for entry in entries),
    )
