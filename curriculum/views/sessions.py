"""A session as the two see it before and after: date, what to bring, what was agreed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.forms.sessions import DateForm, RatingForm
from curriculum.models import PlanItem
from curriculum.permissions import find_commitment, find_own_session, find_pair
from curriculum.queries.meetings import describe_meeting
from curriculum.services.notes import version_of
from curriculum.services.sessions import (
    SessionRefused,
    cancel_session,
    confirm_session,
    open_session,
    rate_session,
    schedule_session,
    settle_commitment,
)
from matching.permissions import side_of
from portal.permissions import is_signed_in, only_for


@require_POST
@only_for(is_signed_in)
def open_(request: HttpRequest, pair_id: int, item_id: int) -> HttpResponse:
    """For the two alone: make the session for this place of the plan, once."""
    pair = find_pair(request.user, pair_id)
    item = get_object_or_404(PlanItem, pk=item_id, step__plan__pair=pair)
    if side_of(pair, request.user) is None:
        return redirect("curriculum:plan", pair.pk)
    try:
        return redirect("curriculum:session", open_session(pair, item).pk)
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("curriculum:plan", pair.pk)


@require_safe
@only_for(is_signed_in)
def show(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the two alone: when, what to bring, what was agreed, and afterwards the notes."""
    session, side = find_own_session(request.user, session_id)
    form = DateForm(None, session)
    page = describe_meeting(session, side)
    context = {"page": page, "session": session, "form": form, "seen": version_of(page.notes)}
    return render(request, "curriculum/session.html", context)


@require_POST
@only_for(is_signed_in)
def set_date(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the two alone: suggest a date, or another one."""
    session, side = find_own_session(request.user, session_id)
    form = DateForm(request.POST, session)
    if not form.is_valid():
        context = {"page": describe_meeting(session, side), "session": session, "form": form}
        return render(request, "curriculum/session.html", context, status=422)
    done = _("Suggested. The other one sees it on their desk and is asked to say yes.")
    return _try(
        request, session_id, done, schedule_session, session, form.cleaned_data["at"], by=side
    )


@require_POST
@only_for(is_signed_in)
def confirm(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the two alone: yes to the date, and back to where the button stood."""
    session, side = find_own_session(request.user, session_id)
    answer = _try(request, session_id, _("You will be there."), confirm_session, session, by=side)
    return redirect(_back(request)) if _back(request) else answer


@require_POST
@only_for(is_signed_in)
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the two alone: call it off; its place in the plan is open again."""
    session, _side = find_own_session(request.user, session_id)
    done = _("The session is called off. Its place in the plan is open again.")
    return _try(request, session_id, done, cancel_session, session)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_signed_in)
def rate(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the two alone: was it useful, could you be candid."""
    session, side = find_own_session(request.user, session_id)
    mine = session.ratings.filter(participant=side).first()
    first = {"useful": mine.useful, "candid": mine.candid} if mine else None
    form = RatingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        done = _("Thank you. It is kept.")
        return _try(request, session_id, done, rate_session, session, side, **form.cleaned_data)
    context = {"session": session, "form": form, "page": describe_meeting(session, side)}
    return render(request, "curriculum/rate.html", context, status=422 if form.errors else 200)


@require_POST
@only_for(is_signed_in)
def settle(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """For whoever made the commitment: kept, or open again."""
    commitment = find_commitment(request.user, commitment_id)
    settle_commitment(commitment, is_done=request.POST.get("kept") != "no")
    return redirect(_back(request) or "curriculum:desk")


def _back(request: HttpRequest) -> str:
    """Where the button stood, if that is a page of this house."""
    to = request.POST.get("back", "")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}) else ""


def _try(request, session_id, done, act, *args, **kwargs) -> HttpResponse:  # type: ignore[no-untyped-def]
    """Do it, say what happened, and go back to the session."""
    try:
        act(*args, **kwargs)
        messages.success(request, done)
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("curriculum:session", session_id)
