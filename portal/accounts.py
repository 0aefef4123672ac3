"""The one door of the house."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.links import absolute
from portal.mail import write_to_address
from portal.middleware import do_afterwards


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made for people by an import or a coordinator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code. Look at the newest mail."),
        # Wrong passwords as well as codes asked for: allauth tells of “failed login attempts”.
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One of the letters below ``templates/mail/account/``, once the answer is out.

        Nobody can tell by the wait, or by a mail server that fails, whether an address is known.
        """
        template = f"account/{template_prefix.rpartition('/')[2]}"

        def send() -> None:
            write_to_address(email, template=template, context=context).send()

        do_afterwards(self.request, send)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the portal's own address, whatever host the request named."""
        return absolute(urlsplit(super().get_reset_password_from_key_url(key)).path)
