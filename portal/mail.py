"""Letters: one text, one HTML version of it, sent once the change that caused them is saved."""

from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string

from portal.models import Branding, User

# Nothing is ever fetched for a mail: its styles stand in the template itself.
_inliner = CSSInliner(load_remote_stylesheets=False)


def send_letter(*, to: User, template: str, context: dict[str, Any]) -> None:
    """Write to one person, after commit.

    `template` names three files below ``templates/mail/``: ``….subject.txt`` (one line),
    ``….txt`` and ``….html``. They get `context` and `person`, `branding` and `base_url`.
    The letter is rendered at once, so that a broken template stops the change and not the mail.
    """
    letter = write_letter(to=to, template=template, context=context)
    # One that cannot be sent is told in the log; it must stop neither the answer nor the next one.
    transaction.on_commit(letter.send, robust=True)


def write_letter(*, to: User, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter, rendered and not sent."""
    return write_to_address(to.email, template=template, context={**context, "person": to})


def write_to_address(
    address: str, *, template: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    """A letter to whoever reads the mail of an address, rendered and not sent."""
    values = {
        **context,
        "branding": Branding.objects.first(),
        "base_url": settings.BASE_URL,
    }
    subject = " ".join(_render_plain(f"mail/{template}.subject.txt", values).split())
    letter = EmailMultiAlternatives(
        subject, _render_plain(f"mail/{template}.txt", values), to=[address]
    )
    html = render_to_string(f"mail/{template}.html", values)
    letter.attach_alternative(_inliner.inline(html), "text/html")
    return letter


def _render_plain(name: str, values: dict[str, Any]) -> str:
    """A text template without HTML's escapes: in a text, O’Brien & Daughters are just that."""
    template = get_template(name).template  # type: ignore[attr-defined]
    return str(template.render(Context(values, autoescape=False)))
