"""The engine's problem, gathered from rows: seven queries, however many people.

People go by the number of their row and nothing else, so that a round kept for the record holds
no name and no address.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from matching.models import Expertise, Goal, Pair, Participant, Programme
from matching.moves import FINISHED
from matching.queries.standing import OVER, standing_pairs
from matching.rules import rules_of
from portal.zones import find_zone

Ids = tuple[str, str]


@dataclass(frozen=True)
class Gathered:
    """What the rows say.

    `held` are the standing pairs, `barred` those that must not be, `kept` those that coordinators
    keep together and that are no pair yet.
    """

    mentors: dict[str, dict[str, Any]]
    mentees: dict[str, dict[str, Any]]
    held: tuple[Ids, ...]
    barred: tuple[Ids, ...]
    kept: tuple[Ids, ...] = ()
    rules: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    objective: str = "fair"

    def problem(self, set_aside: Iterable[Ids] = ()) -> dict[str, Any]:
        """The problem in the form of the engine's contract.

        Standing pairs are locked, and so are those kept together. The engine takes no locked pair
        that breaks a rule, and people may have been paired under other rules: standing pairs in
        `set_aside` fill their two places without being part of the problem, and someone with no
        place left is no part of it either. Of those kept together that are set aside, or whose
        people are not there, the problem says nothing.
        """
        left_out = set(set_aside)
        aside = left_out.intersection(self.held)
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
            "locked": [
                list(pair)
                for pair in (*self.held, *self.kept)
                if pair not in left_out and pair[0] in there[0] and pair[1] in there[1]
            ],
            "forbidden": [
                list(pair)
                for pair in sorted({*self.barred, *aside})
                if pair[0] in there[0] and pair[1] in there[1]
            ],
            "objective": self.objective,
        }


@dataclass(frozen=True)
class Roster:
    """Rows of people, saved or not, with levels and goals by the number of their row."""

    rows: list[Participant]
    levels: dict[int, dict[str, int]]
    goals: dict[int, dict[str, dict[str, int]]]

    def joined_by(self, others: "Roster") -> "Roster":
        """Both; who stands in both is as `others` say."""
        rows = {row.pk: row for row in (*self.rows, *others.rows)}
        return Roster(
            list(rows.values()), {**self.levels, **others.levels}, {**self.goals, **others.goals}
        )


def gather_problem(
    programme: Programme,
    among: Collection[int] | None = None,
    *,
    brought: Roster | None = None,
    without: Pair | None = None,
) -> Gathered:
    """The whole programme, or only what concerns the participants `among` it and their pairs.

    `brought` are people who would come in, or change, by a file that is only tried. The pair
    `without` counts as ended.
    """
    pairs = standing_pairs(programme).order_by("pk")
    held = _ids(pairs if without is None else pairs.exclude(pk=without.pk))
    standing = set(held)
    over = programme.pairs.filter(stage__in=OVER).order_by().values_list("mentor_id", "mentee_id")
    bars = programme.bars.order_by().values_list("mentor_id", "mentee_id")
    barred = {(str(mentor), str(mentee)) for mentor, mentee in over.union(bars)}
    if without is not None:
        barred.add((str(without.mentor_id), str(without.mentee_id)))
    had = programme.pairs.filter(stage__in=FINISHED).values_list("mentee_id", flat=True)
    roster = _roster(programme, held, among)
    if brought:
        roster = roster.joined_by(brought)
    mentors, mentees = _sides(roster, programme.starts_on, held, Counter(map(str, had)))
    return Gathered(
        mentors=mentors,
        mentees=mentees,
        held=held,
        barred=tuple(sorted(barred)),
        kept=tuple(pair for pair in _ids(programme.locks.order_by("pk")) if pair not in standing),
        **rules_of(programme).in_problem(),
    )


def _ids(pairs: QuerySet[Any]) -> tuple[Ids, ...]:
    rows = pairs.values_list("mentor_id", "mentee_id")
    return tuple((str(mentor), str(mentee)) for mentor, mentee in rows)


def gather_brought(programme: Programme, brought: Roster) -> Gathered:
    """The problem of these people alone, by the rules of the programme; no query."""
    mentors, mentees = _sides(brought, programme.starts_on, (), Counter())
    return Gathered(
        mentors=mentors, mentees=mentees, held=(), barred=(), **rules_of(programme).in_problem()
    )


def _roster(programme: Programme, held: tuple[Ids, ...], among: Collection[int] | None) -> Roster:
    """Who is in it now; who left stays as long as a pair holds them."""
    there = Q(withdrawn_at__isnull=True, person__is_active=True)
    people = programme.participants.filter(there | Q(pk__in={key for pair in held for key in pair}))
    if among is not None:
        people = people.filter(pk__in=among)
    rows = list(people.select_related("person").order_by("pk"))
    return Roster(rows, _levels(programme, among), _goals(programme, among))


def _sides(
    roster: Roster, starts_on: date, held: tuple[Ids, ...], had_theirs: Counter[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Both sides by id. Who left, or changed sides, stays as long as a pair holds them, without
    room for another."""
    filled = (Counter(mentor for mentor, _ in held), Counter(mentee for _, mentee in held))
    had = (Counter[str](), had_theirs)
    rows, levels, goals = roster.rows, roster.levels, roster.goals
    managers = _ManagerIds(rows)
    sides: tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]] = ({}, {})
    for row in rows:
        key = str(row.pk)
        person = _person(row, starts_on, managers.get(row.manager_email))
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


def _levels(programme: Programme, among: Collection[int] | None) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = Expertise.objects.filter(participant__programme=programme)
    if among is not None:
        rows = rows.filter(participant__in=among)
    for participant, skill, level in rows.values_list("participant_id", "skill__name", "level"):
        found.setdefault(participant, {})[skill] = level
    return found


def _goals(
    programme: Programme, among: Collection[int] | None
) -> dict[int, dict[str, dict[str, int]]]:
    found: dict[int, dict[str, dict[str, int]]] = {}
    rows = Goal.objects.filter(participant__programme=programme)
    if among is not None:
        rows = rows.filter(participant__in=among)
    for participant, skill, target, weight in rows.values_list(
        "participant_id", "skill__name", "target", "weight"
    ):
        found.setdefault(participant, {})[skill] = {"target": target, "weight": weight}
    return found
