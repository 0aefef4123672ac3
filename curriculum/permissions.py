"""Who may see a plan, a session, notes; and which training a plan opens to whom."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

from curriculum.enums import ItemKind
from curriculum.models import (
    Commitment,
    ModuleProgress,
    PlanItem,
    PlanStep,
    ProgrammeCurriculum,
    Session,
)
from matching.enums import Actor, PairStage
from matching.models import Pair, Participant
from matching.permissions import actor_of, own_pairs, side_of
from portal.models import User
from portal.permissions import Person, is_coordinator
from training.enums import Audience
from training.models import TrackItem, TrainingRootPage

# A pair that ended keeps its history, but its plan opens no training any more.
CLOSED = (PairStage.ENDED,)


def find_pair(person: Person, pair_id: int) -> Pair:
    """The pair, for the two of it and for coordinators; everybody else is told there is none."""
    pairs = Pair.objects.select_related("programme", "mentor__person", "mentee__person")
    if not is_coordinator(person):
        pairs = pairs.filter(pk__in=own_pairs(person).values("pk"))
    pair = pairs.filter(pk=pair_id).first()
    if pair is None:
        raise Http404
    return pair


def find_others_pair(person: Person, pair_id: int) -> Pair:
    """A pair for a coordinator to decide on; one's own is not there for that."""
    pair = find_pair(person, pair_id)
    if actor_of(pair, person) != Actor.COORDINATOR:
        raise Http404
    return pair


def find_own_session(person: Person, session_id: int) -> tuple[Session, Participant]:
    """A session and which of the two asks. It is theirs alone: coordinators get 404 too."""
    session = (
        Session.objects.select_related(
            "pair__programme", "pair__mentor__person", "pair__mentee__person", "item", "note"
        )
        .filter(pk=session_id, pair__in=own_pairs(person))
        .first()
    )
    side = side_of(session.pair, person) if session is not None else None
    if session is None or side is None:
        raise Http404
    return session, side


def find_guided_session(person: Person, session_id: int) -> tuple[Session, Participant]:
    """A session, for the mentor who runs it."""
    session, side = find_own_session(person, session_id)
    if side.pk != session.pair.mentor_id:
        raise Http404
    return session, side


def find_commitment(person: Person, commitment_id: int) -> Commitment:
    """A commitment, for whoever made it."""
    commitment = (
        Commitment.objects.select_related("session")
        .filter(pk=commitment_id, participant__person_id=person.pk)
        .first()
    )
    if commitment is None:
        raise Http404
    return commitment


def training_opened(user: User) -> Q:
    """The pages that a participant may open, in every language, with the topics above them.

    Preparation of their role while a programme lasts, what stands in the current plans of their
    pairs, and what they completed before. One Q of subqueries: it costs no query by itself.
    """
    opened = _preparation(user) | _plans(user) | _completed(user)
    topics = (
        Page.objects.filter(opened)
        .annotate(above=Substr("path", 1, Length("path") - Page.steplen))
        .values("above")
    )
    taking_part = Exists(Participant.objects.filter(person=user, withdrawn_at__isnull=True))
    root = Q(pk__in=TrainingRootPage.objects.filter(taking_part).values("pk"))
    return opened | Q(path__in=topics) | root


def guides_by(user: User, page: Page) -> bool:
    """What a session plan says to the one who guides: for a mentor with it in a current plan."""
    steps = PlanItem.objects.filter(
        page_key=page.translation_key,
        step__plan__superseded_at__isnull=True,
        step__plan__pair__mentor__person_id=user.pk,
    )
    return steps.exclude(step__plan__pair__stage__in=CLOSED).exists()


def _preparation(user: User) -> Q:
    ours = Participant.objects.filter(
        person=user,
        withdrawn_at__isnull=True,
        programme=OuterRef("programme"),
        programme__ends_on__gte=timezone.localdate(),
    )
    curricula = ProgrammeCurriculum.objects.all()
    sides: list[tuple[str, Any]] = [
        ("mentor_preparation", ours.exclude(role="mentee")),
        ("mentee_preparation", ours.exclude(role="mentor")),
    ]
    found = Q(pk__in=[])
    for field, mine in sides:
        tracks = curricula.filter(Exists(mine), **{f"{field}__isnull": False}).values(field)
        items = TrackItem.objects.filter(track__in=tracks).values("page__translation_key")
        found |= Q(pk__in=tracks) | Q(translation_key__in=items)
    return found


def _plans(user: User) -> Q:
    current = PlanStep.objects.filter(plan__superseded_at__isnull=True).exclude(
        plan__pair__stage__in=CLOSED
    )
    ours = Q(plan__pair__mentor__person=user) | Q(plan__pair__mentee__person=user)
    return (
        Q(translation_key__in=current.filter(ours).values("track_key"))
        | Q(translation_key__in=_items(current.filter(plan__pair__mentor__person=user)))
        | Q(
            translation_key__in=_items(current.filter(plan__pair__mentee__person=user)).exclude(
                kind=ItemKind.MODULE, audience=Audience.MENTOR
            )
        )
    )


def _items(steps: QuerySet[PlanStep]) -> QuerySet[PlanItem, Any]:
    return PlanItem.objects.filter(step__in=steps).values("page_key")


def _completed(user: User) -> Q:
    done = ModuleProgress.objects.filter(person=user, completed_at__isnull=False)
    return Q(translation_key__in=done.values("module_key"))
