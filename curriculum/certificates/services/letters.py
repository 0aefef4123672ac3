"""The letter that brings a certificate."""

from django.urls import reverse

from curriculum.certificates.models import Award
from portal.links import absolute
from portal.mail import send_letter


def tell_award(award: Award) -> None:
    """Tell the person that their certificate is there, and how others can check it."""
    if award.person is None:
        return
    context = {
        "award": award,
        "facts": award.facts,
        "link": absolute(reverse("certificates:mine")),
    }
    send_letter(to=award.person, template="certificate_issued", context=context)
