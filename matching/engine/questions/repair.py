"""A pair has come apart: new partners for the two, with the fewest standing pairs changed.

A choice breaks some standing pairs and makes new ones. Whoever loses a partner by it gets another
in exchange, so that nobody pays with their place; each broken pair is part of a chain that begins
at the freed mentor or ends at the freed mentee; people with free places may be partners. Among
choices that break as many pairs, the best is the one whose new pairs are best by the objective:
the most, then (if fair) the highest worst score, then the highest total, where a broken pair
counts as one pair less and its score is taken off.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from matching.engine.problem import Problem
from matching.engine.questions.changes import (
    MENTEE,
    MENTOR,
    Entry,
    Ids,
    Moved,
    Outcome,
    Tie,
)
from matching.engine.questions.exchanges import Exchange, Exchanges

MOST_CHANGES = 2
MOST_CHOICES = 3
NOTHING = Outcome(0, None, 0)


@dataclass(frozen=True, slots=True)
class Link:
    """Two people and what they are worth together, in thousandths of a point."""

    mentor: str
    mentee: str
    score: int

    def as_json(self) -> dict[str, Any]:
        return {"mentor": self.mentor, "mentee": self.mentee, "score": self.score}


@dataclass(frozen=True, slots=True)
class Choice:
    """`outcome` counts the new pairs less the broken ones, the worst score among the new, and
    the new scores less the broken. `people` are all whose partners change."""

    broken: tuple[Link, ...]
    made: tuple[Link, ...]
    outcome: Outcome
    people: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "broken": [link.as_json() for link in self.broken],
            "made": [link.as_json() for link in self.made],
            "outcome": self.outcome.as_json(),
            "people": [one.as_json() for one in self.people],
        }


@dataclass(frozen=True, slots=True)
class Step:
    """What can be had for `changes` broken pairs, best first; each choice is better than
    `before`, the best that fewer changes give."""

    changes: int
    before: Outcome
    choices: tuple[Choice, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "changes": self.changes,
            "before": self.before.as_json(),
            "choices": [choice.as_json() for choice in self.choices],
        }


def repair(
    problem: Problem,
    freed: tuple[str | None, str | None],
    *,
    breakable: Collection[Ids] | None = None,
    most_changes: int = MOST_CHANGES,
    most_choices: int = MOST_CHOICES,
) -> tuple[Step, ...]:
    """New partners for the freed mentor and mentee (None: nobody was freed on that side).

    Expects a valid problem in which standing pairs are locked and the pair that came apart is
    forbidden. `breakable` are the locked pairs that may be broken, None for all. A step without
    a gain over the one before is left out; at most two pairs are ever broken.
    """
    exchanges = Exchanges(problem, freed, breakable)
    steps, best = [], NOTHING
    for changes in range(most_changes + 1):
        found = exchanges.best(changes, best.aims(problem.objective), most_choices)
        if found:
            choices = tuple(_choice(exchanges, one) for one in found)
            steps.append(Step(changes, best, choices))
            best = choices[0].outcome
    return tuple(steps)


def repaired(problem: Problem, choice: Choice) -> Problem:
    """The problem with the choice carried out: its new pairs stand, its broken ones are barred."""
    broken = {(link.mentor, link.mentee) for link in choice.broken}
    return replace(
        problem,
        locked=(
            *(pair for pair in problem.locked if pair not in broken),
            *((link.mentor, link.mentee) for link in choice.made),
        ),
        forbidden=(*problem.forbidden, *sorted(broken)),
    )


def _choice(exchanges: Exchanges, found: Exchange) -> Choice:
    broken, made = (
        tuple(sorted((Link(*exchanges.named(pair)) for pair in pairs), key=_by_names))
        for pairs in (found.broken, found.made)
    )
    scores = [link.score for link in made]
    lost = sum(link.score for link in broken)
    outcome = Outcome(len(made) - len(broken), min(scores), sum(scores) - lost)
    return Choice(broken, made, outcome, _people(broken, made))


def _people(broken: Iterable[Link], made: Iterable[Link]) -> tuple[Moved, ...]:
    had, has = _ties(broken), _ties(made)
    entries = sorted({*had, *has}, key=lambda entry: (entry.side != MENTOR, entry.id))
    return tuple(
        Moved(entry.id, entry.side, tuple(had.get(entry, ())), tuple(has.get(entry, ())))
        for entry in entries
    )


def _ties(links: Iterable[Link]) -> dict[Entry, list[Tie]]:
    found: dict[Entry, list[Tie]] = {}
    for link in links:
        found.setdefault(Entry(link.mentor, MENTOR), []).append(Tie(link.mentee, link.score))
        found.setdefault(Entry(link.mentee, MENTEE), []).append(Tie(link.mentor, link.score))
    return found


def _by_names(link: Link) -> Ids:
    return (link.mentor, link.mentee)
