"""Every exchange between a freed mentor, a freed mentee and up to two standing pairs.

Named as on paper: `a` is the freed mentor, `b` the freed mentee, (m, n) a standing pair that is
broken, x a mentor and y a mentee with a free place. All ways there are, with their optional pairs
in brackets:

    no pair broken     [a–y] [x–b]
    one, (m, n)        a–n m–b          a–n m–y [x–b]         x–n m–b [a–y]
    two, also (p, q)   a–n m–q p–b      a–n m–q p–y [x–b]     x–n m–q p–b [a–y]
                       a–n m–y x–q p–b

A free partner is always the best one, since another would make neither more pairs nor better
ones; only where that would make one pair twice is the next best taken.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from matching.engine.constraints import verdicts
from matching.engine.graph import BoolArray, IntArray, Whole
from matching.engine.problem import Problem
from matching.engine.questions.changes import FAIR, Ids
from matching.engine.scoring import scores
from matching.engine.tables import tables_of

Place = tuple[int, int]
NEVER = -1
ROWS_AT_ONCE = 256
# Free partners looked at for one place: one, and others for where it is taken or a choice is asked.
FEW = 4
# The pairs made, by number of pairs broken; in brackets those made only if they can be.
WAYS: tuple[tuple[str, ...], ...] = (
    ("[ay] [xb]",),
    ("an mb", "an my [xb]", "xn mb [ay]"),
    ("an mq pb", "an mq py [xb]", "xn mq pb [ay]", "an my xq pb"),
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Pairs by their places on both sides; `aims` are what the objective asks, the best highest."""

    aims: tuple[int, ...]
    broken: tuple[Place, ...]
    made: tuple[Place, ...]


