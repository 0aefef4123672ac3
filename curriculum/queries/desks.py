"""Which desks a person has, and what the rooms above put on them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from curriculum.queries.own_desk import OwnDesk
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


def choose_desk(tabs: Sequence[dict[str, Any]], wanted: str) -> str:
    """The desk that was asked for if the person has it, else their last: the widest view."""
    keys = [str(tab["key"]) for tab in tabs]
    if wanted in keys:
        return wanted
    if "coordinator" in keys:
        return "coordinator"
    return keys[0] if keys else ""


def cards_for(desk: OwnDesk) -> list[DeskCard]:
    """What certificates and other rooms say to this person."""
    return [
        card
        for place in desk.participants
        for source in participant_cards
        for card in source(place)
    ]
