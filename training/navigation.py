"""The way to the shelf, for those who look after it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.permissions import is_coordinator, is_editor
from portal.registries import NavigationLink
from training.models import TrainingRootPage


def training_links(request: HttpRequest) -> list[NavigationLink]:
    """To editors and coordinators: everybody else reaches training through their plan."""
    if not (is_editor(request.user) or is_coordinator(request.user)):
        return []
    root = TrainingRootPage.objects.live().first()
    if root is None:
        return []
    url = root.get_url(request)
    return [NavigationLink(_("Training"), url, request.path.startswith(url))]
