"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest

from portal.models import Branding
from portal.registries import NavigationLink, navigation


def house(request: HttpRequest) -> dict[str, Any]:
    """`branding`: whose portal this is. `navigation`: the header's links for this person."""
    return {"branding": Branding.for_request(request), "navigation": _Links(request)}


class _Links:
    """The links, gathered only where a template shows them."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __iter__(self) -> Any:
        links: list[NavigationLink] = []
        for source in navigation:
            links += source(self.request)
        return iter(links)
