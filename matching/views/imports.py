"""A participants file: brought, looked at row by row, applied. For coordinators."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.imports import ReviewForm, UploadForm
from matching.queries.roster import skill_names
from matching.services.imports.columns import COLUMNS, SAMPLE
from matching.services.imports.review import review_plan
from matching.services.imports.uploads import (
    Upload,
    apply_upload,
    drop_upload,
    find_upload,
    keep_upload,
)
from matching.views.frame import coordinators_only, find_programme, frame

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
    form = ReviewForm(request.GET)
    found = review_plan(waiting.plan(programme), form.wanted["show"])
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"review": found, "page": page, "upload": waiting, "query": form.as_query}
    context |= frame(request, programme, "people", below=_("Import"))
    return render(request, "matching/import_review.html", context)


@require_POST
@coordinators_only
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: their own waiting file is applied whole, or thrown away."""
    programme = find_programme(slug)
    if "discard" in request.POST:
        drop_upload(programme, request.user)
        return redirect("programmes:import", slug)
    plan = apply_upload(programme, request.user)
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
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="participants.csv"'
    # Excel takes a file without this mark for another encoding.
    response.write("\ufeff")
    csv.writer(response).writerows([COLUMNS, *SAMPLE])
    return response
