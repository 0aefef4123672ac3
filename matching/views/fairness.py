"""Whether a group of people fares otherwise than the rest. For coordinators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.queries.fairness import describe_fairness
from matching.views.frame import board_frame, coordinators_only, find_programme


@require_safe
@coordinators_only
def show_fairness(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: partners and scores by department, place and seniority."""
    programme = find_programme(slug)
    context = {"fairness": describe_fairness(programme)}
    context |= board_frame(request, programme, "fairness")
    return render(request, "matching/fairness.html", context)
