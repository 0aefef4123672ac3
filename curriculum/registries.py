"""What the rooms above add to a coordinator's desk and to a person's."""

from collections.abc import Callable
from dataclasses import dataclass

from matching.models import Participant, Programme
from portal.registry import Registry


@dataclass(frozen=True)
class DeskCard:
    """One thing on a desk with its one act; `needs_you` puts it among what waits.

    On a coordinator's desk a card with a `stage` ends the programme's way: its word and count.
    """

    title: str
    text: str = ""
    url: str = ""
    act: str = ""
    count: int = 0
    needs_you: bool = False
    stage: str = ""

    @property
    def headline(self) -> str:
        """The title with its number, for where the number does not stand by itself."""
        return f"{self.count} {self.title}" if self.count else self.title


CoordinatorCardSource = Callable[[Programme], list[DeskCard]]
ParticipantCardSource = Callable[[Participant], list[DeskCard]]

coordinator_cards: Registry[CoordinatorCardSource] = Registry()
participant_cards: Registry[ParticipantCardSource] = Registry()
