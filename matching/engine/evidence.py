"""The proof of a match as prices, so that anyone can check it against all pairs.

Each part says: whoever is chosen, the pairs are worth no more than the bound. To check it, take for
every allowed pair that is not locked, and scores no less than `least`, what it is worth beyond the
prices of its two people, if anything; add to the sum each person's price times the places that
locked pairs leave them (at most as many as there are people on the other side). That is the bound.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.engine.flow import Cut
from matching.engine.solver import Solution
from matching.engine.tables import Tables


@dataclass(frozen=True, slots=True)
class Bound:
    """A pair is worth `pair`, and its score if `with_score`. `least` is in thousandths."""

    pair: int
    with_score: bool
    least: int
    mentors: Mapping[str, int]
    mentees: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "pair": self.pair,
            "with_score": self.with_score,
            "least": self.least,
            "mentors": dict(self.mentors),
            "mentees": dict(self.mentees),
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """`count`: no choice has more pairs. `worst`: pairs that score more than the worst one are
    too few. `total`: of the pairs from there on no choice has more, and none as many a higher sum.

    Under the objective `total` the last is enough, and the first two are missing.
    """

    count: Bound | None
    worst: Bound | None
    total: Bound

    def as_json(self) -> dict[str, Any]:
        return {
            "count": self.count and self.count.as_json(),
            "worst": self.worst and self.worst.as_json(),
            "total": self.total.as_json(),
        }


def evidence_of(tables: Tables, solution: Solution) -> Evidence:
    proof = solution.proof
    worst = solution.worst or 0
    total = Bound(
        pair=proof.pair_price,
        with_score=True,
        least=worst if proof.count else 0,
        mentors=_priced(tables.mentors.place, proof.prices.row.tolist()),
        mentees=_priced(tables.mentees.place, proof.prices.column.tolist()),
    )
    if proof.count is None:
        return Evidence(None, None, total)
    fairest = _cut(tables, proof.worst, worst + 1)
    return Evidence(_cut(tables, proof.count, 0), fairest, total)


def _cut(tables: Tables, cut: Cut | None, least: int) -> Bound:
    """A cut as prices: one for each mentor outside and each mentee inside. No cut: no such pair."""
    mentors = [0] * len(tables.mentors.people) if cut is None else (~cut.rows).astype(int).tolist()
    mentees = [0] * len(tables.mentees.people) if cut is None else cut.columns.astype(int).tolist()
    return Bound(
        pair=1,
        with_score=False,
        least=least,
        mentors=_priced(tables.mentors.place, mentors),
        mentees=_priced(tables.mentees.place, mentees),
    )


def _priced(ids: Iterable[str], prices: list[int]) -> dict[str, int]:
    return dict(zip(ids, prices, strict=True))
