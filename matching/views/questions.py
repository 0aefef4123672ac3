"""Questions to the match on the board: why not these two, what would help. For coordinators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.questions import RelaxationForm, WhyForm, question_in
from matching.models import Programme
from matching.queries.changes import change_in_words, people_missing, relaxation_is_open
from matching.queries.questions import PERSON, RELAXATION, WHY, find_answer, round_asked_about
from matching.queries.replies import (
    describe_advice,
    describe_comparison,
    describe_why_not,
    people_in,
)
from matching.services.jobs import start_question, start_round
from matching.services.relaxations import RelaxationRefused, apply_relaxation
from matching.services.solving import RoundRefused
from matching.views.frame import board_frame, coordinators_only, find_programme, frame


def _asked(request: HttpRequest, programme: Programme, about: str, **more: str) -> dict[str, Any]:
    """The question of this address and its answer, either of which may be None."""
    data = request.GET.copy()
    data.update(more)
    found = question_in(about, data, programme, by=request.user.pk)
    if found is None:
        return {"about": about, "question": None, "answer": None}
    job = request.GET.get("job", "")
    return {
        "about": about,
        "question": found[0],
        "answer": find_answer(programme, found[0], job),
        "fields": [(name, value) for name, value in data.items() if name != "job"],
    }


@require_safe
@coordinators_only
def show_why(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: why two people are not matched, and what it would cost."""
    programme = find_programme(slug)
    form = WhyForm(request.GET, programme)
    latest = round_asked_about(programme, form.two)
    missing = people_missing(programme, latest, form.two)
    context: dict[str, Any] = {"form": form, "missing": missing, "latest": latest}
    if latest and form.two and not missing:
        context |= _asked(request, programme, WHY)
    if answer := context.get("answer"):
        people = people_in(programme, answer)
        context["reply"] = describe_why_not(answer, people, latest)
    return render(request, "matching/why.html", board_frame(request, programme, "why") | context)


@require_safe
@coordinators_only
def show_help(request: HttpRequest, slug: str, participant_id: int) -> HttpResponse:
    """For coordinators: what would give one person a partner."""
    programme = find_programme(slug)
    people = programme.participants.select_related("person")
    participant = get_object_or_404(people, pk=participant_id)
    context = _asked(request, programme, PERSON, person=str(participant_id))
    if context["answer"]:
        named = people_in(programme, context["answer"])
        advices = [describe_advice(one, named) for one in context["answer"]["people"]]
        context["advices"] = advices
    context |= frame(request, programme, "people", below=str(participant))
    return render(request, "matching/help.html", context | {"participant": participant})


@require_safe
@coordinators_only
def show_change(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the whole match after one change, beside the match as it is."""
    programme = find_programme(slug)
    form = RelaxationForm(request.GET)
    if not form.is_valid():
        raise Http404
    context = change_in_words(programme, form.relaxation)
    if context["is_open"]:
        context |= _asked(request, programme, RELAXATION)
    if context.get("answer"):
        people = people_in(programme, context["answer"])
        context["comparison"] = describe_comparison(context["answer"], people)
    below = board_frame(request, programme, "board", below=_("Try a change"))
    return render(request, "matching/change.html", below | context)


@require_POST
@coordinators_only
def carry_out(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: the change is made, and a new round is run."""
    programme, form = find_programme(slug), RelaxationForm(request.POST)
    if not form.is_valid() or not relaxation_is_open(programme, form.relaxation):
        messages.error(request, _("This change is not open any more. Look at the board again."))
        return redirect("programmes:board", slug)
    try:
        apply_relaxation(programme, form.relaxation, by=request.user, was=form.cleaned_data["was"])
        job = start_round(programme, by=request.user)
    except (RelaxationRefused, RoundRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:board", slug)
    return redirect("portal:job", job.pk)


@require_POST
@coordinators_only
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators of a large programme: a question that takes a while to answer."""
    programme = find_programme(slug)
    about = request.POST.get("about", "")
    found = question_in(about, request.POST, programme, by=request.user.pk)
    if found is None:
        raise Http404
    job = start_question(programme, found[0], page=found[1], by=request.user)
    return redirect("portal:job", job.pk)
