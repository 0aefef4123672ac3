"""What certificates add to the desks and to a programme's page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.certificates.models import Award
from curriculum.certificates.queries.awards import issue_page
from curriculum.certificates.queries.evidence import candidates
from curriculum.registries import DeskCard
from matching.models import Participant, Programme


def coordinator_card(programme: Programme) -> list[DeskCard]:
    """How many have theirs; first among what waits while someone has earned one unissued."""
    page = issue_page(programme)
    waiting = page.to_issue
    url = reverse("certificates:programme", args=[programme.slug])
    count = page.standing
    title = ngettext("certificate issued", "certificates issued", count)
    issued = DeskCard(title, "", url, _("See certificates"), count, stage=_("Certificates"))
    if waiting:
        title = ngettext(
            "person has earned a certificate", "people have earned a certificate", waiting
        )
        text = _("It is not issued yet. Issuing prints it and sends a letter.")
        act = _("Issue certificates")
        return [DeskCard(title, text, url, act, waiting, needs_you=True), issued]
    return [issued]


def own_card(participant: Participant) -> list[DeskCard]:
    """The way to one's certificate, or to what it still takes."""
    url = reverse("certificates:mine")
    award = Award.objects.filter(
        programme_id=participant.programme_id, person_id=participant.person_id
    ).first()
    if award is None:
        found = candidates(participant.programme, participant)
        if found and found[0].verdict.is_earned:
            text = _("You have done everything. Your coordinator issues it next.")
            return [DeskCard(_("Your certificate"), text, url, _("See it"))]
        text = _("See what it takes, and what you have so far.")
        return [DeskCard(_("Your certificate"), text, url, _("See what is missing"))]
    if not award.is_standing:
        text = _("It was withdrawn. You can read why.")
        return [DeskCard(_("Your certificate"), text, url, _("Read why"))]
    text = _("It is yours to keep and to show; anyone can check it.")
    return [DeskCard(_("You have earned your certificate"), text, url, _("See it"))]


def programme_link(request: HttpRequest, programme: Programme) -> list[tuple[str, str]]:
    return [(_("Certificates"), reverse("certificates:programme", args=[programme.slug]))]
