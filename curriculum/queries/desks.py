"""Which desks a person has, and what the rooms above put on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from curriculum.queries.next_act import NextAct, next_act
from curriculum.queries.own_desk import OwnDesk, own_desk
from curriculum.registries import DeskCard, participant_cards
from matching.models import Participant
from portal.models import User
from portal.permissions import is_coordinator


def tabs_of(person: User, places: Iterable[Participant]) -> list[dict[str, Any]]:
    """The desks that this person has, their own learning first."""
    mine = list(places)
    found = []
    if any(place.is_mentee for place in mine):
        found.append({"key": "mentee", "label": _("What I learn"), "url": "?as=mentee"})
    if any(place.is_mentor for place in mine):
        found.append({"key": "mentor", "label": _("Whom I mentor"), "url": "?as=mentor"})
    if is_coordinator(person):
        label, url = _("What I coordinate"), "?as=coordinator"
        found.append({"key": "coordinator", "label": label, "url": url})
    return found


@dataclass(frozen=True)
class Side:
    """One of the two desks a participant can have, with what is next on it."""

    desk: OwnDesk
    next: NextAct | None

    @property
    def waits(self) -> bool:
        """Whether something is to be done here, not only to be read."""
        return self.next is not None and bool(self.next.url) and self.next.is_mine


def own_sides(
    places: Sequence[Participant], tabs: Iterable[dict[str, Any]], wanted: str
) -> dict[str, Side]:
    """The desks as mentee and as mentor; none for a coordinator who did not ask for one of them.

    Whoever learns and mentors costs twice the queries: each desk tells what waits on the other.
    """
    keys = {str(tab["key"]) for tab in tabs}
    if "coordinator" in keys and wanted not in keys - {"coordinator"}:
        return {}
    found = {}
    for key in keys & {"mentee", "mentor"}:
        desk = own_desk(places, is_mentor=key == "mentor")
        found[key] = Side(desk, next_act(desk))
    return found


def choose_desk(tabs: Sequence[dict[str, Any]], wanted: str, sides: Mapping[str, Side]) -> str:
    """The desk that was asked for if the person has it; else the widest view, and of one's own
    two desks the one on which something waits."""
    keys = [str(tab["key"]) for tab in tabs]
    if wanted in keys:
        return wanted
    if "coordinator" in keys:
        return "coordinator"
    waiting = [key for key in keys if key in sides and sides[key].waits]
    return next(iter([*waiting, *keys]), "")


def shown_tabs(
    tabs: Iterable[dict[str, Any]], side: str, sides: Mapping[str, Side]
) -> list[dict[str, Any]]:
    """For components/tabs.html: on a desk that is not open a 1 says that something waits there."""
    waiting = {key for key, own in sides.items() if own.waits}
    return [
        {
            **tab,
            "current": tab["key"] == side,
            "count": 1 if tab["key"] != side and tab["key"] in waiting else "",
        }
        for tab in tabs
    ]


def cards_for(desk: OwnDesk) -> list[DeskCard]:
    """What certificates and other rooms say to this person."""
    return [
        card
        for place in desk.participants
        for source in participant_cards
        for card in source(place)
    ]
