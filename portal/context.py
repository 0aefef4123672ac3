"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest

from portal.models import Branding


def house(request: HttpRequest) -> dict[str, Any]:
    """`branding`: whose portal this is."""
    return {"branding": Branding.for_request(request)}
