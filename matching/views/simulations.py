"""A spreadsheet tried out without bringing anyone in. For the coordinator who brought it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.rounds import RoundSearchForm
from matching.forms.simulations import SimulationForm
from matching.forms.trials import SetForm
from matching.models import Programme, Simulation
from matching.queries.simulations import (
    describe_simulation,
    find_simulation,
    own_simulations,
    pairs_in_simulation,
    simulation_rows,
)
from matching.rules import rules_of
from matching.services.imports.planning import ImportPlan
from matching.services.imports.uploads import Upload
from matching.services.jobs import start_simulation
from matching.services.simulations import FileHasProblems, begin_simulation, drop_simulation
from matching.spreadsheets import csv_text
from matching.views.frame import board_frame, coordinators_only, find_programme

PAIRS_PER_PAGE = 50
MOST_PROBLEMS = 100


@coordinators_only
def simulate(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: a file is read and a job asks the engine; nobody is brought in."""
    programme = find_programme(slug)
    form = SimulationForm(request.POST or None, request.FILES or None)
    rules = SetForm(request.POST or None, instance=find_programme(slug), prefix="rules")
    plan = None
    if form.is_valid() and rules.is_valid():
        try:
            return _begun(request, programme, form, rules)
        except FileHasProblems as refusal:
            plan = refusal.plan
    context = {"form": form, "rules": rules, "standing": own_simulations(programme, request.user)}
    context |= _problems(plan) | board_frame(request, programme, "simulate")
    status = 422 if form.is_bound else 200
    return render(request, "matching/simulate.html", context, status=status)


def _begun(
    request: HttpRequest, programme: Programme, form: SimulationForm, rules: SetForm
) -> HttpResponse:
    file, asked = form.cleaned_data["file"], form.cleaned_data
    simulation = begin_simulation(
        programme,
        Upload(file.read(), file.name, asked["may_create_skills"]),
        rules_of(rules.instance),
        with_standing=asked["with_standing"],
        by=request.user,
    )
    return redirect("portal:job", start_simulation(simulation, by=request.user).pk)


def _problems(plan: ImportPlan | None) -> dict[str, Any]:
    problems = plan.problems if plan else ()
    return {"problems": problems[:MOST_PROBLEMS], "more": len(problems[MOST_PROBLEMS:])}


@require_safe
@coordinators_only
def show_simulation(request: HttpRequest, slug: str, simulation_id: int) -> HttpResponse:
    """For the coordinator who brought the file: pairs, people left over, figures."""
    programme, simulation = _find(request, slug, simulation_id)
    form = RoundSearchForm(request.GET)
    pairs = pairs_in_simulation(simulation, form.wanted["search"])
    page = Paginator(pairs, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"simulation": simulation, "form": form, "page": page, "query": form.as_query}
    context |= {"found": describe_simulation(simulation, page.object_list)}
    context |= board_frame(request, programme, "simulate", below=simulation.file_name)
    return render(request, "matching/simulation.html", context)


@require_safe
@coordinators_only
def download(request: HttpRequest, slug: str, simulation_id: int) -> HttpResponse:
    """For the coordinator who brought the file: the result as a table."""
    _programme, simulation = _find(request, slug, simulation_id)
    if simulation.result is None:
        raise Http404
    content = csv_text(simulation_rows(simulation))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="simulation-{simulation_id}.csv"'
    return response


@require_POST
@coordinators_only
def delete(request: HttpRequest, slug: str, simulation_id: int) -> HttpResponse:
    """For the coordinator who brought the file: it goes before its day is over."""
    _programme, simulation = _find(request, slug, simulation_id)
    drop_simulation(simulation)
    messages.success(request, _("Deleted. Nothing of the file is kept."))
    return redirect("programmes:simulate", slug)


def _find(request: HttpRequest, slug: str, simulation_id: int) -> tuple[Programme, Simulation]:
    programme = find_programme(slug)
    simulation = find_simulation(programme, request.user, simulation_id)
    if simulation is None:
        raise Http404
    return programme, simulation
