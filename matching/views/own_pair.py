"""What one of the two does with their pair. Everybody else gets 404."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matching.forms.pairs import AgreementForm, AnswerForm, OwnMoveForm
from matching.models import Pair, Participant
from matching.permissions import actor_of, own_pairs, side_of
from matching.queries.own_pair import describe_own_pair
from matching.services.answers import answer_coffee, sign_agreement
from matching.services.pairs import MoveRefused, move_pair
from portal.permissions import is_signed_in, only_for


def _own(request: HttpRequest, pair_id: int) -> tuple[Pair, Participant]:
    pair = get_object_or_404(own_pairs(request.user), pk=pair_id)
    participant = side_of(pair, request.user)
    if participant is None:
        raise Http404
    return pair, participant


@only_for(is_signed_in)
def show_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For the two alone: who the other is, what they share, and what is asked now."""
    pair, participant = _own(request, pair_id)
    page = describe_own_pair(pair, participant)
    forms = {"agreement_form": AgreementForm(), "move_form": OwnMoveForm()}
    return render(request, "matching/own_pair.html", {"page": page, "pair": pair, **forms})


@require_POST
@only_for(is_signed_in)
def answer(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For the two alone: yes or no after the coffee."""
    pair, participant = _own(request, pair_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_coffee(pair, participant, is_yes=form.cleaned_data["is_yes"])
            messages.success(request, _("Thank you. Your answer is kept."))
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("matching:pair", pair.pk)


@require_POST
@only_for(is_signed_in)
def sign(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For the two alone: their name under how they will work together."""
    pair, participant = _own(request, pair_id)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        page = describe_own_pair(pair, participant)
        context = {"page": page, "pair": pair, "agreement_form": form}
        return render(request, "matching/own_pair.html", context, status=422)
    try:
        sign_agreement(pair, participant)
        messages.success(request, _("Thank you. You have agreed."))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("matching:pair", pair.pk)


@require_POST
@only_for(is_signed_in)
def move(request: HttpRequest, pair_id: int) -> HttpResponse:
    """For the two alone: pause, go on, ask for another partner."""
    pair, _participant = _own(request, pair_id)
    form = OwnMoveForm(request.POST)
    actor = actor_of(pair, request.user)
    if form.is_valid() and actor:
        try:
            to, note = form.cleaned_data["to"], form.cleaned_data["note"]
            move_pair(pair, to, actor=actor, by=request.user, note=note)
            messages.success(request, _("Done. Your coordinator can see it."))
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("matching:pair", pair.pk)
