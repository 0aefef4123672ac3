"""A dry run as a person looks at it: counts, and the rows they asked for.

The review of a large file is made once and kept as lines of text beside the file, with the place of
each, so that a page of it reads fifty lines and not the whole file.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import ngettext

from matching.services.imports.planning import ImportPlan, Outcome, RowPlan
from matching.services.imports.problems import Offer, Problem

# First what wants to be looked at.
ORDER = (Outcome.REFUSED, Outcome.CHANGED, Outcome.CREATED, Outcome.UNCHANGED)
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """`told` are problems as (column, what is wrong), `changes` as (column, before, after)."""

    number: int
    outcome: str
    email: str
    name: str
    role: str = ""
    goals: int = 0
    skills: int = 0
    told: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """The first of many names, and how many more there are."""

    names: tuple[str, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, names: Sequence[str]) -> "Named":
        return cls(tuple(names[:MOST_NAMED]), max(len(names) - MOST_NAMED, 0))

    @property
    def in_words(self) -> str:
        listed = ", ".join(self.names)
        if not self.more:
            return listed
        text = ngettext("%(listed)s and %(more)d more", "%(listed)s and %(more)d more", self.more)
        return text % {"listed": listed, "more": self.more}


@dataclass(frozen=True)
class Verdict:
    """What a file comes to; `file_problems` are those of one that is no list of people at all."""

    counts: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    file_problems: tuple[Problem, ...] = ()
    lacks: tuple[str, ...] = ()
    unknown_columns: Named = Named()
    new_skills: Named = Named()
    loops: Named = Named()
    offer: Offer | None = None

    @property
    def is_clean(self) -> bool:
        return not self.refused

    @property
    def changes_nothing(self) -> bool:
        return self.is_clean and not (
            self.counts.get(Outcome.CREATED) or self.counts.get(Outcome.CHANGED)
        )

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Review:
    """`rows` in the order of `ORDER`; those of one outcome stand together."""

    verdict: Verdict
    rows: Sequence[ReviewRow]
    made_at: datetime

    def shown(self, outcome: str) -> "Sequence[ReviewRow]":
        """The rows of one outcome, or with "" all of them."""
        if not outcome:
            return self.rows
        place = ORDER.index(Outcome(outcome))
        counts = self.verdict.counts
        start = sum(counts.get(one, 0) for one in ORDER[:place])
        return Part(self.rows, start, start + counts.get(outcome, 0))


class Part(Sequence[ReviewRow]):
    """Some rows of a review, without a copy of them."""

    def __init__(self, rows: Sequence[ReviewRow], start: int, stop: int) -> None:
        self.rows, self.start, self.stop = rows, start, stop

    def __len__(self) -> int:
        return self.stop - self.start

    def __getitem__(self, place: Any) -> Any:
        start, stop, _step = place.indices(len(self))
        return self.rows[self.start + start : self.start + stop]


class KeptRows(Sequence[ReviewRow]):
    """Rows in a file, read a part at a time; `places` says at which byte each begins."""

    def __init__(self, places: Sequence[int], open_file: Callable[[], IO[bytes]]) -> None:
        self.places, self.open_file = places, open_file

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place: Any) -> Any:
        start, stop, _step = place.indices(len(self))
        if start >= stop:
            return []
        with self.open_file() as file:
            file.seek(self.places[start])
            return [_row_from(json.loads(file.readline())) for _ in range(stop - start)]


def in_parts(rows: Sequence[ReviewRow], size: int = 500) -> Iterator[ReviewRow]:
    for start in range(0, len(rows), size):
        yield from rows[start : start + size]


def review_plan(plan: ImportPlan) -> Review:
    rows = sorted(plan.rows, key=lambda row: (ORDER.index(row.outcome), row.number))
    verdict = Verdict(
        counts={str(one): plan.count(one) for one in ORDER},
        refused=plan.refused,
        file_problems=() if plan.rows else plan.problems,
        lacks=plan.lacks,
        unknown_columns=Named.of(plan.unknown_columns),
        new_skills=Named.of(plan.new_skills),
        loops=Named.of(plan.loops),
        offer=plan.offer,
    )
    return Review(verdict, [_row(row) for row in rows], timezone.now())


def _row(row: RowPlan) -> ReviewRow:
    person = row.person
    return ReviewRow(
        number=row.number,
        outcome=str(row.outcome),
        email=row.email,
        name=row.name,
        role=person.role if person else "",
        goals=len(person.goals) if person else 0,
        skills=len(person.expertise) if person else 0,
        told=tuple((problem.column, problem.problem) for problem in row.problems),
        changes=tuple((change.column, change.before, change.after) for change in row.changes),
        notes=row.notes,
    )


def review_as_lines(review: Review, token: str) -> bytes:
    """A head in the first line, then a line a row; the head says where after it each begins."""
    lines = [json.dumps(asdict(row), ensure_ascii=False).encode() + b"\n" for row in review.rows]
    places, place = [], 0
    for line in lines:
        places.append(place)
        place += len(line)
    head = {
        "token": token,
        "verdict": asdict(review.verdict),
        "made_at": review.made_at.isoformat(),
        "places": places,
    }
    return b"".join([json.dumps(head, ensure_ascii=False).encode(), b"\n", *lines])


def review_from(head: bytes, token: str, open_file: Callable[[], IO[bytes]]) -> Review | None:
    """A review as it was kept; None if it is that of another file."""
    known = json.loads(head)
    if known["token"] != token:
        return None
    found = known["verdict"]
    offer = found["offer"]
    verdict = Verdict(
        counts=found["counts"],
        refused=found["refused"],
        file_problems=tuple(Problem(**one) for one in found["file_problems"]),
        lacks=tuple(found["lacks"]),
        unknown_columns=Named(**found["unknown_columns"]),
        new_skills=Named(**found["new_skills"]),
        loops=Named(**found["loops"]),
        offer=Offer(**offer) if offer else None,
    )
    rows = KeptRows([len(head) + place for place in known["places"]], open_file)
    return Review(verdict, rows, datetime.fromisoformat(known["made_at"]))


def _row_from(known: dict[str, Any]) -> ReviewRow:
    for name in ("told", "changes", "notes"):
        known[name] = tuple(tuple(part) if isinstance(part, list) else part for part in known[name])
    return ReviewRow(**known)
