"""Why two people are not matched: every rule between them, or what matching them would cost."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.engine.constraints import BELOW_MINIMUM, RULES, RULES_FOR_LOCKED
from matching.engine.explanation import covers
from matching.engine.pairing import solve_valid
from matching.engine.problem import Problem, exact
from matching.engine.questions.changes import MENTEE, MENTOR, Comparison, Entry, compare
from matching.engine.questions.price import insisting
from matching.engine.result import Pair, Result
from matching.engine.scoring import THOUSAND, parts, scores
from matching.engine.tables import tables_of

CHOSEN, LOCKED, BARRED, FULL, NOT_CHOSEN = "chosen", "locked", "barred", "full", "not_chosen"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`answer` is one of chosen, locked, barred, full (locked pairs fill someone), not_chosen.

    `rules` are all that bar the two, first failing first. `score` and `parts` are what the two
    are worth, in thousandths of a point. `price` is what locking them would change: given where
    they are not chosen and may be locked, as poor pairs may though they are barred.
    """

    mentor: str
    mentee: str
    answer: str
    score: int
    parts: dict[str, int]
    rules: tuple[str, ...]
    full: tuple[Entry, ...]
    price: Comparison | None

    def as_json(self) -> dict[str, Any]:
        return {
            "mentor": self.mentor,
            "mentee": self.mentee,
            "answer": self.answer,
            "score": self.score,
            "parts": dict(self.parts),
            "rules": list(self.rules),
            "full": [entry.as_json() for entry in self.full],
            "price": self.price and self.price.as_json(),
        }


def why_not(problem: Problem, mentor: str, mentee: str, result: Result | None = None) -> WhyNot:
    """Expects a valid problem; `result` is its match, if at hand. Solves twice at most."""
    score, by_criterion, rules = between(problem, mentor, mentee)
    pair = (mentor, mentee)
    full = _without_place(problem, mentor, mentee)
    price = None
    if pair in set(problem.locked):
        answer, full = LOCKED, ()
    else:
        found = solve_valid(problem) if result is None else result
        if pair in {(one.mentor, one.mentee) for one in found.pairs}:
            answer = CHOSEN
        else:
            answer = BARRED if rules else FULL if full else NOT_CHOSEN
            if not full and not _keeps_apart(rules):
                price = compare(problem, insisting(problem, lock=[pair]), found)
    return WhyNot(mentor, mentee, answer, score, by_criterion, rules, full, price)


def between(
    problem: Problem, mentor: str, mentee: str
) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The score of two people, its parts, and every rule that bars them, in the rules' order."""
    tables = tables_of(problem)
    row = np.array([tables.mentors.place[mentor]], dtype=np.int64)
    column = tables.mentees.place[mentee]
    score = int(scores(tables, row)[0, column])
    failing = [rule.__name__ for rule in RULES if rule(tables, row)[0, column]]
    if score < exact(problem.rules.minimum_score) * THOUSAND:
        failing.append(BELOW_MINIMUM)
    by_criterion = {name: int(part[0, column]) for name, part in parts(tables, row).items()}
    return score, by_criterion, tuple(failing)


def pair_of_two(problem: Problem, mentor: str, mentee: str) -> Pair:
    """What these two ids would be worth together, allowed or not, without asking of anyone else."""
    score, by_criterion, _ = between(problem, mentor, mentee)
    (first,) = (person for person in problem.mentors if person.id == mentor)
    (second,) = (person for person in problem.mentees if person.id == mentee)
    return Pair(mentor, mentee, score, by_criterion, covers(first, second), locked=False)


def _keeps_apart(rules: tuple[str, ...]) -> bool:
    return any(rule.__name__ in rules for rule in RULES_FOR_LOCKED)


def _without_place(problem: Problem, mentor: str, mentee: str) -> tuple[Entry, ...]:
    """Who of the two has all places filled by locked pairs."""
    held = Counter(Entry(id, MENTOR) for id, _ in problem.locked)
    held += Counter(Entry(id, MENTEE) for _, id in problem.locked)
    asked = (Entry(mentor, MENTOR), Entry(mentee, MENTEE))
    room = {Entry(person.id, MENTOR): person.capacity for person in problem.mentors}
    room |= {Entry(person.id, MENTEE): person.capacity for person in problem.mentees}
    return tuple(entry for entry in asked if held[entry] >= room[entry])
