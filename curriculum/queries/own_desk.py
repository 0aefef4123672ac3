"""What one person sees on their desk, as mentee or as mentor: in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from curriculum.enums import SessionState
from curriculum.models import Commitment, PreparationWaiver, Session, SessionRating
from curriculum.queries.guides import Guide, guides_of_pages
from curriculum.queries.preparation import Preparation, have_met, is_open, preparations, sides_of
from curriculum.queries.progress import (
    GoalProgress,
    ItemProgress,
    PairProgress,
    Progress,
    goals_progress,
    pairs_progress,
)
from matching.enums import PairStage, Question
from matching.models import Pair, PairAnswer, Participant, Programme
from matching.moves import RUNNING
from portal.models import User

# Before a pair is active the two have to answer; afterwards they meet.
ANSWERING = {PairStage.COFFEE: Question.COFFEE, PairStage.AGREEMENT: Question.AGREEMENT}
GONE = (PairStage.SUGGESTED, PairStage.ENDED)


@dataclass(frozen=True)
class OwnPair:
    """One of my pairs: who the other is, how far we are, what is open between us."""

    pair: Pair
    me: Participant
    other: Participant
    progress: PairProgress
    has_answered: bool
    may_begin: bool
    commitments: tuple[Commitment, ...]
    unrated: Session | None

    @property
    def is_mentor(self) -> bool:
        return self.me.pk == self.pair.mentor_id

    @property
    def needs_my_answer(self) -> bool:
        return self.pair.stage in ANSWERING and not self.has_answered

    @property
    def is_meeting(self) -> bool:
        return self.pair.stage in RUNNING

    @property
    def next_session(self) -> ItemProgress | None:
        return self.progress.next_session

    @property
    def meeting(self) -> Session | None:
        """The next meeting, once one of the two has opened it."""
        return self.next_session.session if self.next_session else None

    @property
    def meeting_number(self) -> int:
        return self.progress.number_of(self.next_session.item.pk) if self.next_session else 0

    @property
    def needs_my_yes(self) -> bool:
        """Whether the other set a date that I have not answered, and that is still to come."""
        if self.meeting is None or self.meeting.scheduled_at is None:
            return False
        if self.meeting.state == SessionState.RUNNING:
            return False
        mine = self.meeting.mentor_agreed_at if self.is_mentor else self.meeting.mentee_agreed_at
        return mine is None

    @property
    def my_commitments(self) -> list[Commitment]:
        return [c for c in self.commitments if c.participant_id == self.me.pk]

    @property
    def prework(self) -> Progress:
        """The mentee's modules that stand before the next meeting."""
        done = total = 0
        following = self.next_session
        for step in self.progress.steps:
            for item in step.items:
                if following is not None and item.item.pk == following.item.pk:
                    return Progress(done, total)
                if item.item.kind == "module" and item.item.audience != "mentor":
                    if item.is_gone:
                        continue
                    done, total = done + item.is_done, total + 1
                else:
                    done = total = 0
        return Progress(done, total)


@dataclass(frozen=True)
class OwnDesk:
    """`participants` are my places in programmes on this side, each with preparation and goals.

    `parted` is the last pair that met and ended, asked for only while there is no other.
    """

    is_mentor: bool
    participants: tuple[Participant, ...]
    preparations: tuple[Preparation, ...]
    pairs: tuple[OwnPair, ...]
    goals: tuple[GoalProgress, ...]
    guides: dict[int, Guide]
    parted: Pair | None = None

    @property
    def preparations_due(self) -> list[Preparation]:
        """Those that somebody waits for: none once all pairs of a place may begin without it, and
        none of a programme that is over."""
        return [
            one
            for one in self.preparations
            if not one.is_done
            and not is_over(one.participant.programme)
            and not self._is_let_off(one.participant)
        ]

    def _is_let_off(self, participant: Participant) -> bool:
        mine = [own for own in self.meeting_pairs if own.me.pk == participant.pk]
        return bool(mine) and all(own.may_begin for own in mine)

    @property
    def is_over(self) -> bool:
        """Whether every programme of mine has ended."""
        return bool(self.participants) and all(is_over(one.programme) for one in self.participants)

    @property
    def meeting_pairs(self) -> list[OwnPair]:
        """Those that meet; the one whose date comes first stands first."""
        found = [own for own in self.pairs if own.is_meeting]
        return sorted(found, key=_soonest)

    @property
    def lead(self) -> OwnPair | None:
        """The pair whose meeting comes next: told in full, the others in short."""
        return next((own for own in self.meeting_pairs if own.next_session), None)

    @property
    def lead_guide(self) -> Guide | None:
        following = self.lead.next_session if self.lead else None
        return self.guides.get(following.item.page_id or 0) if following else None


