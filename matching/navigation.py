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
    return [NavigationLink(_("Programmes"), url, request.path.startswith(url))]
