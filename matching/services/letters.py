"""The letters of matching. Each is sent after the commit of what it tells."""

from django.urls import reverse

from matching.enums import PairStage
from matching.models import Pair, Participant
from matching.queries.common_ground import find_common_ground
from portal.links import absolute
from portal.mail import send_letter, write_letter


def _link(pair: Pair) -> str:
    return absolute(reverse("matching:pair", args=[pair.pk]))


def _both(pair: Pair) -> tuple[tuple[Participant, Participant], ...]:
    return (pair.mentor, pair.mentee), (pair.mentee, pair.mentor)


def invite_to_coffee(pair: Pair) -> None:
    """Tell both whom they might go with, what they share, and ask them to meet once."""
    ground = find_common_ground(pair)
    for reader, other in _both(pair):
        context = {
            "pair": pair,
            "other": other,
            "is_mentor": reader.pk == pair.mentor_id,
            "ground": ground,
            "link": _link(pair),
        }
        send_letter(to=reader.person, template="coffee", context=context)


def tell_next_stage(pair: Pair) -> None:
    """Both said yes: to each other, or to how they will work."""
    template = {PairStage.AGREEMENT: "agreement", PairStage.ACTIVE: "pair-active"}[
        PairStage(pair.stage)
    ]
    for reader, other in _both(pair):
        context = {
            "pair": pair,
            "other": other,
            "is_mentor": reader.pk == pair.mentor_id,
            "link": _link(pair),
        }
        send_letter(to=reader.person, template=template, context=context)


def tell_pair_ended(pair: Pair) -> None:
    """One of the two would rather not: both hear the same, and not who said it."""
    for reader, _other in _both(pair):
        send_letter(to=reader.person, template="pair-ended", context={"pair": pair})


def tell_taken_back(pair: Pair) -> None:
    """A coordinator has taken back the invitation to coffee before anyone answered."""
    for reader, other in _both(pair):
        context = {"pair": pair, "other": other}
        send_letter(to=reader.person, template="coffee-taken-back", context=context)


def invite(participant: Participant) -> None:
    """What the programme is, why they, what they get, how long it takes, how to sign in."""
    context = {
        "participant": participant,
        "programme": participant.programme,
        "link": absolute(reverse("account_request_login_code")),
    }
    write_letter(to=participant.person, template="invitation", context=context).send()
