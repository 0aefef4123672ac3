"""One meeting of a pair, as one of the two reads it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.enums import SessionState
from curriculum.models import Commitment, Session, SessionRating
from curriculum.queries.guides import Guide, Part, guide_of
from curriculum.queries.progress import ItemProgress, pair_progress
from matching.enums import PairStage
from matching.models import Pair, Participant
from matching.moves import FINISHED, RUNNING


def why_not_meeting(pair: Pair) -> str:
    """Why a pair holds no sessions, in plain words; empty while it does.

    Whoever runs, dates or closes a session asks here: certificates rest on what was held.
    """
    if pair.stage in RUNNING:
        return ""
    if pair.stage == PairStage.PAUSED:
        return _("You two are taking a break. Go on with the pair, then the session can go on.")
    if pair.stage == PairStage.ENDED:
        return _("This pair has ended. What you noted stays here.")
    if pair.stage in FINISHED:
        return _("You two have gone the whole way. What you noted stays here.")
    return _("This pair holds no sessions at the moment.")


# Further off than this, whoever presses “Run” may have meant to look.
EARLY = timedelta(hours=2)
# How long after a programme, or after today once it is over, a date can still be set.
AFTERWARDS = timedelta(days=30)


def first_day_too_far(pair: Pair) -> date:
    """From this day on no date can be set for the pair."""
    return max(pair.programme.ends_on, timezone.localdate()) + AFTERWARDS


def is_live(session: Session) -> bool:
    """Whether it is run here today; everything else is written down later."""
    began = session.started_at if session.state == SessionState.RUNNING else None
    return began is not None and timezone.localdate(began) == timezone.localdate()


def days_it_may_have_been(session: Session) -> tuple[date, date]:
    """The first and the last day on which a session can have been held."""
    began = session.pair.began_at
    return timezone.localdate(began) if began else date.min, timezone.localdate()


def likely_day(session: Session) -> date:
    """The day a session that was not run here was held, as far as is known."""
    at = session.started_at if session.state == SessionState.RUNNING else session.scheduled_at
    return (
        timezone.localdate(at) if at is not None and at < timezone.now() else timezone.localdate()
    )


@dataclass(frozen=True)
class Meeting:
    """`number` of `total` in the plan (0 if the plan has moved on without it).

    `closed` says why nothing can be done with it, if its pair does not meet.
    """

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
    closed: str

    @property
    def is_early(self) -> bool:
        """Whether it is asked once more before it starts: it has no date, or one further off."""
        at = self.session.scheduled_at
        return self.session.state == SessionState.PLANNED and (
            at is None or at - timezone.now() > EARLY
        )

    @property
    def may_not_have_started(self) -> bool:
        return self.session.state == SessionState.RUNNING and not self.notes.strip()

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
        closed=why_not_meeting(pair),
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
    def minutes_over(self) -> int:
        return max(0, self.elapsed - self.guide.minutes)

    @property
    def may_not_have_started(self) -> bool:
        return not self.notes.strip()

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
