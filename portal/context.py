"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.models import Branding
from portal.registries import NavigationLink, navigation


def house(request: HttpRequest) -> dict[str, Any]:
    """`branding`: whose portal this is. `navigation`: the header's links for this person."""
    return {
        "branding": Branding.for_request(request),
        # Gathered only where a template shows them.
        "navigation": SimpleLazyObject(lambda: _links_for(request)),
    }


def _links_for(request: HttpRequest) -> list[NavigationLink]:
    return [link for source in navigation for link in source(request)]
