"""The letter that brings a certificate, and the one that says it was withdrawn."""

from django.urls import reverse

from curriculum.certificates.models import Award
from portal.links import absolute
from portal.mail import send_letter


def tell_award(award: Award) -> None:
    """Tell the person that their certificate is there, and how others can check it."""
    _write(award, "certificate_issued")


def tell_withdrawal(award: Award) -> None:
    """Tell the person that their certificate was withdrawn, and the reason."""
    _write(award, "certificate_withdrawn")


def _write(award: Award, template: str) -> None:
    if award.person is None:
        return
    context = {
        "award": award,
        "facts": award.facts,
        "link": absolute(reverse("certificates:mine")),
    }
    send_letter(to=award.person, template=template, context=context)
