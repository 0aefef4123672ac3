"""A pair's meetings: set a date, run by the session plan, mark as held, commit to what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.enums import ItemKind, SessionState
from curriculum.models import (
    Commitment,
    PlanItem,
    PreparationWaiver,
    Session,
    SessionNote,
    SessionRating,
)
from curriculum.queries.meetings import days_it_may_have_been, why_not_meeting
from curriculum.queries.preparation import may_begin
from curriculum.queries.progress import next_session_item
from curriculum.services.progress import follow_up_pairs
from matching.enums import PairStage
from matching.models import Pair, Participant
from matching.moves import RUNNING
from matching.services.pairs import lock_pair
from portal.models import User
from training.models import SessionPlanPage
from training.queries import content_hash


class SessionRefused(Exception):
    """A session cannot be opened or changed; the message says why and what to do."""


@dataclass(frozen=True)
class NewCommitment:
    """What one of the two will do, and by when."""

    participant: Participant
    text: str
    due_on: date | None = None


def open_session(pair: Pair, item: PlanItem) -> Session:
    """The pair's session for this item of its plan, made when first asked for.

    Raises SessionRefused when the pair is not active, when the item is no session plan of its
    current plan, or before both have prepared (unless a coordinator waived it).
    """
    _refuse_unless_meeting(pair)
    plan = item.step.plan
    if item.kind != ItemKind.SESSION or plan.pair_id != pair.pk or plan.superseded_at:
        raise SessionRefused(_("This session is not part of your plan."))
    if not may_begin(pair):
        raise SessionRefused(_("Session one opens when both of you have done your preparation."))
    with transaction.atomic():
        _refuse_unless_meeting(lock_pair(pair))
        standing = Session.objects.filter(pair=pair, item=item).exclude(
            state=SessionState.CANCELLED
        )
        return standing.first() or _make_session(pair, item)


def _make_session(pair: Pair, item: PlanItem) -> Session:
    last = Session.objects.filter(pair=pair).aggregate(last=Max("number"))["last"] or 0
    return Session.objects.create(
        pair=pair,
        number=last + 1,
        item=item,
        page=item.page,
        page_key=item.page_key,
        title=item.title,
        minutes=item.minutes,
    )


def schedule_session(session: Session, at: datetime | None, *, by: Participant) -> None:
    """Set or move the date; who does so agrees to it, and the other is asked again.

    None takes the date back. Setting the same date again only says yes to it.
    """
    with transaction.atomic():
        _lock(session)
        _refuse_if_begun(session)
        if session.scheduled_at != at:
            session.scheduled_at = at
            session.mentor_agreed_at = session.mentee_agreed_at = None
        if at is not None:
            _agree(session, by)
        session.save(update_fields=["scheduled_at", "mentor_agreed_at", "mentee_agreed_at"])


def confirm_session(session: Session, *, by: Participant) -> None:
    """Say yes to the date that the other one set; twice is once.

    Raises SessionRefused when the date has been moved since `session` was read: nobody says yes
    to a date they have not seen.
    """
    seen = session.scheduled_at
    with transaction.atomic():
        _lock(session)
        _refuse_if_begun(session)
        if session.scheduled_at is None:
            raise SessionRefused(_("There is no date to say yes to yet. Suggest one."))
        if session.scheduled_at != seen:
            raise SessionRefused(_("The date has just been moved. Look at the new one first."))
        _agree(session, by)
        session.save(update_fields=["mentor_agreed_at", "mentee_agreed_at"])


def _refuse_if_begun(session: Session) -> None:
    if session.state == SessionState.RUNNING:
        raise SessionRefused(_("This session has begun. Its date stays as it is."))


def _agree(session: Session, by: Participant) -> None:
    side = "mentor_agreed_at" if by.pk == session.pair.mentor_id else "mentee_agreed_at"
    if getattr(session, side) is None:
        setattr(session, side, timezone.now())


def begin_session(session: Session) -> None:
    """Start the clock and pin the session plan as it is now; beginning again changes nothing."""
    with transaction.atomic():
        _lock(session)
        if session.state == SessionState.RUNNING:
            return
        session.state = SessionState.RUNNING
        session.started_at = timezone.now()
        _pin_plan(session)
        session.save()


def _pin_plan(session: Session) -> None:
    page = SessionPlanPage.objects.filter(pk=session.page_id).first()
    if page is not None:
        session.title, session.minutes = page.title, page.minutes
        session.revision = page.live_revision
        session.content_hash = content_hash(page)


def take_back_start(session: Session) -> None:
    """It did not start after all: planned again, as if nobody had pressed; twice is once.

    Raises SessionRefused once something was noted: then it did start.
    """
    with transaction.atomic():
        _lock(session)
        if session.state == SessionState.PLANNED:
            return
        if SessionNote.objects.filter(session=session).exclude(text__regex=r"^\s*$").exists():
            raise SessionRefused(_("You have noted something, so it did start. Finish it."))
        session.state, session.started_at = SessionState.PLANNED, None
        session.revision, session.content_hash = None, ""
        session.save(update_fields=["state", "started_at", "revision", "content_hash"])


def hold_session(
    session: Session,
    *,
    commitments: Sequence[NewCommitment] = (),
    held_at: datetime | None = None,
) -> Session:
    """Mark a session as held, with its commitments; a held session stays as it is.

    What follows from it (a step completed, the pair's next stage) happens in the same change.
    """
    with transaction.atomic():
        locked = _reread(Session.objects.get(pk=session.pk))
        if locked.state == SessionState.HELD:
            return locked
        _refuse(locked)
        when = held_at or _when_held(locked)
        if locked.state == SessionState.PLANNED:
            _pin_plan(locked)
        locked.state, locked.held_at = SessionState.HELD, when
        locked.save()
        Commitment.objects.bulk_create(
            [
                Commitment(session=locked, participant=c.participant, text=c.text, due_on=c.due_on)
                for c in commitments
                if c.text.strip()
            ]
        )
        follow_up_pairs([locked.pair_id])
    return locked


def _when_held(session: Session) -> datetime:
    """Now, or the date it was set for if it is written down later and nobody ran it here."""
    now, set_for = timezone.now(), session.scheduled_at
    if session.state == SessionState.PLANNED and set_for is not None and set_for < now:
        return set_for
    return now


def _moment_on(day: date, session: Session) -> datetime:
    """The agreed hour of that day, or else one that is the same day here and in UTC.

    Certificates are printed by a worker, which knows nothing of the zone of whoever wrote it down.
    """
    first, last = days_it_may_have_been(session)
    if not first <= day <= last:
        raise SessionRefused(_("Choose a day since you two became a pair, up to today."))
    for known in (session.started_at, session.scheduled_at):
        if known is not None and known < timezone.now() and timezone.localdate(known) == day:
            return known
    starts = [
        datetime.combine(day, time(), tzinfo=zone)
        for zone in (timezone.get_current_timezone(), UTC)
    ]
    later, earlier = max(starts), min(starts)
    middle = later + (earlier + timedelta(days=1) - later) / 2
    return min(middle, timezone.now())


def close_session(
    session: Session,
    *,
    commitments: Sequence[NewCommitment],
    next_at: datetime | None,
    by: Participant,
    held_on: date | None = None,
) -> Session:
    """Hold a session and set the date of the next one, if the plan has one; all or nothing.

    `held_on` is the day of one that was not run here; None: now, or the date it was set for.
    """
    with transaction.atomic():
        held_at = _moment_on(held_on, session) if held_on is not None else None
        held = hold_session(session, commitments=commitments, held_at=held_at)
        pair = Pair.objects.select_related("mentor__person", "mentee__person", "programme").get(
            pk=held.pair_id
        )
        following = next_session_item(pair)
        if next_at is not None and following is not None and pair.stage in RUNNING:
            schedule_session(open_session(pair, following), next_at, by=by)
    return held


def cancel_session(session: Session) -> None:
    """Call a session off; its place in the plan is open again. Called off twice is once."""
    with transaction.atomic():
        if _reread(session).state == SessionState.CANCELLED:
            return
        _refuse(session)
        session.state = SessionState.CANCELLED
        session.save(update_fields=["state"])


def call_off_sessions(pair: Pair) -> int:
    """Call off what a pair that has ended still had before it, and what it had begun without a
    word noted; how many there were."""
    with transaction.atomic():
        if lock_pair(pair).stage != PairStage.ENDED:
            return 0
        noted = SessionNote.objects.filter(session=OuterRef("pk")).exclude(text="")
        ahead = Session.objects.filter(
            Q(state=SessionState.PLANNED) | Q(state=SessionState.RUNNING) & ~Exists(noted),
            pair=pair,
        )
        return ahead.update(state=SessionState.CANCELLED)


def rate_session(
    session: Session,
    participant: Participant,
    *,
    took_place: bool = True,
    useful: int | None = None,
    candid: int | None = None,
) -> SessionRating:
    """What one of the two says of a held session (1 to 5); the last word counts."""
    if session.state != SessionState.HELD:
        raise SessionRefused(_("A session can be rated once it was held."))
    rating, _is_new = SessionRating.objects.update_or_create(
        session=session,
        participant=participant,
        defaults={"took_place": took_place, "useful": useful, "candid": candid},
    )
    return rating


def settle_commitment(commitment: Commitment, *, is_done: bool) -> None:
    """Mark a commitment as kept, or as open again; kept twice keeps the first day."""
    if is_done == (commitment.done_at is not None):
        return
    commitment.done_at = timezone.now() if is_done else None
    commitment.save(update_fields=["done_at"])


def waive_preparation(pair: Pair, *, reason: str, by: User | None) -> PreparationWaiver:
    """Let a pair begin before both have prepared; the reason is kept."""
    if not reason.strip():
        raise SessionRefused(_("Write the reason: it is kept with the pair."))
    waiver, _is_new = PreparationWaiver.objects.get_or_create(
        pair=pair, defaults={"reason": reason.strip(), "created_by": by}
    )
    return waiver


def _reread(session: Session) -> Session:
    """The session and its pair as they are now, held until the end of the transaction.

    What the caller read before may be a minute old: the other one has moved the date, held it, or
    paused the pair. The pair is held first, as everywhere: two acts at once cannot wait for each
    other.
    """
    pair = lock_pair(session.pair)
    session.refresh_from_db(from_queryset=Session.objects.select_for_update(no_key=True))
    session.pair = pair
    return session


def _lock(session: Session) -> None:
    _refuse(_reread(session))


def _refuse(session: Session) -> None:
    """The one place that says whether a session can still be changed."""
    if session.is_over:
        raise SessionRefused(_("This session is over; it can no longer be changed."))
    _refuse_unless_meeting(session.pair)


def _refuse_unless_meeting(pair: Pair) -> None:
    if why := why_not_meeting(pair):
        raise SessionRefused(why)
