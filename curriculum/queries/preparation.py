"""What each side does before the first session, and how far they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from curriculum.enums import SessionState
from curriculum.models import (
    PreparationRecord,
    PreparationWaiver,
    ProgrammeCurriculum,
    Session,
)
from curriculum.queries.progress import Progress, modules_completed
from matching.models import Pair, Participant
from training.models import ModulePage, TrackPage

MENTOR, MENTEE = "mentor", "mentee"
# Records made before each side had its own.
BOTH = f"{MENTOR} {MENTEE}"


@dataclass(frozen=True)
class Preparation:
    """The preparation of one participant: the modules of each track their role asks for.

    `recorded` are the sides (MENTOR, MENTEE) that were written down as done.
    """

    participant: Participant
    as_mentor: tuple[ModulePage, ...]
    as_mentee: tuple[ModulePage, ...]
    completed: frozenset[UUID]
    recorded: frozenset[str] = frozenset()

    def of_side(self, *, is_mentor: bool) -> "Preparation":
        """What is asked of the participant on this side alone."""
        return replace(self, as_mentee=()) if is_mentor else replace(self, as_mentor=())

    @property
    def modules(self) -> tuple[ModulePage, ...]:
        """All of it, each module once."""
        return tuple({m.pk: m for m in (*self.as_mentor, *self.as_mentee)}.values())

    @property
    def progress(self) -> Progress:
        done = sum(module.translation_key in self.completed for module in self.modules)
        return Progress(done, len(self.modules))

    @property
    def is_done(self) -> bool:
        """Nothing to prepare counts as prepared; once prepared is always prepared."""
        return self.is_side_done(MENTOR) and self.is_side_done(MENTEE)

    def is_side_done(self, side: str) -> bool:
        asked = self.as_mentor if side == MENTOR else self.as_mentee
        return side in self.recorded or all(m.translation_key in self.completed for m in asked)

    @property
    def next_module(self) -> ModulePage | None:
        return next((m for m in self.modules if m.translation_key not in self.completed), None)

    @property
    def minutes_left(self) -> int:
        return sum(m.minutes for m in self.modules if m.translation_key not in self.completed)


def preparations(participants: Iterable[Participant]) -> Mapping[int, Preparation]:
    """Participant id → their preparation; a constant number of queries."""
    people = list(participants)
    curricula = {
        curriculum.programme_id: curriculum
        for curriculum in ProgrammeCurriculum.objects.filter(
            programme_id__in={person.programme_id for person in people}
        )
    }
    modules = _modules_of(curricula.values())
    completed = modules_completed(person.person_id for person in people)
    recorded = {
        participant: frozenset(side for row in modules for side in row.get("side", BOTH).split())
        for participant, modules in PreparationRecord.objects.filter(
            participant__in=people
        ).values_list("participant_id", "modules")
    }
    return {
        person.pk: Preparation(
            person,
            *_modules_for(person, curricula.get(person.programme_id), modules),
            frozenset(completed.get(person.person_id, set())),
            recorded.get(person.pk, frozenset()),
        )
        for person in people
    }


def preparation_of(participant: Participant) -> Preparation:
    return preparations([participant])[participant.pk]


def have_met(pairs: Iterable[Pair]) -> set[int]:
    """Ids of the pairs that have held a session, by whatever plan."""
    held = Session.objects.filter(pair__in=list(pairs), state=SessionState.HELD)
    return set(held.values_list("pair_id", flat=True))


def is_open(*, is_waived: bool, has_met: bool, sides: Iterable[Preparation]) -> bool:
    """Whether a pair may hold sessions: both have prepared, or a coordinator waived it. A
    preparation that was chosen later stops nobody who has met."""
    return is_waived or has_met or all(side.is_done for side in sides)


def may_begin(pair: Pair) -> bool:
    return is_open(
        is_waived=PreparationWaiver.objects.filter(pair=pair).exists(),
        has_met=bool(have_met([pair])),
        sides=sides_of(pair, preparations([pair.mentor, pair.mentee])),
    )


def sides_of(pair: Pair, prepared: Mapping[int, Preparation]) -> tuple[Preparation, Preparation]:
    """What is asked of each of the two for the side they take in this pair: mentor, mentee."""
    return (
        prepared[pair.mentor_id].of_side(is_mentor=True),
        prepared[pair.mentee_id].of_side(is_mentor=False),
    )


def _modules_of(curricula: Iterable[ProgrammeCurriculum]) -> Mapping[int, tuple[ModulePage, ...]]:
    """Track id → its live modules in order."""
    ids = {
        track_id
        for curriculum in curricula
        for track_id in (curriculum.mentor_preparation_id, curriculum.mentee_preparation_id)
        if track_id
    }
    tracks = TrackPage.objects.live().filter(pk__in=ids).prefetch_related("items")
    wanted = {item.page_id for track in tracks for item in track.items.all()}
    pages = ModulePage.objects.live().in_bulk(wanted)
    return {
        track.pk: tuple(pages[item.page_id] for item in track.items.all() if item.page_id in pages)
        for track in tracks
    }


def _modules_for(
    participant: Participant,
    curriculum: ProgrammeCurriculum | None,
    modules: Mapping[int, tuple[ModulePage, ...]],
) -> tuple[tuple[ModulePage, ...], tuple[ModulePage, ...]]:
    """As mentor, and as mentee."""
    if curriculum is None:
        return (), ()
    as_mentor = modules.get(curriculum.mentor_preparation_id or 0, ())
    as_mentee = modules.get(curriculum.mentee_preparation_id or 0, ())
    return (
        as_mentor if participant.is_mentor else (),
        as_mentee if participant.is_mentee else (),
    )
