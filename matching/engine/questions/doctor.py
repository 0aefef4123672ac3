"""What would help whoever has no partner: the smallest single change that places them.

Every remedy was tried: with the change made the problem is solved again, there are more pairs,
everybody who was in a pair still is in one, and so is the person. Smallest first are the kinds in
the order of `KINDS`; within a kind, whoever would fit the person best for capacities, the person's
own level before others' and then the best fit for levels, the first by id for bars, the nearest
threshold for rules. Of each kind a person is offered the first that helps.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from matching.engine.constraints import CODES
from matching.engine.pairing import solve_valid
from matching.engine.problem import Problem
from matching.engine.questions.advice import (
    NO_PLACE,
    NO_SINGLE_CHANGE,
    NOBODY_THERE,
    Advice,
    Diagnosis,
    Remedy,
    RuleCount,
)
from matching.engine.questions.candidates import Candidate, Search
from matching.engine.questions.changes import (
    MENTEE,
    MENTOR,
    Entry,
    Ids,
    Outcome,
    Tie,
    outcome_of,
    ties,
    ties_of,
)
from matching.engine.questions.fitting import Fitting
from matching.engine.questions.relaxations import KINDS, Relaxation, relaxed
from matching.engine.questions.room import room_in
from matching.engine.questions.survey import survey
from matching.engine.result import Result

MOST_SOLVES = 1000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """How far to go, what may be offered, and whom to tell."""

    most_solves: int
    liftable: Collection[Ids] | None
    progress: Progress


def doctor(
    problem: Problem,
    result: Result,
    *,
    most_solves: int = MOST_SOLVES,
    liftable: Collection[Ids] | None = None,
    progress: Progress = lambda solves: None,
) -> Diagnosis:
    """Advice for everybody without a partner in the `result` of a valid problem.

    `liftable` are the pairs of `forbidden` that may be offered to be lifted; None for all.
    `progress` is told after each change that was tried how many there were.
    """
    asked = [Entry(one.id, one.side) for one in result.unmatched]
    return _diagnosis(problem, result, asked, Terms(most_solves, liftable, progress))


def diagnose(
    problem: Problem,
    result: Result,
    person: str,
    *,
    most_solves: int = MOST_SOLVES,
    liftable: Collection[Ids] | None = None,
    progress: Progress = lambda solves: None,
) -> Diagnosis:
    """The same for one person, on each side on which they have no partner."""
    asked = [Entry(one.id, one.side) for one in result.unmatched if one.id == person]
    return _diagnosis(problem, result, asked, Terms(most_solves, liftable, progress))


def _diagnosis(
    problem: Problem,
    result: Result,
    asked: list[Entry],
    terms: Terms,
) -> Diagnosis:
    if not asked:
        return Diagnosis((), 0, complete=True)
    surgery = _Surgery(problem, result, asked, terms)
    for kind in KINDS:
        surgery.try_kind(kind)
    people = tuple(surgery.advice(entry) for entry in asked)
    return Diagnosis(people, surgery.solves, all(person.complete for person in people))


@dataclass(frozen=True, slots=True)
class _Trial:
    """Whom a relaxation placed, with their partners; nobody if it cost somebody their last."""

    outcome: Outcome
    placed: dict[Entry, tuple[Tie, ...]]


class _Surgery:
    """Relaxations tried one after another, each once whomever it is tried for."""

    def __init__(
        self,
        problem: Problem,
        result: Result,
        asked: list[Entry],
        terms: Terms,
    ) -> None:
        self.problem, self.result, self.asked = problem, result, asked
        self.terms, self.solves = terms, 0
        self.people = survey(problem)
        self.room = room_in(self.people.tables, result, problem.locked)
        self.search = Search(problem, self.people, self.room, asked, terms.liftable)
        self.fitting = Fitting(self.people.tables, asked)
        self.had = ties_of(result.pairs).keys()
        self.remedies: dict[Entry, list[Remedy]] = {entry: [] for entry in asked}
        self.cut_short: set[Entry] = set()

    def try_kind(self, kind: str) -> None:
        """For each person the candidates in their own order, until one helps."""
        candidates = list(self.search.of_kind(kind))
        trials: dict[Relaxation, _Trial] = {}
        for entry in self.asked:
            for one in self.fitting.in_order(kind, entry, candidates):
                trial = trials.get(one.relaxation)
                if trial is None:
                    if self.solves >= self.terms.most_solves:
                        self.cut_short.add(entry)
                        break
                    trial = trials[one.relaxation] = self._try(one)
                if entry in trial.placed:
                    self.remedies[entry].append(_remedy(one, trial, entry))
                    break

    def _try(self, candidate: Candidate) -> _Trial:
        self.solves += 1
        found = solve_valid(relaxed(self.problem, candidate.relaxation))
        self.terms.progress(self.solves)
        outcome = outcome_of(found.pairs, set(self.problem.locked))
        has = ties_of(found.pairs)
        if found.count <= self.result.count or not self.had <= has.keys():
            return _Trial(outcome, {})
        placed = {entry: ties(partners) for entry, partners in has.items()}
        return _Trial(
            outcome, {entry: held for entry, held in placed.items() if entry not in self.had}
        )

    def advice(self, entry: Entry) -> Advice:
        k = (MENTOR, MENTEE).index(entry.side)
        place = self.search.place[entry.side][entry.id]
        first, alone = self.people.first[k][place].tolist(), self.people.alone[k][place].tolist()
        there = self.people.only.shape[1 - k]
        allowed = there - sum(first)
        remedies = tuple(self.remedies[entry])
        is_open = remedies or entry in self.cut_short
        reason = None if is_open else self._reason(there, allowed)
        return Advice(
            id=entry.id,
            side=entry.side,
            allowed=allowed,
            rules=tuple(
                RuleCount(str(code), first[at], alone[at])
                for at, code in enumerate(CODES)
                if first[at] or alone[at]
            ),
            remedies=remedies,
            reason=reason,
            missing=self._waiting(entry.side) if reason == NO_PLACE else 0,
            complete=entry not in self.cut_short,
        )

    def _reason(self, there: int, allowed: int) -> str:
        if not there:
            return NOBODY_THERE
        return NO_PLACE if allowed else NO_SINGLE_CHANGE

    def _waiting(self, side: str) -> int:
        """Everyone on this side whom somebody would be allowed with, and who has no partner: each
        of them takes one place more than there are, or there would be more pairs."""
        k = (MENTOR, MENTEE).index(side)
        has_somebody = self.people.allowed.any(axis=1 - k)
        return int((has_somebody & (self.room.held[k] == 0)).sum())


def _remedy(candidate: Candidate, trial: _Trial, entry: Entry) -> Remedy:
    placed = tuple(sorted(trial.placed, key=lambda one: (one.side != MENTOR, one.id)))
    return Remedy(candidate.relaxation, trial.placed[entry], placed, trial.outcome)
