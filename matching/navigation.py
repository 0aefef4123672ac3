"""Matching's links in the header."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.permissions import is_coordinator
from portal.registries import NavigationLink


def coordinator_links(request: HttpRequest) -> list[NavigationLink]:
    if not is_coordinator(request.user):
        return []
    url = reverse("programmes:list")
    # Rooms above have pages of a programme at addresses of their own.
    is_here = request.path.startswith(url) or "/programmes/" in request.path
    return [NavigationLink(_("Programmes"), url, is_here)]
