"""Programmes: the list, a new one, its overview and its rules. For coordinators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from matching.forms.programme_changes import EditProgrammeForm
from matching.forms.programmes import NewProgrammeForm
from matching.queries.overview import describe_programme, programmes_with_counts
from matching.services.programmes import ChangedMeanwhileError, save_programme
from matching.views.frame import coordinators_only, find_programme, frame


@require_safe
@coordinators_only
def list_programmes(request: HttpRequest) -> HttpResponse:
    """For coordinators: every programme there is."""
    context = {"programmes": programmes_with_counts()}
    return render(request, "matching/programmes.html", context)


@coordinators_only
def new_programme(request: HttpRequest) -> HttpResponse:
    """For coordinators: a programme is begun."""
    form = NewProgrammeForm(request.POST or None)
    if form.is_valid():
        programme = save_programme(form.save(commit=False), by=request.user)
        messages.success(request, _("The programme is there. Now bring in its people."))
        return redirect("programmes:show", programme.slug)
    status = 422 if form.is_bound else 200
    return render(request, "matching/programme_new.html", {"form": form}, status=status)


@require_safe
@coordinators_only
def show_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: how far the programme is, and what needs them."""
    programme = find_programme(slug)
    context = frame(request, programme, "show") | {"overview": describe_programme(programme)}
    return render(request, "matching/programme.html", context)


@coordinators_only
def edit_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: dates, purpose, rules and weights."""
    form = EditProgrammeForm(request.POST or None, instance=find_programme(slug))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            save_programme(form.save(commit=False), by=request.user, seen=form.seen_values)
        except ChangedMeanwhileError as change:
            form, status = form.beside(change.now, change.fields), 409
        else:
            messages.success(request, _("Saved. The next round goes by it; what stands stays."))
            return redirect("programmes:edit", slug)
    context = frame(request, find_programme(slug), "edit") | {"form": form}
    return render(request, "matching/programme_edit.html", context, status=status)
