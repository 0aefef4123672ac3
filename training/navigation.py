"""The way to the shelf, for whoever may open it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.registries import NavigationLink
from training.models import TrainingRootPage
from training.permissions import visible_to


def training_links(request: HttpRequest) -> list[NavigationLink]:
    """One link for everybody who may see the shelf, in whatever part; one query."""
    root = visible_to(request.user).type(TrainingRootPage).order_by("path").first()
    if root is None:
        return []
    url = root.get_url(request)
    return [NavigationLink(_("Training"), url, request.path.startswith(url))]
