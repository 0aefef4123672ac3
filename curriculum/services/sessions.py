"""A pair's meetings: set a date, run by the session plan, mark as held, commit to what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
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
from curriculum.queries.preparation import may_begin
from curriculum.queries.progress import next_session_item
from curriculum.services.progress import follow_up_pairs
from matching.models import Pair, Participant
from matching.moves import RUNNING
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
    if pair.stage not in RUNNING:
        raise SessionRefused(_("This pair holds no sessions at the moment."))
    plan = item.step.plan
    if item.kind != ItemKind.SESSION or plan.pair_id != pair.pk or plan.superseded_at:
        raise SessionRefused(_("This session is not part of your plan."))
    if not may_begin(pair):
        raise SessionRefused(_("Session one opens when both of you have done your preparation."))
    with transaction.atomic():
        Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
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
        if session.scheduled_at is None:
            raise SessionRefused(_("There is no date to say yes to yet. Suggest one."))
        if session.scheduled_at != seen:
            raise SessionRefused(_("The date has just been moved. Look at the new one first."))
        _agree(session, by)
        session.save(update_fields=["mentor_agreed_at", "mentee_agreed_at"])


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
        page = SessionPlanPage.objects.filter(pk=session.page_id).first()
        session.state = SessionState.RUNNING
        session.started_at = timezone.now()
        if page is not None:
            session.title, session.minutes = page.title, page.minutes
            session.revision = page.live_revision
            session.content_hash = content_hash(page)
        session.save()


def keep_notes(session: Session, text: str, *, by: User) -> SessionNote:
    """Save the pair's notes; the last text saved is the one kept."""
    note, _is_new = SessionNote.objects.update_or_create(
        session=session, defaults={"text": text, "written_by": by}
    )
    return note


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
        locked = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        if locked.state == SessionState.HELD:
            return locked
        _refuse_if_over(locked)
        when = held_at or _when_held(locked)
        if locked.state == SessionState.PLANNED:
            begin_session(locked)
        locked.state, locked.held_at = SessionState.HELD, when
        locked.save(update_fields=["state", "held_at"])
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


def close_session(
    session: Session,
    *,
    commitments: Sequence[NewCommitment],
    next_at: datetime | None,
    by: Participant,
) -> Session:
    """Hold a session and set the date of the next one, if the plan has one; all or nothing."""
    with transaction.atomic():
        held = hold_session(session, commitments=commitments)
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
        _refuse_if_over(session)
        session.state = SessionState.CANCELLED
        session.save(update_fields=["state"])


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
    """The session as it is now, held until the end of the transaction.

    What the caller read before may be a minute old: the other one has moved the date, or held it.
    """
    session.refresh_from_db(from_queryset=Session.objects.select_for_update(no_key=True))
    return session


def _lock(session: Session) -> None:
    _refuse_if_over(_reread(session))


def _refuse_if_over(session: Session) -> None:
    if session.is_over:
        raise SessionRefused(_("This session is over; it can no longer be changed."))
