"""A programme's certificates: who has one, who has earned one, who misses what. Coordinators."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from curriculum.certificates.forms import RevokeForm, RuleForm
from curriculum.certificates.permissions import find_to_decide
from curriculum.certificates.printing.press import Press, PrintFailed
from curriculum.certificates.queries.awards import issue_page
from curriculum.certificates.services.jobs import start_issue
from curriculum.certificates.services.printing import reprint_award
from curriculum.certificates.services.revocation import revoke_award
from curriculum.certificates.services.rules import change_rule, ensure_rule
from matching.models import Programme
from matching.views.frame import coordinators_only, find_programme, frame

PER_PAGE = 50


def _frame(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """The programme's own frame, with our tab as the current one."""
    context = frame(request, programme, "show")
    prefix = f"/certificates/programmes/{programme.slug}/"
    for tab in context["tabs"]:
        tab["current"] = str(tab["url"]).endswith(prefix)
    return context


@require_safe
@coordinators_only
def show_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: everybody with a pair that began, by how they stand."""
    programme = find_programme(slug)
    page = issue_page(programme)
    missing = Paginator(page.missing, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "missing": missing}
    return render(request, "certificates/programme.html", _frame(request, programme) | context)


@require_POST
@coordinators_only
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: issue what was earned, as a job to watch."""
    job = start_issue(find_programme(slug), by=request.user)
    return redirect("portal:job", job.pk)


@coordinators_only
def edit_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: what the programme asks for from now on."""
    programme = find_programme(slug)
    form = RuleForm(request.POST or None, instance=ensure_rule(programme))
    if form.is_valid():
        change_rule(programme, **form.cleaned_data)
        messages.success(request, _("Saved. Certificates that were issued stay as they are."))
        return redirect("certificates:programme", programme.slug)
    context = _frame(request, programme) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "certificates/rule.html", context, status=status)


@coordinators_only
def revoke(request: HttpRequest, award_id: int) -> HttpResponse:
    """For coordinators: withdraw a certificate that is not their own, with the reason."""
    award = find_to_decide(request.user, award_id)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        revoke_award(award, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Withdrawn. The person gets a letter with your reason."))
        return redirect("certificates:programme", award.programme.slug)
    context = _frame(request, award.programme) | {"form": form, "award": award}
    status = 422 if form.is_bound else 200
    return render(request, "certificates/revoke.html", context, status=status)


@require_POST
@coordinators_only
def reprint(request: HttpRequest, award_id: int) -> HttpResponse:
    """For coordinators: the same facts, printed again, where a file was lost or came out wrong."""
    award = find_to_decide(request.user, award_id)
    try:
        with Press() as press:
            reprint_award(award, press)
        messages.success(request, _("Printed again from the same facts."))
    except PrintFailed:
        messages.error(request, _("The PDF could not be made. The certificate stands as it was."))
    return redirect("certificates:programme", award.programme.slug)
