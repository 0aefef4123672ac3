"""The matching board. For coordinators."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.board import BoardFilterForm, DecisionForm, LeftOverFilterForm
from matching.models import Programme, Round, Suggestion
from matching.queries.board import (
    describe_suggestions,
    left_over_beside,
    notes_of_round,
    place_after,
    place_of,
    rows_of,
)
from matching.queries.left_over import describe_left_over, find_left_over, in_groups
from matching.queries.suggestions import (
    departments_of,
    find_suggestions,
    latest_round,
    skills_covered,
)
from matching.services.jobs import start_round
from matching.services.solving import RoundRefused
from matching.services.suggestions import DecisionRefused, decide_suggestion
from matching.views.frame import board_frame, coordinators_only, find_programme

PER_PAGE = 25


def filter_form(
    programme: Programme, data: QueryDict, latest: Round | None = None
) -> BoardFilterForm:
    skills = skills_covered(latest or latest_round(programme))
    return BoardFilterForm(data, departments=departments_of(programme), skills=skills)


def keys_found(programme: Programme, form: BoardFilterForm) -> list[int]:
    return list(find_suggestions(programme, **form.wanted).values_list("pk", flat=True))


def board_at(programme: Programme, query: str, place: tuple[int, int] | None) -> str:
    """The board at one of its suggestions, on the page that it stands on."""
    board = reverse("programmes:board", args=[programme.slug])
    page = place[0] // PER_PAGE + 1 if place else 1
    asked = "&".join(part for part in (query, f"page={page}" if page > 1 else "") if part)
    anchor = f"#suggestion-{place[1]}" if place else ""
    return f"{board}{f'?{asked}' if asked else ''}{anchor}"


def board_with(programme: Programme, query: str, key: int) -> str:
    """The board at this suggestion, if that search still finds it."""
    form = filter_form(programme, QueryDict(query))
    return board_at(programme, form.as_query, place_of(keys_found(programme, form), key))


@require_safe
@coordinators_only
def show_board(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what the engine suggests, and whom it leaves over."""
    programme = find_programme(slug)
    latest = latest_round(programme)
    form = filter_form(programme, request.GET, latest)
    found = find_suggestions(programme, **form.wanted).values_list("pk", flat=True)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"form": form, "query": form.as_query, "page": page}
    context |= {"latest": latest, "notes": notes_of_round(latest)}
    context |= {"suggestions": describe_suggestions(rows_of(page), programme)}
    context |= {"left_over": left_over_beside(programme, latest)}
    return render(
        request, "matching/board.html", board_frame(request, programme, "board") | context
    )


@require_safe
@coordinators_only
def list_left_over(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: everyone the latest round leaves without a partner, and why."""
    programme = find_programme(slug)
    form, latest = LeftOverFilterForm(request.GET), latest_round(programme)
    found = find_left_over(programme, latest, **form.wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "query": form.as_query, "page": page, "latest": latest}
    context |= {"groups": in_groups(describe_left_over(page, latest))}
    context |= board_frame(request, programme, "left_over")
    return render(request, "matching/left_over.html", context)


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
def decide(request: HttpRequest, slug: str, suggestion_id: int) -> HttpResponse:
    """For coordinators: one suggestion is accepted or refused."""
    programme = find_programme(slug)
    suggestion = get_object_or_404(_of(programme), pk=suggestion_id)
    search = filter_form(programme, QueryDict(request.POST.get("query", "")))
    before = keys_found(programme, search)
    _decide(request, suggestion, search.as_query)
    place = place_after(before, keys_found(programme, search), suggestion.pk)
    return redirect(board_at(programme, search.as_query, place))


def _decide(request: HttpRequest, suggestion: Suggestion, query: str) -> None:
    """The one service, and what is told of it."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was done, for the form came incomplete. Try again."))
        return
    try:
        decide_suggestion(suggestion, by=request.user, **form.cleaned_data)
    except DecisionRefused as refusal:
        messages.error(request, f"{suggestion}: {refusal}")
    else:
        undo = undo_url(suggestion, query)
        messages.success(request, form.words_about(suggestion), extra_tags=undo)


def _of(programme: Programme) -> Any:
    return Suggestion.objects.filter(round__programme=programme).select_related(
        "round__programme", "mentor__person", "mentee__person"
    )


def undo_url(suggestion: Suggestion, query: str) -> str:
    """Where the latest decision about a suggestion is taken back; then one is at it again."""
    key = suggestion.decisions.values_list("pk", flat=True).first()
    url = reverse("programmes:undo", args=[suggestion.round.programme.slug, key])
    return f"{url}?{urlencode({'query': query})}" if query else url
