"""One meeting of a pair, as one of the two reads it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from curriculum.models import Commitment, Session, SessionRating
from curriculum.queries.guides import Guide, Part, guide_of
from curriculum.queries.preparation import may_begin
from curriculum.queries.progress import ItemProgress, pair_progress
from matching.models import Participant


@dataclass(frozen=True)
class Meeting:
    """`number` of `total` in the plan (0 if the plan has moved on without it)."""

    session: Session
    me: Participant
    other: Participant
    guide: Guide
    number: int
    total: int
    before: tuple[Commitment, ...]
    agreed: tuple[Commitment, ...]
    prework: tuple[ItemProgress, ...]
    following: ItemProgress | None
    notes: str
    my_rating: SessionRating | None
    may_begin: bool

    @property
    def is_mentor(self) -> bool:
        return self.me.pk == self.session.pair.mentor_id

    @property
    def has_my_yes(self) -> bool:
        return self.session.has_yes_of(self.me)

    @property
    def has_their_yes(self) -> bool:
        return self.session.has_yes_of(self.other)


def describe_meeting(session: Session, me: Participant) -> Meeting:
    """A constant number of queries; what was agreed belongs to the two."""
    pair = session.pair
    progress = pair_progress(pair)
    commitments = list(
        Commitment.objects.filter(session__pair=pair, session__number__lte=session.number)
        .select_related("participant__person", "session")
        .order_by("-session__number", "pk")
    )
    earlier = [c for c in commitments if c.session_id != session.pk]
    last = earlier[0].session_id if earlier else None
    items = [item for step in progress.steps for item in step.items]
    return Meeting(
        session=session,
        me=me,
        other=pair.mentee if me.pk == pair.mentor_id else pair.mentor,
        guide=guide_of(session),
        number=progress.number_of(session.item_id),
        total=progress.sessions.total,
        before=tuple(c for c in earlier if c.session_id == last or c.done_at is None),
        agreed=tuple(c for c in commitments if c.session_id == session.pk),
        prework=_modules_before(items, session),
        following=_after(progress.session_items, session),
        notes=session.note.text if hasattr(session, "note") else "",
        my_rating=SessionRating.objects.filter(session=session, participant=me).first(),
        may_begin=may_begin(pair),
    )


def _modules_before(items: list[ItemProgress], session: Session) -> tuple[ItemProgress, ...]:
    """The modules between the meeting before and this one."""
    found: list[ItemProgress] = []
    for item in items:
        if item.item.pk == session.item_id:
            return tuple(found)
        found = [*found, item] if item.item.kind == "module" else []
    return ()


def _after(meetings: list[ItemProgress], session: Session) -> ItemProgress | None:
    return next(
        (item for item in meetings if item.item.pk != session.item_id and not item.is_done), None
    )


@dataclass(frozen=True)
class Running:
    """A running session at one of its parts; minutes are counted from its beginning."""

    guide: Guide
    part: Part
    elapsed: int
    agenda: list[dict[str, Any]]
    commitments: tuple[Commitment, ...]
    notes: str

    @property
    def minutes_left(self) -> int:
        return max(0, self.guide.minutes - self.elapsed)

    @property
    def following(self) -> Part | None:
        number = self.part.number + 1
        return self.guide.part(number) if number <= len(self.guide.parts) else None

    @property
    def previous(self) -> Part | None:
        return self.guide.part(self.part.number - 1) if self.part.number > 1 else None


def describe_running(session: Session, number: int | None) -> Running:
    """The part of this number; without one, the part the agenda has come to."""
    guide = guide_of(session)
    began = session.started_at or timezone.now()
    elapsed = max(0, int((timezone.now() - began).total_seconds() // 60))
    if number is None:
        passed = [part.number for part in guide.parts if part.begins <= elapsed]
        number = passed[-1] if passed else 1
    part = guide.part(number)
    agenda = [
        {
            "title": one.title,
            "minutes": one.minutes,
            "href": f"?part={one.number}",
            "state": "now"
            if one.number == part.number
            else "done"
            if one.number < part.number
            else "next",
        }
        for one in guide.parts
    ]
    earlier = Commitment.objects.filter(
        session__pair=session.pair_id, session__number__lt=session.number, done_at__isnull=True
    ).select_related("participant__person")
    notes = session.note.text if hasattr(session, "note") else ""
    return Running(guide, part, elapsed, agenda, tuple(earlier), notes)
