"""A session while it runs, step by step; and its end. For the mentor who runs it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.enums import SessionState
from curriculum.forms.sessions import CloseForm, NotesForm
from curriculum.models import Session
from curriculum.permissions import find_guided_session
from curriculum.queries.meetings import describe_meeting, describe_running, why_not_meeting
from curriculum.services.notes import keep_notes, version_of
from curriculum.services.sessions import (
    SessionRefused,
    begin_session,
    close_session,
    take_back_start,
)
from portal.permissions import is_signed_in, only_for


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_signed_in)
def run(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: start the session (by POST), then one part at a time."""
    session, side = find_guided_session(request.user, session_id)
    if request.method == "POST":
        try:
            begin_session(session)
        except SessionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("curriculum:run_session", session_id)
    if session.state != SessionState.RUNNING or why_not_meeting(session.pair):
        return redirect("curriculum:session", session_id)
    page = describe_running(session, _part(request))
    context = {"page": page, "session": session, "side": side}
    return render(request, "curriculum/run.html", context | {"seen": version_of(page.notes)})


@require_POST
@only_for(is_signed_in)
def take_back(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: it did not start, so it is planned again."""
    session, _side = find_guided_session(request.user, session_id)
    try:
        take_back_start(session)
        messages.success(request, _("The session is planned again."))
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("curriculum:session", session_id)


@require_POST
@only_for(is_signed_in)
def notes(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: keep the notes, as they are typed or by a button."""
    session, _side = find_guided_session(request.user, session_id)
    form = NotesForm(request.POST)
    saved = _save(request, session, form)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "curriculum/_saved.html", saved)
    if saved["wrong"]:
        messages.warning(request, saved["saved"])
    return redirect(form.where_next(session_id))


def _save(request: HttpRequest, session: Session, form: NotesForm) -> dict[str, str]:
    """Keep the notes and say so: in words, the version kept, and its text if another had a part."""
    if not form.is_valid():
        return {"saved": _("Not saved: these notes are too long."), "wrong": "yes"}
    sent, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    kept = keep_notes(session, sent, by=request.user, seen=seen or None).text
    answer = {"version": version_of(kept), "wrong": ""}
    if kept != sent:
        both = _("These notes were changed in another window too. Both texts are kept.")
        return answer | {"saved": both, "wrong": "yes", "kept": kept}
    now = time_format(timezone.localtime(), "H:i")
    return answer | {"saved": _("Saved at %(time)s") % {"time": now}}


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_signed_in)
def close(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: commitments of both, the next date, and the session is held."""
    session, side = find_guided_session(request.user, session_id)
    page = describe_meeting(session, side)
    if session.is_over or page.closed:
        return redirect("curriculum:session", session_id)
    following = page.following is not None
    form = CloseForm(request.POST or None, session, page.guide.commitments, has_next=following)
    if request.method == "POST" and form.is_valid():
        return _close(request, session, form, side)
    context = {"page": page, "session": session, "form": form, "back": _back(request, session)}
    return render(request, "curriculum/close.html", context, status=422 if form.errors else 200)


def _close(request, session, form, side) -> HttpResponse:  # type: ignore[no-untyped-def]
    try:
        close_session(session, **form.asked, by=side)
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("curriculum:session", session.pk)
    messages.success(request, _("The session is held. Well done, both of you."))
    return redirect("curriculum:rate", session.pk)


def _back(request: HttpRequest, session: Session) -> str:
    """Where “not yet” leads: to the part of the running session that was left."""
    if session.state != SessionState.RUNNING:
        return reverse("curriculum:session", args=[session.pk])
    run, part = reverse("curriculum:run_session", args=[session.pk]), _part(request)
    return run if part is None else f"{run}?part={part}"


def _part(request: HttpRequest) -> int | None:
    """The part of the session that the address names; None: whichever it has come to."""
    part = request.GET.get("part", "")
    return int(part) if part.isdecimal() and len(part) < 4 else None
