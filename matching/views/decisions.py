"""The latest decisions of the board, and taking them back. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.enums import DecisionKind
from matching.models import Decision
from matching.queries.decisions import describe_decisions, latest_decisions
from matching.services.jobs import start_undoing
from matching.services.suggestions import DecisionRefused
from matching.services.undoing import undo_decision
from matching.views.board import board_with
from matching.views.frame import board_frame, coordinators_only, find_programme, next_or

PER_PAGE = 25


@require_safe
@coordinators_only
def list_decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: who decided what, when, and what can still be taken back."""
    programme = find_programme(slug)
    page = Paginator(latest_decisions(programme), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "decisions": describe_decisions(page)}
    context |= board_frame(request, programme, "decisions")
    return render(request, "matching/decisions.html", context)


@require_POST
@coordinators_only
def undo(request: HttpRequest, slug: str, decision_id: int) -> HttpResponse:
    """For coordinators: one decision, or one about many, is taken back."""
    decision = get_object_or_404(find_programme(slug).decisions, pk=decision_id)
    try:
        if decision.kind == DecisionKind.ACCEPT_MANY:
            return redirect("portal:job", start_undoing(decision, by=request.user).pk)
        undo_decision(decision, by=request.user)
        messages.success(request, _("Taken back: %(what)s.") % {"what": decision})
    except DecisionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(next_or(request, _where(request, decision)))


def _where(request: HttpRequest, decision: Decision) -> str:
    """At the suggestion that is open again, or on the list of what is kept."""
    programme = decision.programme
    if decision.suggestion_id is None:
        return reverse("programmes:kept", args=[programme.slug])
    return board_with(programme, request.GET.get("query", ""), decision.suggestion_id)
