"""Where training meets Wagtail: the gate before every page and file, and the editors' menu."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from portal.permissions import is_editor, is_signed_in
from training.models import TrackPage, TrainingPage
from training.permissions import can_download, can_open
from training.queries.leaving import effects_of_leaving, reasons_to_keep
from training.services.publishing import REFUSED
from training.viewsets import ShelfPanel, TrainingViewSetGroup


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


@hooks.register("construct_homepage_panels")
def show_editors_their_shelf(request: HttpRequest, panels: list[Any]) -> None:
    if is_editor(request.user):
        panels.append(ShelfPanel())


@hooks.register("before_delete_page")
def refuse_to_delete_what_others_need(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Tells which tracks come after this one, before anybody is asked whether they are sure."""
    return _refuse(request, reasons_to_keep([page]), "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_to_delete_several_that_others_need(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or not all(isinstance(chosen, Page) for chosen in objects):
        return None
    return _refuse(request, reasons_to_keep(objects), _list_behind(request, action))


@hooks.register("after_bulk_action")
def tell_what_several_leave_behind(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    if action_type == "unpublish" and all(isinstance(chosen, Page) for chosen in objects):
        with_descendants = action.cleaned_form.cleaned_data.get("include_descendants", False)
        for effect in effects_of_leaving(objects, with_descendants=with_descendants):
            messages.warning(request, effect)


@hooks.register("after_publish_page")
def warn_of_a_track_without_sessions(request: HttpRequest, page: Page) -> None:
    """Not refused: a pair may well read alone for a while. But it should be meant."""
    if isinstance(page, TrackPage) and page.is_learning and not page.sessions:
        told = _(
            "“%(track)s” has no session plan that is live: a pair does not meet for it, and a"
            " certificate may ask for sessions. Add one, unless that is what you want."
        )
        messages.warning(request, told % {"track": page.title})


def _refuse(
    request: HttpRequest, reasons: list[str], back_to: str, *args: Any
) -> HttpResponse | None:
    for reason in reasons:
        messages.error(request, reason)
    return redirect(back_to, *args) if reasons else None


def _list_behind(request: HttpRequest, action: Any) -> str:
    """Where the pages were chosen; without it a bulk action would lead to its own address."""
    is_told = action.next_url != request.path
    return str(action.next_url) if is_told else reverse("wagtailadmin_explore_root")


@hooks.register("register_log_actions")
def name_what_happens_by_the_clock(actions: Any) -> None:
    @actions.register_action(REFUSED)
    class RefusedFormatter(LogFormatter):  # type: ignore[misc]
        label = _lazy("Not published at its time")

        def format_message(self, log_entry: Any) -> str:
            told = _("Not published at its time: %(problems)s")
            return told % {"problems": " ".join(log_entry.data.get("problems", []))}


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
    told = _("“%(title)s” is not finished, so nothing was published. Open it and publish it.")
    return _refuse(
        request,
        [told % {"title": page.get_admin_display_title()} for page in unfinished],
        _list_behind(request, action),
    )


def _is_unfinished(page: Any) -> bool:
    draft = page.specific.get_latest_revision_as_object()
    return isinstance(draft, TrainingPage) and bool(draft.publishing_problems())
