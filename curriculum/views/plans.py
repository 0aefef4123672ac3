"""The plan of a pair."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curriculum.permissions import find_pair
from curriculum.queries.plans import describe_plan
from matching.permissions import side_of
from portal.permissions import is_signed_in, only_for


@require_safe
@only_for(is_signed_in)
def show_plan(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For the two and for coordinators: each step, why it stands there, and what is missed."""
    pair = find_pair(request.user, pair_id)
    page = describe_plan(pair, side_of(pair, request.user))
    return render(request, "curriculum/plan.html", {"page": page, "pair": pair})
