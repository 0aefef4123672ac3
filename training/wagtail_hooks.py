"""Where training meets Wagtail: the gate before every page and file, and the editors' menu."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks

from portal.permissions import is_signed_in
from training.models import TrainingPage
from training.permissions import can_download, can_open


# Before Wagtail's own restrictions: those would tell a visitor that there is something here.
@hooks.register("before_serve_page", order=-100)
def open_only_visible_training(
    page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> None:
    """A training page that the person may not open does not exist for them."""
    if not isinstance(page, TrainingPage):
        return
    if not can_open(request.user, page):
        raise Http404
    request.opened_training_page = page.pk  # type: ignore[attr-defined]


@hooks.register("before_serve_document", order=-100)
def open_only_visible_documents(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Files are for people who are signed in; those of a page for people who may open it."""
    if not is_signed_in(request.user):
        return redirect_to_login(request.get_full_path())
    if not can_download(request.user, document):
        raise Http404
    return None