class Exchanges:
    """`worth[m, n]` is the score of a pair that may be made, NEVER where it may not."""

    def __init__(
        self,
        problem: Problem,
        freed: tuple[str | None, str | None],
        breakable: Collection[Ids] | None,
    ) -> None:
        self.tables = tables_of(problem)
        self.is_fair = (problem.objective or FAIR) == FAIR
        mentors, mentees = self.tables.mentors, self.tables.mentees
        standing = [(mentors.place[m], mentees.place[n]) for m, n in problem.locked]
        self.scores, self.worth = self._matrices(standing)
        allowed = None if breakable is None else set(breakable)
        pairs = sorted(
            place
            for pair, place in zip(problem.locked, standing, strict=True)
            if allowed is None or pair in allowed
        )
        self.m, self.n = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
        room = [mentors.capacity.copy(), mentees.capacity.copy()]
        for m, n in standing:
            room[0][m] -= 1
            room[1][n] -= 1
        self.a, self.b = (
            None if id is None or not room[k][side.place[id]] else side.place[id]
            for k, (id, side) in enumerate(zip(freed, (mentors, mentees), strict=True))
        )
        for k, one in enumerate((self.a, self.b)):
            if one is not None:
                room[k][one] = 0
        self.free_mentors = room[0].nonzero()[0]
        self.free_mentees = room[1].nonzero()[0]
        self.best_y = self.worth[:, self.free_mentees].max(axis=1, initial=NEVER)
        self.best_x = self.worth[self.free_mentors].max(axis=0, initial=NEVER)

    def _matrices(self, standing: Collection[Place]) -> tuple[Whole, Whole]:
        tables = self.tables
        found = [np.zeros((0, len(tables.mentees.people)), dtype=np.int64)]
        worth = [found[0]]
        for rows in tables.blocks(np.arange(len(tables.mentors.people))):
            found.append(scores(tables, rows))
            worth.append(np.where(verdicts(tables, rows, found[-1]) == 0, found[-1], NEVER))
        made = np.concatenate(worth)
        for pair in standing:
            made[pair] = NEVER
        return np.concatenate(found), made

    def named(self, pair: Place) -> tuple[str, str, int]:
        m, n = pair
        return (
            self.tables.mentors.people[m].id,
            self.tables.mentees.people[n].id,
            int(self.scores[m, n]),
        )

    def best(self, changes: int, beyond: tuple[int, ...], most: int) -> list[Exchange]:
        """The best exchanges that break so many pairs and reach more than `beyond`, best first."""
        kept: list[Exchange] = []
        for way in WAYS[changes]:
            for block in self._in_order(way, changes, beyond):
                for at, aims in block:
                    if len(kept) == most and aims <= kept[-1].aims:
                        break
                    found = [one for one in self._filled(way, at) if one.aims > beyond]
                    # Sorting is stable: among equals stays first what came first.
                    kept = sorted([*kept, *found], key=_worst_last)[:most]
        return kept

    def _in_order(
        self, way: str, changes: int, beyond: tuple[int, ...]
    ) -> Iterator[Iterator[tuple[tuple[int, ...], tuple[int, ...]]]]:
        """Which pairs to break in this way and what that reaches at best, in blocks of first
        pairs; within a block the best first."""
        if changes == 0:
            yield iter([((), (FEW, *beyond[1:]))])
            return
        second = np.arange(len(self.m) if changes == 2 else 1)
        for start in range(0, len(self.m), ROWS_AT_ONCE):
            first = np.arange(start, min(start + ROWS_AT_ONCE, len(self.m)))
            count, worst, total = self._reached(way, changes, first, second)
            aims = (count, worst, total) if self.is_fair else (count, total)
            better = _beyond(aims, beyond) & (worst != NEVER)
            if changes == 2:
                better &= first[:, None] != second
            rows, columns = better.nonzero()
            reached = [aim[better] for aim in aims]
            yield (
                (
                    (int(first[rows[k]]), int(second[columns[k]]))[:changes],
                    tuple(int(aim[k]) for aim in reached),
                )
                for k in _best_first(reached)
            )

    def _reached(
        self, way: str, changes: int, first: IntArray, second: IntArray
    ) -> tuple[Whole, Whole, Whole]:
        """Pairs made less pairs broken, the worst score made, and the scores made less those
        broken; the worst is NEVER where a pair that is needed may not be made."""
        shape = (len(first), len(second))
        lost = self.scores[self.m[first], self.n[first]][:, None]
        if changes == 2:
            lost = lost + self.scores[self.m[second], self.n[second]]
        count, total = np.full(shape, -changes), np.zeros(shape, dtype=lost.dtype) - lost
        worst = np.full(shape, self.worth.max(initial=0), dtype=lost.dtype)
        for token in way.split():
            gained = np.broadcast_to(self._worth_of(token.strip("[]"), first, second), shape)
            made = gained != NEVER
            worst = np.where(made, np.minimum(worst, gained), worst if "[" in token else NEVER)
            count, total = count + made, total + np.where(made, gained, 0)
        return count, worst, total

    def _worth_of(self, token: str, first: IntArray, second: IntArray) -> Whole:
        """Scores of a pair for each first and second pair broken, to be broadcast."""
        rows, columns = self._places(token, first, second)
        if rows is None or columns is None:
            return np.full((1, 1), NEVER)
        if token[0] == "x":
            found = self.best_x[columns][None, :]
        elif token[1] == "y":
            found = self.best_y[rows][:, None]
        else:
            found = self.worth[np.ix_(rows, columns)]
        # The first pair broken runs down, the second across.
        across: Whole = found.T if token[0] == "p" or token[1] == "n" else found
        return across

    def _places(
        self, token: str, first: IntArray, second: IntArray
    ) -> tuple[IntArray | None, IntArray | None]:
        one = np.arange(1)
        rows = {
            "a": None if self.a is None else np.array([self.a]),
            "m": self.m[first],
            "p": self.m[second],
            "x": one,
        }
        columns = {
            "b": None if self.b is None else np.array([self.b]),
            "n": self.n[first],
            "q": self.n[second],
            "y": one,
        }
        return rows[token[0]], columns[token[1]]

    def _filled(self, way: str, at: tuple[int, ...]) -> list[Exchange]:
        """The way with its free partners named, the best filling that makes no pair twice; with
        no pair broken, several."""
        broken = tuple((int(self.m[k]), int(self.n[k])) for k in at)
        options = [self._options(token, broken) for token in way.split()]
        found = []
        for pairs in product(*options):
            made = tuple(pair for pair in pairs if pair is not None)
            if made and len(set(made)) == len(made):
                found.append(Exchange(self._aims(broken, made), broken, made))
        found.sort(key=_worst_last)
        return found if not at else found[:1]

    def _options(self, token: str, broken: tuple[Place, ...]) -> list[Place | None]:
        """The pairs a token can stand for, the best first; None: it is not made."""
        letters = {"a": self.a, "b": self.b}
        for names, pair in zip(("mn", "pq"), broken, strict=False):
            letters |= dict(zip(names, pair, strict=True))
        mentor, mentee = tuple(token.strip("[]"))
        found: list[Place] = []
        m, n = letters.get(mentor), letters.get(mentee)
        if mentor == "x" and n is not None:
            found = [(x, n) for x in _top(self.worth[:, n], self.free_mentors)]
        elif mentee == "y" and m is not None:
            found = [(m, y) for y in _top(self.worth[m], self.free_mentees)]
        elif m is not None and n is not None:
            found = [(m, n)]
        if "[" not in token:
            return list(found)
        # What can be made is left out only where it would make another pair twice.
        return [*found, None] if broken or not found else list(found)

    def _aims(self, broken: tuple[Place, ...], made: tuple[Place, ...]) -> tuple[int, ...]:
        gained = [int(self.worth[pair]) for pair in made]
        count = len(made) - len(broken)
        total = sum(gained) - sum(int(self.scores[pair]) for pair in broken)
        return (count, min(gained), total) if self.is_fair else (count, total)


def _worst_last(exchange: Exchange) -> list[int]:
    return [-aim for aim in exchange.aims]


def _top(worth: Whole, places: IntArray) -> list[int]:
    """The places of the best few, the first by place among equals."""
    order = np.argsort(-worth[places], kind="stable")[:FEW]
    return [int(place) for place in places[order] if worth[place] != NEVER]


def _beyond(aims: tuple[Whole, ...], least: tuple[int, ...]) -> BoolArray:
    better: BoolArray = np.zeros(aims[0].shape, dtype=np.bool_)
    same: BoolArray = ~better
    for aim, bound in zip(aims, least, strict=True):
        better |= same & (aim > bound)
        same &= aim == bound
    return better


def _best_first(aims: list[Whole]) -> list[int]:
    """Sorted by the first, then the next; stable."""
    order = np.arange(len(aims[0]))
    for aim in reversed(aims):
        order = order[np.argsort(-aim[order], kind="stable")]
    found: list[int] = order.tolist()
    return found
