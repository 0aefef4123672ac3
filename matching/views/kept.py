"""Who is kept together and who apart, whatever the engine finds. For coordinators."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.board import BarForm, TwoForm
from matching.models import Decision, Programme
from matching.queries.kept import bars_of, describe_locks, locks_of
from matching.services.suggestions import DecisionRefused
from matching.services.together import keep_apart, keep_together, let_go, lift_bar
from matching.views.frame import board_frame, coordinators_only, find_programme, next_or

PER_PAGE = 25


def _kept(programme: Programme) -> str:
    return reverse("programmes:kept", args=[programme.slug])


def _page(request: HttpRequest, programme: Programme, form: TwoForm) -> HttpResponse:
    locks = Paginator(locks_of(programme), PER_PAGE).get_page(request.GET.get("together"))
    bars = Paginator(bars_of(programme), PER_PAGE).get_page(request.GET.get("apart"))
    context = {"locks": locks, "locks_told": describe_locks(locks, programme), "bars": bars}
    context |= {"form": form} | board_frame(request, programme, "kept")
    status = 422 if form.is_bound else 200
    return render(request, "matching/kept.html", context, status=status)


@require_safe
@coordinators_only
def list_kept(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: both lists, with who said so, when and why."""
    programme = find_programme(slug)
    return _page(request, programme, BarForm(programme=programme))


def _decide(
    request: HttpRequest, programme: Programme, act: Callable[..., Decision], told: str
) -> HttpResponse:
    """One service, and a message from which it can be taken back; what was typed is not lost."""
    form = BarForm(request.POST, programme=programme)
    if form.is_valid():
        try:
            decision = act(by=request.user, **form.cleaned_data)
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("programmes:undo", args=[programme.slug, decision.pk])
            messages.success(request, told % form.cleaned_data, extra_tags=undo)
            return redirect(next_or(request, _kept(programme)))
    if "next" not in request.POST:
        return _page(request, programme, form)
    messages.error(request, form.first_error)
    return redirect(next_or(request, _kept(programme)))


@require_POST
@coordinators_only
def lock(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: two people are kept together."""
    told = _("%(mentor)s and %(mentee)s are kept together: every round suggests them.")
    return _decide(request, find_programme(slug), keep_together, told)


@require_POST
@coordinators_only
def bar(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: two people are kept apart."""
    told = _("%(mentor)s and %(mentee)s are kept apart: no round suggests them.")
    return _decide(request, find_programme(slug), keep_apart, told)


def _take_back(
    request: HttpRequest, programme: Programme, rows: Any, act: Callable[..., None], told: str
) -> HttpResponse:
    form = TwoForm(request.POST, programme=programme)
    if form.is_valid() and (row := rows.filter(**form.cleaned_data).first()):
        try:
            act(row, by=request.user)
            messages.success(request, told % form.cleaned_data)
        except DecisionRefused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.info(request, form.first_error or _("That was taken back already."))
    return redirect(next_or(request, _kept(programme)))


@require_POST
@coordinators_only
def unlock(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: two people are matched like everybody else again."""
    programme = find_programme(slug)
    told = _("%(mentor)s and %(mentee)s are let go: a round matches them like everybody else.")
    return _take_back(request, programme, programme.locks, let_go, told)


@require_POST
@coordinators_only
def lift(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: two people may be suggested to each other again."""
    programme = find_programme(slug)
    told = _("%(mentor)s and %(mentee)s may be suggested to each other again.")
    return _take_back(request, programme, programme.bars, lift_bar, told)
