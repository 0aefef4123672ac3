"""Who may see a pair, and what of it."""

from django.db.models import Q, QuerySet

from matching.enums import Actor, PairStage
from matching.models import Pair, Participant
from matching.queries.standing import OVER
from portal.permissions import Person, is_coordinator

# Nobody is shown to the other before a coordinator has accepted the match.
HIDDEN_FROM_THE_TWO = (PairStage.SUGGESTED,)


def own_pairs(person: Person) -> QuerySet[Pair]:
    """The pairs this person is one of the two of, as far as they may know of them."""
    if not (person.is_authenticated and person.is_active):
        return Pair.objects.none()
    return (
        Pair.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))
        .exclude(stage__in=HIDDEN_FROM_THE_TWO)
        .select_related("programme", "mentor__person", "mentee__person")
    )


def side_of(pair: Pair, person: Person) -> Participant | None:
    """Which of the two participants this person is; None for everybody else."""
    for participant in (pair.mentor, pair.mentee):
        if participant.person_id == person.pk:
            return participant
    return None


def stands_with(person: Person, participant: Participant) -> bool:
    """Whether this person is one of the two in a pair that holds the participant.

    Their office must not end what they are a part of: another coordinator decides.
    """
    pairs = Pair.objects.exclude(stage__in=OVER).filter(
        Q(mentor=participant) | Q(mentee=participant)
    )
    return pairs.filter(Q(mentor__person=person.pk) | Q(mentee__person=person.pk)).exists()


def actor_of(pair: Pair, person: Person) -> Actor | None:
    """In what part somebody acts on this pair. One's own pair comes before one's office."""
    side = side_of(pair, person)
    if side is not None:
        return Actor.MENTOR if side.pk == pair.mentor_id else Actor.MENTEE
    return Actor.COORDINATOR if is_coordinator(person) else None
