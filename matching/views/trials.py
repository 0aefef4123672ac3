"""Other rules, tried before anything is decided. For coordinators."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.trials import TrialForms, UseForm, set_as_fields, sets_as_query
from matching.models import Programme
from matching.queries.people import people_here
from matching.queries.rounds import find_round, rules_of_round
from matching.queries.trials import describe_trial
from matching.rules import RuleSet, rules_of
from matching.services.jobs import start_trial
from matching.services.solving import RoundRefused
from matching.services.trials import (
    MOST_IN_PLACE,
    RulesChanged,
    adopt_rules,
    changed_in_words,
    try_rules,
)
from matching.views.frame import board_frame, coordinators_only, find_programme
from portal.models import Job


@require_safe
@coordinators_only
def show_trial(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: two sets of rules side by side; nothing is kept."""
    programme = find_programme(slug)
    forms = TrialForms(request.GET, programme, *_sets_of_round(request, programme))
    context = _context(programme, forms, people_here(programme))
    if not context["is_large"] and context["people"] and forms.chosen:
        context |= _compared(programme, forms.chosen)
    if request.htmx:
        return render(request, "matching/_trial.html", context)
    return render(request, "matching/try.html", board_frame(request, programme, "try") | context)


@require_POST
@coordinators_only
def run_trial(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the same for more people than one waits for; a job compares."""
    programme = find_programme(slug)
    forms = TrialForms(request.POST, programme)
    if forms.chosen and "second-objective" in request.POST:
        job = start_trial(programme, forms.chosen, by=request.user)
        return redirect("portal:job", job.pk)
    context = _context(programme, forms, people_here(programme))
    context |= board_frame(request, programme, "try")
    return render(request, "matching/try.html", context, status=422)


@require_safe
@coordinators_only
def show_result(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """For coordinators: what a job compared."""
    programme = find_programme(slug)
    job = get_object_or_404(Job, pk=job_id, kind="matching.trial")
    if job.arguments["programme_id"] != programme.pk or "outcomes" not in job.result:
        raise Http404
    sets = [RuleSet(**values) for values in job.arguments["sets"]]
    context = _context(programme, TrialForms(request.GET, programme, *sets), MOST_IN_PLACE + 1)
    context |= _described(programme, sets, job.result["outcomes"]) | {"job": job}
    return render(request, "matching/try.html", board_frame(request, programme, "try") | context)


@require_POST
@coordinators_only
def use_set(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: one of the sets becomes the rules of the programme."""
    programme = find_programme(slug)
    form = UseForm(request.POST, instance=find_programme(slug))
    if not form.is_valid():
        messages.error(request, _("These rules make no sense together. Nothing was saved."))
        return redirect("programmes:try", slug)
    chosen = rules_of(form.instance)
    try:
        adopt_rules(programme, chosen, seen=form.cleaned_data["seen"], by=request.user)
    except RulesChanged as refusal:
        text = _("%(changed)s Nothing was saved: look at both sets again.")
        messages.error(request, text % {"changed": refusal})
        query = sets_as_query(rules_of(programme), chosen)
        return redirect(f"{reverse('programmes:try', args=[slug])}?{query}")
    messages.success(request, _("These are the programme’s rules now. Run a round to go by them."))
    return redirect("programmes:board", slug)


def _sets_of_round(request: HttpRequest, programme: Programme) -> list[RuleSet]:
    """The rules of now and those of the round that the address names, if it names one."""
    number = request.GET.get("round", "")
    kept = find_round(programme, int(number)) if re.fullmatch("[0-9]{1,18}", number) else None
    return [rules_of(programme), rules_of_round(kept)] if kept else []


def _context(programme: Programme, forms: TrialForms, people: int) -> dict[str, Any]:
    return {
        "programme": programme,
        "forms": forms,
        "people": people,
        "is_large": people > MOST_IN_PLACE,
        "changed_meanwhile": changed_in_words(rules_of(programme), forms.seen),
    }


def _compared(programme: Programme, sets: list[RuleSet]) -> dict[str, Any]:
    try:
        return _described(programme, sets, try_rules(programme, sets))
    except RoundRefused as refusal:
        return {"refusal": str(refusal)}


def _described(programme: Programme, sets: list[RuleSet], outcomes: list[Any]) -> dict[str, Any]:
    now = rules_of(programme)
    return {
        "trial": describe_trial(programme, sets, outcomes),
        "uses": [
            {"is_now": rules == now, "fields": set_as_fields(rules).items()} for rules in sets
        ],
    }
