"""Whether two people can still become a pair, asked of many at once."""

from collections import Counter
from dataclasses import dataclass

from matching.enums import PairStage
from matching.models import Programme
from matching.queries.standing import filled_places


@dataclass(frozen=True)
class Places:
    """`known` is everyone with a row, `capacity` that of who is there; what is taken counts."""

    known: frozenset[int]
    capacity: dict[int, int]
    mentors: Counter[int]
    mentees: Counter[int]
    apart: set[tuple[int, int]]

    def take(self, mentor: int, mentee: int) -> bool:
        """Give both a place with each other, if both are there, not apart, and have one left."""
        has_room = self.mentors[mentor] < self.capacity.get(mentor, 0) and self.mentees[
            mentee
        ] < self.capacity.get(mentee, 0)
        if not has_room or (mentor, mentee) in self.apart:
            return False
        self.mentors[mentor] += 1
        self.mentees[mentee] += 1
        return True


def open_places(programme: Programme) -> Places:
    """Four queries, however many people."""
    mentors, mentees = filled_places(programme)
    together = programme.pairs.exclude(stage=PairStage.ENDED).order_by()
    apart = set(together.values_list("mentor_id", "mentee_id"))
    apart |= set(programme.bars.order_by().values_list("mentor_id", "mentee_id"))
    people = programme.participants.order_by().values_list(
        "pk", "capacity", "withdrawn_at", "person__is_active"
    )
    rows = list(people)
    return Places(
        known=frozenset(key for key, *_rest in rows),
        capacity={key: room for key, room, gone, active in rows if active and not gone},
        mentors=mentors,
        mentees=mentees,
        apart=apart,
    )