def _soonest(own: OwnPair) -> tuple[bool, float, int]:
    at = own.meeting.scheduled_at if own.meeting else None
    return (at is None, at.timestamp() if at else 0.0, own.pair.pk)


def is_over(programme: Programme) -> bool:
    return bool(programme.ends_on < timezone.localdate())


def places_of(person: User) -> list[Participant]:
    """My places in programmes, the newest first; one query."""
    return list(
        Participant.objects.filter(person=person, withdrawn_at__isnull=True)
        .select_related("programme", "person")
        .order_by("-programme__starts_on", "pk")
    )


def own_desk(places: Iterable[Participant], *, is_mentor: bool) -> OwnDesk:
    """A person's desk on one side; about a dozen queries for any number of pairs."""
    mine = {p.pk: p for p in places if (p.is_mentor if is_mentor else p.is_mentee)}
    side = "mentor" if is_mentor else "mentee"
    pairs = list(
        Pair.objects.filter(**{f"{side}__in": mine})
        .exclude(stage__in=GONE)
        .select_related("programme", "mentor__person", "mentee__person")
        .order_by("-began_at", "pk")
    )
    people = {p.pk: p for pair in pairs for p in (pair.mentor, pair.mentee)} | mine
    prepared = preparations(people.values())
    goals = {} if is_mentor else goals_progress(mine)
    desk = OwnDesk(
        is_mentor=is_mentor,
        participants=tuple(mine.values()),
        preparations=tuple(prepared[pk].of_side(is_mentor=is_mentor) for pk in mine),
        pairs=tuple(_own_pairs(pairs, mine, prepared, is_mentor)),
        goals=tuple(goal for pk in mine for goal in goals.get(pk, [])),
        guides={},
        parted=None if pairs else _parted(side, mine),
    )
    following = desk.lead.next_session if desk.lead and is_mentor else None
    if following is None or following.item.page_id is None:
        return desk
    return replace(desk, guides=guides_of_pages({following.item.page_id}))


def _parted(side: str, mine: Iterable[int]) -> Pair | None:
    return (
        Pair.objects.filter(**{f"{side}__in": mine}, stage=PairStage.ENDED, began_at__isnull=False)
        .select_related("mentor__person", "mentee__person")
        .order_by("-stage_since")
        .first()
    )


def _own_pairs(
    pairs: list[Pair],
    mine: dict[int, Participant],
    prepared: Mapping[int, Preparation],
    is_mentor: bool,
) -> list[OwnPair]:
    progress = pairs_progress(pairs)
    answered = set(
        PairAnswer.objects.filter(pair__in=pairs, participant__in=mine).values_list(
            "pair_id", "question"
        )
    )
    met = have_met(pairs)
    waived = set(PreparationWaiver.objects.filter(pair__in=pairs).values_list("pair_id", flat=True))
    commitments: dict[int, list[Commitment]] = defaultdict(list)
    for commitment in Commitment.objects.filter(
        Q(done_at__isnull=True), session__pair__in=pairs
    ).select_related("participant__person", "session"):
        commitments[commitment.session.pair_id].append(commitment)
    unrated = _unrated(pairs, mine)
    return [
        OwnPair(
            pair=pair,
            me=pair.mentor if is_mentor else pair.mentee,
            other=pair.mentee if is_mentor else pair.mentor,
            progress=progress[pair.pk],
            has_answered=(pair.pk, ANSWERING.get(PairStage(pair.stage), "")) in answered,
            may_begin=is_open(
                is_waived=pair.pk in waived,
                has_met=pair.pk in met,
                sides=sides_of(pair, prepared),
            ),
            commitments=tuple(commitments[pair.pk]),
            unrated=unrated.get(pair.pk),
        )
        for pair in pairs
    ]


def _unrated(pairs: list[Pair], mine: dict[int, Participant]) -> dict[int, Session]:
    """Pair id → the last held session that this person has not rated."""
    rated = SessionRating.objects.filter(participant__in=mine).values("session")
    found: dict[int, Session] = {}
    for session in (
        Session.objects.filter(pair__in=pairs, state=SessionState.HELD)
        .exclude(pk__in=rated)
        .order_by("held_at")
    ):
        found[session.pair_id] = session
    return found
