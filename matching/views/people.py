"""The people of a programme. For coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.people import PeopleFilterForm, PlaceForm
from matching.permissions import stands_with
from matching.queries.left_over import why_alone
from matching.queries.people import describe_person, find_people, people_of, to_invite
from matching.services.jobs import start_invitations
from matching.services.programmes import take_back_participant, withdraw_participant
from matching.views.frame import coordinators_only, find_programme, frame

PER_PAGE = 50


@require_safe
@coordinators_only
def list_people(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: who is in the programme, searched and filtered."""
    programme = find_programme(slug)
    form = PeopleFilterForm(request.GET)
    found = find_people(programme, **form.wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": form.as_query, "rows": people_of(page)}
    context |= frame(request, programme, "people") | {"waiting": to_invite(programme).count()}
    return render(request, "matching/people.html", context)


@require_safe
@coordinators_only
def show_person(request: HttpRequest, slug: str, participant_id: int) -> HttpResponse:
    """For coordinators: one participant, what they know, want, and with whom they go."""
    programme = find_programme(slug)
    participant = get_object_or_404(
        programme.participants.select_related("person"), pk=participant_id
    )
    context = frame(request, programme, "people", below=str(participant))
    context |= {"page": describe_person(participant, request.user)}
    context |= {"is_own_affair": stands_with(request.user, participant)}
    context |= {"alone": why_alone(programme, participant)}
    return render(request, "matching/person.html", context)


@require_POST
@coordinators_only
def change_place(request: HttpRequest, slug: str, participant_id: int) -> HttpResponse:
    """For coordinators not in a pair with them: somebody leaves the programme, or comes back."""
    participant = get_object_or_404(find_programme(slug).participants, pk=participant_id)
    if stands_with(request.user, participant):
        raise Http404
    form = PlaceForm(request.POST)
    if form.is_valid() and form.cleaned_data["act"] == "withdraw":
        withdraw_participant(participant, by=request.user)
        messages.success(request, _("They are out of the programme; their pairs are ended."))
    elif form.is_valid():
        take_back_participant(participant)
        messages.success(request, _("They are in the programme again."))
    return redirect("programmes:person", slug, participant.pk)


@require_POST
@coordinators_only
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """For coordinators: everyone who was not invited yet gets a letter."""
    job = start_invitations(find_programme(slug), by=request.user)
    return redirect("portal:job", job.pk)
