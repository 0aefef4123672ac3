"""What the curriculum shows on pages of the rooms below: training pages, a pair, the header."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.enums import SessionState
from curriculum.models import ModuleProgress, Session
from curriculum.queries.plans import describe_plan
from curriculum.queries.quizzes import asked_questions, quiz_standing
from matching.models import Pair, Programme
from portal.permissions import is_signed_in
from portal.registries import NavigationLink
from training.models import ModulePage, SessionPlanPage
from training.queries import read_quiz


def module_panel(request: HttpRequest, page: Any) -> SafeString | str:
    """The quiz or its result, “mark as done”, and the way back to what is next."""
    if not isinstance(page, ModulePage) or not is_signed_in(request.user):
        return ""
    standing = quiz_standing(request.user, page) if page.quiz else None
    context = {
        "page": page,
        "standing": standing,
        "questions": asked_questions(page, standing) if standing else [],
        "needed": read_quiz(page).points_needed,
        "progress": ModuleProgress.objects.filter(
            person=request.user, module_key=page.translation_key
        ).first(),
    }
    return render_to_string("curriculum/_module_panel.html", context, request)


def session_plan_panel(request: HttpRequest, page: Any) -> SafeString | str:
    """The person's own meetings by this session plan."""
    if not isinstance(page, SessionPlanPage) or not is_signed_in(request.user):
        return ""
    ours = Q(pair__mentor__person=request.user) | Q(pair__mentee__person=request.user)
    meetings = (
        Session.objects.filter(ours, page_key=page.translation_key)
        .exclude(state=SessionState.CANCELLED)
        .select_related("pair__mentor__person", "pair__mentee__person")
    )
    context = {"page": page, "meetings": meetings}
    return render_to_string("curriculum/_session_plan_panel.html", context, request)


def pair_panel(request: HttpRequest, pair: Pair) -> SafeString:
    """On a coordinator's page of a pair: its plan in short."""
    context = {"page": describe_plan(pair, None), "pair": pair}
    return render_to_string("curriculum/_pair_panel.html", context, request)


def programme_links(request: HttpRequest, programme: Programme) -> list[tuple[str, str]]:
    """Beside people, board and pairs: the programme's time and preparation."""
    return [(_("Curriculum"), reverse("curriculum:programme", args=[programme.slug]))]


def navigation(request: HttpRequest) -> list[NavigationLink]:
    """The desk, for everybody who is signed in."""
    if not is_signed_in(request.user):
        return []
    desk = reverse("curriculum:desk")
    return [NavigationLink(_("Desk"), desk, current=request.path == desk)]
