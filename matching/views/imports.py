"""A participants file: brought, looked at row by row, applied. For coordinators."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.imports import RereadForm, ReviewForm, UploadForm
from matching.queries.roster import skill_names
from matching.services.imports.columns import COLUMNS, SAMPLE
from matching.services.imports.review import Review
from matching.services.imports.uploads import (
    Upload,
    apply_upload,
    drop_upload,
    find_review,
    find_upload,
    keep_upload,
    reread_upload,
)
from matching.services.imports.wording import (
    review_as_table,
    review_tabs,
    rows_with_badges,
    trouble_in_words,
)
from matching.services.jobs import start_dry_run, start_import
from matching.views.frame import coordinators_only, find_programme, frame
from portal.downloads import csv_download

PER_PAGE = 50


@coordinators_only
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: bring a file; it is kept for its dry run."""
    programme = find_programme(slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = Upload(file.read(), file.name, form.cleaned_data["may_create_skills"])
        keep_upload(programme, request.user, kept)
        return redirect("programmes:import_review", slug)
    context = frame(request, programme, "people", below=_("Import")) | {"form": form}
    context |= {"skills": skill_names(), "waiting": find_upload(programme, request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "matching/import.html", context, status=status)


@require_safe
@coordinators_only
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what their own waiting file would change, row by row."""
    programme = find_programme(slug)
    waiting = find_upload(programme, request.user)
    if waiting is None:
        return redirect("programmes:import", slug)
    found = find_review(programme, request.user, waiting)
    if found is None:
        return redirect("portal:job", start_dry_run(programme, by=request.user).pk)
    context = _shown(request, found) | {"upload": waiting}
    context |= frame(request, programme, "people", below=_("Import"))
    return render(request, "matching/import_review.html", context)


def _shown(request: HttpRequest, found: Review) -> dict[str, Any]:
    """The rows that were asked for, and what the file comes to."""
    form = ReviewForm(request.GET)
    show = form.wanted["show"]
    page = Paginator(found.shown(show), PER_PAGE).get_page(request.GET.get("page"))
    context = {"review": found, "verdict": found.verdict, "page": page, "query": form.as_query}
    context |= {
        "trouble": trouble_in_words(found.verdict),
        "tabs_of_rows": review_tabs(found, show),
    }
    return context | {"rows": rows_with_badges(page.object_list)}


@require_safe
@coordinators_only
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the same for a spreadsheet, to mend the file beside it."""
    programme = find_programme(slug)
    waiting = find_upload(programme, request.user)
    found = waiting and find_review(programme, request.user, waiting)
    if not found:
        return redirect("programmes:import_review", slug)
    show = ReviewForm(request.GET).wanted["show"]
    return csv_download("what-would-change.csv", review_as_table(found, show))


@require_POST
@coordinators_only
def look_again(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: their own waiting file is read anew, as it was offered if they chose so."""
    form = RereadForm(request.POST)
    if form.is_valid():
        reread_upload(find_programme(slug), request.user, form.cleaned_data["encoding"])
    return redirect("programmes:import_review", slug)


@require_POST
@coordinators_only
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: their own waiting file is applied whole, or thrown away."""
    programme = find_programme(slug)
    if "discard" in request.POST:
        drop_upload(programme, request.user)
        return redirect("programmes:import", slug)
    waiting, token = find_upload(programme, request.user), request.POST.get("token", "")
    if waiting is not None and not waiting.is_small:
        return redirect("portal:job", start_import(programme, token=token, by=request.user).pk)
    plan = apply_upload(programme, request.user, token=token)
    if plan is not None and not plan.is_clean:
        messages.error(request, _("Nothing was applied: something has changed. Look again."))
        return redirect("programmes:import_review", slug)
    if plan is not None:
        text = _("Applied. New: %(created)d. Changed: %(changed)d. As before: %(unchanged)d.")
        messages.success(request, text % plan.figures)
    return redirect("programmes:people", slug)


@require_safe
@coordinators_only
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: a small file to fill in."""
    return csv_download("participants.csv", [COLUMNS, *SAMPLE])
