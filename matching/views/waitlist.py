"""Who waits for a place. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from matching.queries.waitlist import describe_waiting, people_waiting, waitlist_of
from matching.services.jobs import start_late_round
from matching.services.solving import RoundRefused
from matching.views.frame import board_frame, coordinators_only, find_programme

PER_PAGE = 50


@require_safe
@coordinators_only
def show_waitlist(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: who waits, in the order in which they came, and what is free for them."""
    programme = find_programme(slug)
    found = waitlist_of(programme)
    page = Paginator(people_waiting(programme), PER_PAGE).get_page(request.GET.get("page"))
    context = {"waitlist": found, "page": page}
    context |= {"rows": describe_waiting(page, programme, found.latest)}
    context |= board_frame(request, programme, "waitlist")
    return render(request, "matching/waitlist.html", context)


@require_POST
@coordinators_only
def match_late_joiners(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the engine is asked for those who wait, and for nobody else."""
    try:
        job = start_late_round(find_programme(slug), by=request.user)
    except RoundRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:waitlist", slug)
    return redirect("portal:job", job.pk)
