"""Other matches for the two of a pair. For coordinators who are not one of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from matching.enums import PairStage
from matching.forms.questions import question_in
from matching.models import Pair, Programme
from matching.moves import FINISHED
from matching.queries.questions import REPAIR, find_answer
from matching.queries.rematches import choice_of, describe_rematches
from matching.services.pairs import MoveRefused
from matching.services.repairs import RepairRefused, carry_out_repair
from matching.views.frame import coordinators_only, find_programme, frame
from matching.views.pairs import pair_of_others


def _pair_to_repair(request: HttpRequest, programme: Programme, pair_id: int) -> Pair:
    pair = pair_of_others(request, programme, pair_id)
    if pair.stage in FINISHED:
        raise Http404
    return pair


def _steps(request: HttpRequest, programme: Programme, pair: Pair, job: str) -> Any:
    """The choices there are; None while a large programme has not been asked."""
    data = request.GET.copy()
    data["pair"] = str(pair.pk)
    found = question_in(REPAIR, data, programme, by=request.user.pk)
    return found and find_answer(programme, found[0], job)


def _context(request: HttpRequest, programme: Programme, pair: Pair) -> dict[str, Any]:
    context = {"pair": pair, "job": request.GET.get("job", ""), "about": REPAIR}
    context |= {"fields": [("pair", pair.pk)], "is_over": pair.stage == PairStage.ENDED}
    return frame(request, programme, "pairs", below=str(pair)) | context


def _waiting_in_words(made: int) -> str:
    said = ngettext(
        "%(n)d new suggestion waits on the board.",
        "%(n)d new suggestions wait on the board.",
        made,
    )
    return said % {"n": made}


@require_safe
@coordinators_only
def show_others(request: HttpRequest, slug: str, pair_id: int) -> HttpResponse:
    """For coordinators: whom the two could go with instead, and at what price for others."""
    programme = find_programme(slug)
    pair = _pair_to_repair(request, programme, pair_id)
    steps = _steps(request, programme, pair, request.GET.get("job", ""))
    context = {"steps": steps if steps is None else describe_rematches(programme, steps)}
    return render(request, "matching/others.html", _context(request, programme, pair) | context)


@require_safe
@coordinators_only
def look(request: HttpRequest, slug: str, pair_id: int) -> HttpResponse:
    """For coordinators: one choice with everyone it concerns, before it is carried out."""
    programme = find_programme(slug)
    pair = _pair_to_repair(request, programme, pair_id)
    key = request.GET.get("choice", "")
    steps = _steps(request, programme, pair, request.GET.get("job", "")) or []
    every = [choice for step in describe_rematches(programme, steps) for choice in step.choices]
    choice = next((one for one in every if one.key == key), None)
    if choice is None:
        messages.error(request, _("This choice is not open any more. Here is what there is now."))
        return redirect("programmes:others", slug, pair.pk)
    context = _context(request, programme, pair) | {"choice": choice}
    return render(request, "matching/others_look.html", context)


@require_POST
@coordinators_only
def choose(request: HttpRequest, slug: str, pair_id: int) -> HttpResponse:
    """For coordinators: a choice becomes suggestions; pairs in its way end."""
    programme = find_programme(slug)
    pair = _pair_to_repair(request, programme, pair_id)
    steps = _steps(request, programme, pair, request.POST.get("job", "")) or []
    choice = choice_of(steps, request.POST.get("choice", ""))
    try:
        if choice is None:
            raise RepairRefused(_("This choice is not open any more. Here is what there is now."))
        made = carry_out_repair(pair, choice, by=request.user)
    except (RepairRefused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:others", slug, pair.pk)
    messages.success(request, _waiting_in_words(len(made)))
    return redirect("programmes:board", slug)
