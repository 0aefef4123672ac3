"""Who waits for a place, since when, and what is free for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce, Greatest

from matching.enums import PairStage, Role, SuggestionState
from matching.models import LeftOver, Pair, Participant, Programme, Round
from matching.queries.standing import filled_places, left_over
from matching.queries.suggestions import latest_round, to_decide
from matching.wording import suiting_place_in_words, why_waiting_in_words

TOLD = ("side", "cause", "detail")


def people_waiting(programme: Programme) -> QuerySet[Any]:
    """Whom no pair holds and no open suggestion names; `since` is when that began, first first."""
    named = to_decide(programme).order_by()
    return (
        left_over(programme)
        .exclude(pk__in=named.values("mentor_id"))
        .exclude(pk__in=named.values("mentee_id"))
        .annotate(since=_since())
        .order_by("since", "pk")
    )


def _since() -> Greatest:
    """When they came, or when the last pair they were in ended."""

    def last_end(side: str) -> Coalesce:
        pairs = Pair.objects.filter(**{side: OuterRef("pk")}, stage=PairStage.ENDED).order_by()
        ended = pairs.values(side).annotate(at=Max("stage_since")).values("at")
        return Coalesce(Subquery(ended), "created_at")

    return Greatest("created_at", last_end("mentor"), last_end("mentee"))


@dataclass(frozen=True)
class FreePlaces:
    """Places that nobody holds, nor is suggested for, by side."""

    mentors: int
    mentees: int


def free_places(programme: Programme) -> FreePlaces:
    """Three queries, however many people."""
    filled = filled_places(programme)
    named = list(to_decide(programme).order_by().values_list("mentor_id", "mentee_id"))
    held = (
        filled[0] + Counter(mentor for mentor, _ in named),
        filled[1] + Counter(mentee for _, mentee in named),
    )
    free = [0, 0]
    people = programme.participants.filter(withdrawn_at__isnull=True, person__is_active=True)
    for key, capacity, role in people.order_by().values_list("pk", "capacity", "role"):
        for side, other in ((0, Role.MENTEE), (1, Role.MENTOR)):
            if role != other:
                free[side] += max(capacity - held[side][key], 0)
    return FreePlaces(*free)


@dataclass(frozen=True)
class Waitlist:
    """`came` and `freed` are what is new since the latest round: people, and places of mentors."""

    latest: Round | None
    learners: int
    guides: int
    places: FreePlaces
    came: int
    freed: int

    @property
    def has_news(self) -> bool:
        return bool(self.came or self.freed)


def waitlist_of(programme: Programme) -> Waitlist:
    """How many wait, and whether another look is worth it; five queries."""
    latest = latest_round(programme)
    waiting = people_waiting(programme).order_by().values_list("role", "since")
    sides: Counter[str] = Counter()
    came = 0
    for role, since in waiting:
        sides[role] += 1
        came += latest is not None and since > latest.created_at
    places = free_places(programme)
    before = places.mentors if latest is None else latest.free_places
    return Waitlist(
        latest=latest,
        learners=sides[Role.MENTEE] + sides[Role.BOTH],
        guides=sides[Role.MENTOR] + sides[Role.BOTH],
        places=places,
        came=came,
        freed=max(places.mentors - (places.mentors if before is None else before), 0),
    )


@dataclass(frozen=True)
class Waiting:
    """One who waits: `why` there is no place for them now, and which would suit them, in words."""

    participant: Any
    since: datetime
    is_new: bool
    why: str
    suits: str


def describe_waiting(
    people: Iterable[Any], programme: Programme, latest: Round | None
) -> list[Waiting]:
    """Rows of the page; `people` as from `people_waiting`. Five queries, however many people."""
    rows = list(people)
    prefetch_related_objects(rows, "person", "goals__skill", "expertise__skill")
    left = LeftOver.objects.filter(round=latest, participant__in=[one.pk for one in rows])
    told = {row["participant"]: row for row in left.values("participant", *TOLD)}
    refused = _refused_in(latest, [one.pk for one in rows])
    return [
        Waiting(
            participant=one,
            since=one.since,
            is_new=latest is not None and one.since > latest.created_at,
            why=why_waiting_in_words(
                told.get(one.pk),
                is_refused=one.pk in refused,
                is_newcomer=latest is None or one.created_at > latest.created_at,
            ),
            suits=_place_that_suits(one, programme),
        )
        for one in rows
    ]


def _refused_in(latest: Round | None, people: list[int]) -> set[int]:
    """Which of these people had a suggestion of the latest round that a coordinator refused."""
    if latest is None:
        return set()
    rows = latest.suggestions.filter(
        Q(mentor__in=people) | Q(mentee__in=people), state=SuggestionState.REFUSED
    )
    return {key for both in rows.order_by().values_list("mentor_id", "mentee_id") for key in both}


def _place_that_suits(person: Participant, programme: Programme) -> str:
    """By what they know, want and speak; whose place it could be is for the engine to say."""
    levels = {row.skill.name: row.level for row in person.expertise.all()}
    wanted = [
        (goal.skill.name, levels.get(goal.skill.name, 0))
        for goal in person.goals.all()
        if goal.target > levels.get(goal.skill.name, 0)
    ]
    taught = sorted((name for name in levels if levels[name] > 0), key=lambda name: -levels[name])
    languages = person.languages if programme.shared_language else []
    return suiting_place_in_words(
        wanted=[name for name, _level in wanted] if person.is_mentee else None,
        taught=taught if person.is_mentor else None,
        languages=languages,
    )


def waitlist_names(programme: Programme, most: int = 3) -> tuple[list[str], int]:
    """The first few who wait, and how many wait in all; two queries."""
    people = people_waiting(programme).select_related("person")
    return [str(one) for one in people[:most]], people.count()
