"""Checking a certificate. Open to all: whoever holds the code may see what is printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curriculum.certificates.forms import CodeForm
from curriculum.certificates.queries.awards import find_award
from curriculum.certificates.queries.verification import (
    printed_facts,
    printed_skills,
    rule_in_words,
)


def _unlisted(response: HttpResponse) -> HttpResponse:
    """A person's name is not for search engines to keep."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@never_cache
@require_safe
def enter_code(request: HttpRequest) -> HttpResponse:
    """Open to all: a place to type what stands on the paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        award = find_award(form.cleaned_data["code"])
        if award is None:
            return _not_found(request, form)
        return redirect("verify:award", award.token)
    status = 422 if form.is_bound else 200
    return _unlisted(render(request, "certificates/enter_code.html", {"form": form}, status=status))


@never_cache
@require_safe
def show_award(request: HttpRequest, code: str) -> HttpResponse:
    """Open to all who hold the code: every printed fact, and whether it stands."""
    award = find_award(code)
    if award is None:
        return _not_found(request, CodeForm(initial={"code": code[:300]}))
    if code != award.token:
        return redirect("verify:award", award.token)
    context = {
        "award": award,
        "facts": printed_facts(award),
        "skills": printed_skills(award),
        "rule": rule_in_words(award),
    }
    return _unlisted(render(request, "certificates/verify.html", context))


def _not_found(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form}
    return _unlisted(render(request, "certificates/not_found.html", context, status=404))
