"""A session while it runs, step by step; and its end. For the mentor who runs it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.enums import SessionState
from curriculum.forms.sessions import CloseForm, NotesForm
from curriculum.permissions import find_guided_session
from curriculum.queries.meetings import describe_meeting, describe_running
from curriculum.services.sessions import SessionRefused, begin_session, close_session, keep_notes
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
    if session.state != SessionState.RUNNING:
        return redirect("curriculum:session", session_id)
    part = request.GET.get("part", "")
    page = describe_running(session, int(part) if part.isdecimal() and len(part) < 4 else None)
    context = {"page": page, "session": session, "side": side}
    return render(request, "curriculum/run.html", context)


@require_POST
@only_for(is_signed_in)
def notes(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: keep the notes, as they are typed or by a button."""
    session, _side = find_guided_session(request.user, session_id)
    form = NotesForm(request.POST)
    if form.is_valid():
        keep_notes(session, form.cleaned_data["text"], by=request.user)
    if request.htmx:  # type: ignore[attr-defined]
        now = time_format(timezone.localtime(), "H:i")
        saved = _("Saved at %(time)s") % {"time": now} if form.is_valid() else _("Not saved")
        return render(request, "curriculum/_saved.html", {"saved": saved})
    return redirect(form.where_next(session_id))


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_signed_in)
def close(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the mentor: commitments of both, the next date, and the session is held."""
    session, side = find_guided_session(request.user, session_id)
    if session.is_over:
        return redirect("curriculum:session", session_id)
    page = describe_meeting(session, side)
    following = page.following is not None
    form = CloseForm(request.POST or None, session, page.guide.commitments, has_next=following)
    if request.method == "POST" and form.is_valid():
        try:
            close_session(session, **form.asked, by=side)
            messages.success(request, _("The session is held. Well done, both of you."))
        except SessionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("curriculum:rate", session_id)
    context = {"page": page, "session": session, "form": form}
    return render(request, "curriculum/close.html", context, status=422 if form.errors else 200)
