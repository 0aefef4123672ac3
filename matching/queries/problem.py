"""The engine's problem, gathered from rows: six queries, however many people.

People go by the number of their row and nothing else, so that a round kept for the record holds
no name and no address.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from matching.models import Expertise, Goal, Pair, Participant, Programme
from matching.moves import FINISHED
from matching.queries.standing import OVER, standing_pairs
from portal.zones import find_zone

Ids = tuple[str, str]


@dataclass(frozen=True)
class Gathered:
    """What the rows say. `held` are the standing pairs, `barred` those that must not be."""

    mentors: dict[str, dict[str, Any]]
    mentees: dict[str, dict[str, Any]]
    held: tuple[Ids, ...]
    barred: tuple[Ids, ...]
    rules: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    objective: str = "fair"

    def problem(self, set_aside: Iterable[Ids] = ()) -> dict[str, Any]:
        """The problem in the form of the engine's contract.

        Standing pairs are locked. The engine takes no locked pair that breaks a rule, and people
        may have been paired under other rules: pairs in `set_aside` fill their two places without
        being part of the problem, and someone with no place left is no part of it either.
        """
        aside = set(set_aside)
        taken = (Counter(mentor for mentor, _ in aside), Counter(mentee for _, mentee in aside))
        sides = [
            [
                {**person, "capacity": person["capacity"] - filled[key]}
                for key, person in people.items()
                if person["capacity"] > filled[key]
            ]
            for people, filled in zip((self.mentors, self.mentees), taken, strict=True)
        ]
        there = [{person["id"] for person in side} for side in sides]
        return {
            "mentors": sides[0],
            "mentees": sides[1],
            "rules": self.rules,
            "weights": self.weights,
            "locked": [list(pair) for pair in self.held if pair not in aside],
            "forbidden": [
                list(pair)
                for pair in sorted({*self.barred, *aside})
                if pair[0] in there[0] and pair[1] in there[1]
            ],
            "objective": self.objective,
        }


def gather_problem(programme: Programme, *, without: Pair | None = None) -> Gathered:
    """What the rows say; of the pair `without`, as if it had ended."""
    standing = standing_pairs(programme).order_by("pk")
    if without is not None:
        standing = standing.exclude(pk=without.pk)
    held = tuple(
        (str(mentor), str(mentee))
        for mentor, mentee in standing.values_list("mentor_id", "mentee_id")
    )
    over = programme.pairs.filter(stage__in=OVER).order_by().values_list("mentor_id", "mentee_id")
    bars = programme.bars.order_by().values_list("mentor_id", "mentee_id")
    barred = {(str(mentor), str(mentee)) for mentor, mentee in over.union(bars)}
    if without is not None:
        barred.add((str(without.mentor_id), str(without.mentee_id)))
    mentors, mentees = _people(programme, held)
    return Gathered(
        mentors=mentors,
        mentees=mentees,
        held=held,
        barred=tuple(sorted(barred)),
        rules={
            "mentor_is_junior": programme.mentor_is_junior,
            "shared_language": programme.shared_language,
            "working_hours_overlap": programme.working_hours_overlap,
            "minimum_score": programme.minimum_score,
            "style": programme.style,
        },
        weights={
            name: getattr(programme, f"weight_{name}")
            for name in ("skill_gap", "interests", "wishes", "distance", "way_of_working")
        },
        objective=programme.objective,
    )


def _people(
    programme: Programme, held: tuple[Ids, ...]
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Both sides by id. Who left, or changed sides, stays as long as a pair holds them, without
    room for another."""
    filled = (Counter(mentor for mentor, _ in held), Counter(mentee for _, mentee in held))
    had_theirs = Counter(
        str(mentee)
        for mentee in programme.pairs.filter(stage__in=FINISHED).values_list("mentee_id", flat=True)
    )
    had = (Counter[str](), had_theirs)
    rows = list(
        programme.participants.filter(
            Q(withdrawn_at__isnull=True, person__is_active=True)
            | Q(pk__in={*filled[0], *filled[1]})
        )
        .select_related("person")
        .order_by("pk")
    )
    managers = _ManagerIds(rows)
    levels = _levels(programme)
    goals = _goals(programme)
    sides: tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]] = ({}, {})
    for row in rows:
        key = str(row.pk)
        person = _person(row, programme.starts_on, managers.get(row.manager_email))
        person |= {"levels": levels.get(row.pk, {}), "goals": goals.get(row.pk, {})}
        here = (row.is_mentor, row.is_mentee)
        for side, pairs, done, is_here in zip(sides, filled, had, here, strict=True):
            is_open = row.withdrawn_at is None and row.person.is_active
            wanted = row.capacity - done[key] if is_here and is_open else 0
            if capacity := max(wanted, pairs[key]):
                side[key] = {**person, "capacity": capacity}
    return sides


def _person(row: Participant, starts_on: date, manager: str) -> dict[str, Any]:
    person: dict[str, Any] = {
        "id": str(row.pk),
        "department": row.department,
        "location": row.location,
        "languages": row.languages,
        "meets": row.meets,
        "style": row.style,
        "interests": row.interests,
        "manager": manager,
    }
    if row.seniority_years is not None:
        person["seniority"] = float(row.seniority_years)
    offset = utc_offset(row.time_zone, starts_on)
    if offset is not None:
        person["utc_offset"] = offset
    return person


def utc_offset(zone: str, day: date) -> float | None:
    """Hours east of UTC at noon of that day; None for a zone that is empty or unknown."""
    found = find_zone(zone)
    offset = datetime.combine(day, time(12), tzinfo=found).utcoffset() if found else None
    return None if offset is None else offset.total_seconds() / 3600


class _ManagerIds:
    """Ids of managers by address; one who is not in the programme gets an id of their own."""

    def __init__(self, rows: list[Participant]) -> None:
        self._ids = {row.person.email.lower(): str(row.pk) for row in rows}
        outside = {row.manager_email.lower() for row in rows} - set(self._ids) - {""}
        self._ids |= {email: f"outside-{place}" for place, email in enumerate(sorted(outside), 1)}

    def get(self, email: str) -> str:
        return self._ids.get(email.lower(), "")


def _levels(programme: Programme) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = Expertise.objects.filter(participant__programme=programme)
    for participant, skill, level in rows.values_list("participant_id", "skill__name", "level"):
        found.setdefault(participant, {})[skill] = level
    return found


def _goals(programme: Programme) -> dict[int, dict[str, dict[str, int]]]:
    found: dict[int, dict[str, dict[str, int]]] = {}
    rows = Goal.objects.filter(participant__programme=programme)
    for participant, skill, target, weight in rows.values_list(
        "participant_id", "skill__name", "target", "weight"
    ):
        found.setdefault(participant, {})[skill] = {"target": target, "weight": weight}
    return found
