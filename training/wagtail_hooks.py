"""Where training meets Wagtail: the gate before every page and file, and the editors' menu."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from portal.permissions import is_signed_in
from training.models import TrainingPage
from training.permissions import can_download, can_open
from training.viewsets import TrainingViewSetGroup


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


@hooks.register("register_admin_viewset")
def register_the_training_menu() -> ViewSetGroup:
    return TrainingViewSetGroup()


@hooks.register("before_bulk_action")
def refuse_to_publish_unfinished_training(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Tells which of the chosen pages are not finished, and publishes none of them.

    ``TrainingPage.save`` would refuse anyway, but half-way through and without words.
    """
    if action_type != "publish" or request.method != "POST":
        return None
    drafts = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        drafts += [below for page in objects for below in page.get_descendants().not_live()]
    unfinished = [page for page in drafts if _is_unfinished(page)]
    if not unfinished:
        return None
    for page in unfinished:
        told = _("“%(title)s” is not finished, so nothing was published. Open it and publish it.")
        messages.error(request, told % {"title": page.get_admin_display_title()})
    return redirect(action.next_url or reverse("wagtailadmin_explore_root"))


def _is_unfinished(page: Any) -> bool:
    draft = page.specific.get_latest_revision_as_object()
    return isinstance(draft, TrainingPage) and bool(draft.publishing_problems())
