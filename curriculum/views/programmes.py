"""A programme's time and preparation, plans for its pairs, and waivers. For coordinators."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.forms.programmes import CurriculumForm, WaiverForm
from curriculum.permissions import find_others_pair
from curriculum.queries.coordination import (
    meeting_pairs,
    unprepared_pairs,
    without_plan,
    without_steps,
)
from curriculum.services.programmes import ensure_curriculum, save_curriculum
from curriculum.services.sessions import SessionRefused, waive_preparation
from matching.models import Programme
from matching.views.frame import frame
from portal.permissions import is_coordinator, only_for
from portal.services.jobs import start_job

PER_PAGE = 50


def _frame(request: HttpRequest, programme: Programme, below: str = "") -> dict[str, Any]:
    """The programme's own frame, with our tab as the one that is open."""
    context = frame(request, programme, "show")
    here = reverse("curriculum:programme", args=[programme.slug])
    trail = [
        *context["trail"][:1],
        {"label": str(programme), "url": reverse("programmes:show", args=[programme.slug])},
        {"label": _("Curriculum"), "url": here if below else ""},
        *([{"label": below, "url": ""}] if below else []),
    ]
    tabs = [{**tab, "current": tab["url"] == here} for tab in context["tabs"]]
    return {**context, "tabs": tabs, "trail": trail}


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_coordinator)
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: how much time each pair has, and what each side does first."""
    programme = get_object_or_404(Programme, slug=slug)
    form = CurriculumForm(request.POST or None, instance=ensure_curriculum(programme))
    if request.method == "POST" and form.is_valid():
        save_curriculum(form.save(commit=False))
        messages.success(request, _("Saved. Plans that stand are not changed by it."))
        return redirect("curriculum:programme", slug)
    context = {
        **_frame(request, programme),
        "form": form,
        "waiting": without_plan(programme).count(),
        "without_steps": without_steps(programme).count(),
        "pairs": meeting_pairs(programme).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "curriculum/programme.html", context, status=status)


@require_POST
@only_for(is_coordinator)
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: plan every active pair that has no plan, as a job to watch."""
    programme = get_object_or_404(Programme, slug=slug)
    job = start_job(
        kind="assign_tracks",
        title=_("Assign tracks in %(programme)s") % {"programme": programme},
        task="curriculum.tasks.assign_programme_tracks",
        arguments={"programme_id": programme.pk},
        key=f"assign-tracks-{programme.pk}",
        total=meeting_pairs(programme).count(),
        by=request.user,
    )
    return redirect("portal:job", job.pk)


@require_safe
@only_for(is_coordinator)
def preparation(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: pairs that cannot begin, who is missing what, and the waiver."""
    programme = get_object_or_404(Programme, slug=slug)
    rows = Paginator(unprepared_pairs(programme), PER_PAGE).get_page(request.GET.get("page"))
    context = {**_frame(request, programme, _("Preparation")), "rows": rows}
    return render(request, "curriculum/preparation.html", context)


@require_POST
@only_for(is_coordinator)
def waive(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For coordinators: let others begin before both have prepared; the reason is kept."""
    pair = find_others_pair(request.user, pair_id)
    form = WaiverForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        waive_preparation(pair, reason=reason, by=request.user)
        messages.success(request, _("They may begin. The reason is kept with the pair."))
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("curriculum:preparation", pair.programme.slug)
