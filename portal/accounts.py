"""The one door of the house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made for people by an import or a coordinator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
