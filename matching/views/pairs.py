"""The pairs of a programme. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.enums import Actor
from matching.forms.pairs import MoveForm, PairFilterForm
from matching.models import Pair, Programme
from matching.moves import FINISHED
from matching.permissions import actor_of
from matching.queries.pairs import describe_pair, find_pairs, pairs_with_badges, stage_tabs
from matching.registries import pair_panels
from matching.services.pairs import MoveRefused, move_pair
from matching.views.frame import coordinators_only, find_programme, frame

PER_PAGE = 50


def pair_of_others(request: HttpRequest, programme: Programme, pair_id: int) -> Pair:
    """Whoever is one of the two acts on their pair as that, and reads no more of it."""
    pair = get_object_or_404(find_pairs(programme), pk=pair_id)
    if actor_of(pair, request.user) != Actor.COORDINATOR:
        raise Http404
    return pair


@require_safe
@coordinators_only
def list_pairs(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: every pair, by stage and name."""
    programme = find_programme(slug)
    form = PairFilterForm(request.GET)
    page = Paginator(find_pairs(programme, **form.wanted), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "query": form.as_query,
        "stages": stage_tabs(programme, form.stage_alone),
    }
    context |= {"rows": pairs_with_badges(page, request.user)}
    return render(request, "matching/pairs.html", frame(request, programme, "pairs") | context)


@require_safe
@coordinators_only
def show_pair(request: HttpRequest, slug: str, pair_id: int) -> HttpResponse:
    """For coordinators: one pair, its reasons, its history, and what the rooms above add."""
    programme = find_programme(slug)
    pair = pair_of_others(request, programme, pair_id)
    panels = [panel(request, pair) for panel in pair_panels]
    context = {"page": describe_pair(pair), "pair": pair, "panels": panels}
    context |= {"may_rematch": pair.stage not in FINISHED}
    context |= frame(request, programme, "pairs", below=str(pair))
    return render(request, "matching/pair.html", context)


@require_POST
@coordinators_only
def move(request: HttpRequest, slug: str, pair_id: int) -> HttpResponse:
    """For coordinators: one of the moves that are theirs."""
    pair = pair_of_others(request, find_programme(slug), pair_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        try:
            move_pair(pair, to, actor=Actor.COORDINATOR, by=request.user, note=note)
            text = _("%(pair)s: now at “%(stage)s”. It stands in the history.")
            messages.success(request, text % {"pair": pair, "stage": pair.get_stage_display()})
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("programmes:pair", slug, pair.pk)
