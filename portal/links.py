"""Addresses that work outside the portal: in mails, on certificates."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of `path` (which begins with a slash) under BASE_URL."""
    return urljoin(f"{settings.BASE_URL}/", path)
