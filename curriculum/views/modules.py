"""What a person does with a module: the page itself is training's, the answers are ours."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.services.modules import NotYet, answer_quiz, complete_module, start_module
from portal.permissions import is_signed_in, only_for
from training.models import ModulePage
from training.permissions import can_open


def _open(request: HttpRequest, page_id: int) -> ModulePage:
    module = ModulePage.objects.live().filter(pk=page_id).first()
    if module is None or not can_open(request.user, module):
        raise Http404
    return module


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(is_signed_in)
def module(request: HttpRequest, page_id: int) -> HttpResponse:
    """For whoever may open the module: go there, or send the answers of its quiz."""
    page = _open(request, page_id)
    if request.method != "POST":
        start_module(request.user, page)
        return redirect(page.get_url(request))
    answer_quiz(request.user, page, dict(request.POST.lists()))
    return redirect(f"{page.get_url(request)}#quiz")


@require_POST
@only_for(is_signed_in)
def complete(request: HttpRequest, page_id: int) -> HttpResponse:
    """For whoever may open the module: mark it as done."""
    page = _open(request, page_id)
    try:
        complete_module(request.user, page)
    except NotYet as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{page.get_url(request)}#quiz")
    messages.success(request, _("“%(title)s” is done.") % {"title": page.title})
    return redirect("curriculum:desk")
