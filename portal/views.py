"""The pages of the ground floor."""

import time
from typing import Any

from allauth.account.views import ConfirmLoginCodeView
from django.contrib import messages
from django.db import connection
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from wagtail.documents.views.serve import serve

from portal.colour import INK_DARK, PAPER_DARK, PAPER_LIGHT, WHITE
from portal.forms import OwnDetailsForm
from portal.media import open_public_media, part_of
from portal.models import Branding, Job, User
from portal.permissions import can_see_job, is_coordinator, is_editor, is_signed_in, only_for
from portal.services.jobs import with_progress
from portal.services.people import change_own_details


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Open to all: whether web server and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@never_cache
@require_GET
@only_for(is_signed_in)
def show_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """For whoever started the job, and coordinators."""
    job = get_object_or_404(Job, pk=job_id)
    if not can_see_job(request.user, job):
        raise Http404
    template = "portal/_job.html" if request.htmx else "portal/job.html"
    return render(request, template, {"job": with_progress(job)})


@never_cache
@only_for(is_signed_in)
def own_details(request: HttpRequest) -> HttpResponse:
    """For everybody who is signed in: their own name and time zone, and how they sign in."""
    person = User.objects.get(pk=request.user.pk)
    form = OwnDetailsForm(request.POST or None, instance=person)
    if form.is_valid():
        change_own_details(person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("portal:you")
    status = 422 if form.is_bound else 200
    return render(request, "portal/you.html", {"form": form}, status=status)


@require_GET
@only_for(lambda person: is_editor(person) or is_coordinator(person))
def styleguide(request: HttpRequest) -> HttpResponse:
    """For staff: every component on one page."""
    return render(request, "portal/styleguide.html")


@require_safe
def branding_stylesheet(request: HttpRequest) -> HttpResponse:
    """Open to all: the organisation's accent, shifted where it could not be read."""
    branding = Branding.for_request(request)
    if not branding.accent:
        raise Http404
    shades = {
        "light": branding.shades(PAPER_LIGHT, INK_DARK),
        "dark": branding.shades(PAPER_DARK, WHITE),
    }
    return render(request, "portal/branding.css", shades, content_type="text/css")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Open to all: pictures that editors placed on pages; never documents or certificates."""
    return open_public_media(request, path)


class SignInCodeView(ConfirmLoginCodeView):
    """Open to all who asked for a code: enter it, or have a new one sent."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # To allauth, asking once too often is a wrong code.
        if request.POST.get("action") == "resend" and not self._process.can_resend:
            messages.warning(request, _("No more codes for now. Look at the newest mail."))
            return redirect(self._way_to("account_confirm_login_code"))
        return super().post(request, *args, **kwargs)

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        # The letter says 15 minutes, whichever code it brings.
        self._process.state["at"] = self.stage.login.initiated_at = time.time()
        messages.info(
            self.request, _("If the address is known here, a new code is on its way to it.")
        )
        return super()._resend_form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, _("Three wrong codes. Ask for a new one."))
        return redirect(self._way_to("account_request_login_code"))

    def _way_to(self, name: str) -> str:
        """The address of a page at the door that still knows where the person wanted to go."""
        return str(self.passthrough_next_url(reverse(name)))


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """For whom the hooks before Wagtail's answer let through; the part of it that is asked for."""
    return part_of(request, serve(request, document_id, document_filename))


def no_such_page(request: HttpRequest) -> HttpResponse:
    """For nobody: stands before an address that a library would answer and this house does not."""
    raise Http404
