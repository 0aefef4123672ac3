"""The matching board. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from matching.forms.pairs import DecisionForm
from matching.models import Programme, Suggestion
from matching.queries.board import (
    describe_suggestions,
    latest_round,
    people_left_over,
    place_after,
    suggestions_to_decide,
)
from matching.services.jobs import start_accepting_all, start_round
from matching.services.solving import RoundRefused
from matching.services.suggestions import DecisionRefused, decide_suggestion
from matching.views.frame import board_frame, coordinators_only, find_programme

PER_PAGE = 25


def _board_after(programme: Programme, decided: Suggestion) -> str:
    """The board where it goes on: at the suggestion after the one that was decided on."""
    board = reverse("programmes:board", args=[programme.slug])
    place = place_after(programme, decided)
    if place is None:
        return board
    page = place[0] // PER_PAGE + 1
    return f"{board}{f'?page={page}' if page > 1 else ''}#suggestion-{place[1]}"


@require_safe
@coordinators_only
def show_board(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what the engine suggests, and whom it leaves over."""
    programme = find_programme(slug)
    latest = latest_round(programme)
    page = Paginator(suggestions_to_decide(programme), PER_PAGE).get_page(request.GET.get("page"))
    context = {"latest": latest, "page": page, "left_over": people_left_over(programme, latest)}
    context |= {"suggestions": describe_suggestions(page, programme)}
    return render(
        request, "matching/board.html", board_frame(request, programme, "board") | context
    )


@require_POST
@coordinators_only
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the engine is asked again."""
    try:
        job = start_round(find_programme(slug), by=request.user)
    except RoundRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:board", slug)
    return redirect("portal:job", job.pk)


@require_POST
@coordinators_only
def accept_all(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: every open suggestion becomes a coffee chat."""
    job = start_accepting_all(find_programme(slug), by=request.user)
    return redirect("portal:job", job.pk)


@require_POST
@coordinators_only
def decide(request: HttpRequest, slug: str, suggestion_id: int) -> HttpResponse:
    """For coordinators: one suggestion is accepted or refused."""
    programme = find_programme(slug)
    known = Suggestion.objects.filter(round__programme=programme).select_related(
        "mentor__person", "mentee__person"
    )
    suggestion = get_object_or_404(known, pk=suggestion_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decide_suggestion(suggestion, by=request.user, **form.cleaned_data)
            messages.success(request, form.words_about(suggestion))
        except DecisionRefused as refusal:
            messages.error(request, str(refusal))
    return redirect(_board_after(programme, suggestion))
