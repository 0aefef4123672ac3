"""Accepting many suggestions at once. For coordinators."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.board import AcceptingForm
from matching.models import Programme, Suggestion
from matching.queries.suggestions import find_suggestions, letters_for, seen_of, to_decide
from matching.services.jobs import start_accepting
from matching.services.suggestions import DecisionRefused
from matching.views.board import board_at, filter_form
from matching.views.frame import board_frame, coordinators_only, find_programme

# More names than this nobody reads before saying yes.
MOST_NAMED = 25


def _chosen(programme: Programme, form: AcceptingForm) -> QuerySet[Suggestion]:
    """Those ticked, or all that are found by the search; only what waits for a decision."""
    form.is_valid()
    if form.cleaned_data["ticked"]:
        return to_decide(programme).filter(pk__in=form.cleaned_data["only"])
    wanted = filter_form(programme, form.search).wanted
    if wanted["state"] == "decided":
        return Suggestion.objects.none()
    return find_suggestions(programme, **wanted)


def _back(programme: Programme, form: AcceptingForm) -> str:
    return board_at(programme, filter_form(programme, form.search).as_query, None)


@require_safe
@coordinators_only
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what accepting these means, before it is done."""
    programme = find_programme(slug)
    form = AcceptingForm(request.GET)
    found = _chosen(programme, form)
    named = found.select_related("mentor__person", "mentee__person")[:MOST_NAMED]
    context = {"asked": form.cleaned_data, "count": found.count(), "named": named}
    context |= {"letters": letters_for(found), "seen": seen_of(found)}
    context |= {"back": _back(programme, form)}
    context |= board_frame(request, programme, "board", below=_("Accept"))
    return render(request, "matching/accept.html", context)


@require_POST
@coordinators_only
def accept_all(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what was looked at becomes coffee chats, if it still is as it was."""
    programme = find_programme(slug)
    form = AcceptingForm(request.POST)
    found = _chosen(programme, form)
    try:
        job = start_accepting(programme, found, seen=form.cleaned_data["seen"], by=request.user)
    except DecisionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(programme, form))
    return redirect("portal:job", job.pk)
