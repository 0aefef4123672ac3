"""Rounds that were run: the list, one of them, and whether it gives the same again."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from matching.figures import problem_file, result_file
from matching.forms.rounds import RoundSearchForm
from matching.queries.rounds import describe_round, find_round, pairs_in_round, rounds_of
from matching.services.jobs import start_rerun
from matching.views.frame import board_frame, coordinators_only, find_programme

PER_PAGE = 25
PAIRS_PER_PAGE = 50
# What can be downloaded of a round, and how it is written for the engine's command.
FILES = {"problem": problem_file, "result": result_file}


@require_safe
@coordinators_only
def list_rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: every round of the programme, newest first."""
    programme = find_programme(slug)
    page = Paginator(rounds_of(programme), PER_PAGE).get_page(request.GET.get("page"))
    context = board_frame(request, programme, "rounds") | {"page": page}
    return render(request, "matching/rounds.html", context)


@require_safe
@coordinators_only
def show_round(request: HttpRequest, slug: str, round_id: int) -> HttpResponse:
    """For coordinators: what a round ran on, what it came to, and what that changed."""
    programme = find_programme(slug)
    kept = find_round(programme, round_id)
    if kept is None:
        raise Http404
    form = RoundSearchForm(request.GET)
    pairs = pairs_in_round(kept, programme, form.wanted["search"])
    page = Paginator(pairs, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"kept": kept, "form": form, "page": page, "query": form.as_query}
    context |= {"round": describe_round(kept, programme, page.object_list)}
    below = date_format(localtime(kept.created_at), "DATETIME_FORMAT")
    context |= board_frame(request, programme, "rounds", below=below)
    return render(request, "matching/round.html", context)


@require_POST
@coordinators_only
def again(request: HttpRequest, slug: str, round_id: int) -> HttpResponse:
    """For coordinators: a round is run again, to see whether it comes to the same."""
    rounds = find_programme(slug).rounds.defer("problem", "result")
    job = start_rerun(get_object_or_404(rounds, pk=round_id), by=request.user)
    return redirect("portal:job", job.pk)


@require_safe
@coordinators_only
def download(request: HttpRequest, slug: str, round_id: int, part: str) -> HttpResponse:
    """For coordinators: problem or result for the engine's own command; people by number only."""
    if part not in FILES:
        raise Http404
    rounds = find_programme(slug).rounds.only(part)
    content = FILES[part](getattr(get_object_or_404(rounds, pk=round_id), part))
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="round-{round_id}-{part}.json"'
    return response
