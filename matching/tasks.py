"""What the background worker does for matching; each is run by a job and may run twice."""

import logging
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Decision, Programme
from matching.queries.suggestions import in_order
from matching.services.invitations import invite_participants
from matching.services.rounds import RoundRefused, round_figures, run_round
from matching.services.suggestions import DecisionRefused, accept_suggestion
from matching.services.undoing import undo_many
from portal.models import Job
from portal.services.jobs import JobRefused, note_progress

logger = logging.getLogger(__name__)


def run_round_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    try:
        kept = run_round(programme, by=job.created_by)
    except RoundRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    note_progress(job, done=1, total=1)
    next_url = reverse("programmes:board", args=[programme.slug])
    figures = round_figures(kept)
    found = figures["count"]
    summary = ngettext("%(n)d suggestion waits for you.", "%(n)d suggestions wait for you.", found)
    said = {"summary": summary % {"n": found}, "next_label": _("Go to the board")}
    return {**figures, **said, "next_url": next_url}


def invite_participants_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    try:
        invited = invite_participants(
            programme, progress=lambda done: note_progress(job, done=done)
        )
    except OSError as fault:  # of which mail servers’ errors are a kind
        logger.exception("Job %s: the mail server failed", job.pk)
        raise JobRefused(
            _("The mail server stopped taking letters. Who has one gets no second: start it again.")
        ) from fault
    next_url = reverse("programmes:people", args=[programme.slug])
    number = invited.letters
    summary = ngettext("%(n)d person has a letter.", "%(n)d people have a letter.", number)
    told = [summary % {"n": number}]
    if invited.refused:
        refused = _("The mail server did not take these addresses: %(named)s.")
        told.append(refused % {"named": ", ".join(invited.refused)})
    said = {"summary": " ".join(told), "next_label": _("See the people")}
    return {"invited": number, **said, "next_url": next_url}


def accept_suggestions_job(
    job: Job, *, programme_id: int, suggestions: list[int], seen: str
) -> dict[str, Any]:
    """`seen` was looked at when the job began; what has changed since is refused one by one."""
    programme = Programme.objects.get(pk=programme_id)
    decision = Decision.objects.get(job=job)
    refused = 0
    for done, suggestion in enumerate(in_order(suggestions), start=1):
        try:
            accept_suggestion(suggestion, by=job.created_by, part_of=decision)
        except DecisionRefused:
            refused += 1
        note_progress(job, done=done - refused, refused=refused)
    accepted = decision.parts.count()
    told = [
        ngettext(
            "%(n)d pair is asked to meet for coffee.",
            "%(n)d pairs are asked to meet for coffee.",
            accepted,
        )
        % {"n": accepted}
    ]
    if refused:
        text = ngettext(
            "%(n)d was not possible any more: it stays on the board, or is decided.",
            "%(n)d were not possible any more: they stay on the board, or are decided.",
            refused,
        )
        told.append(text % {"n": refused})
    next_url = reverse("programmes:decisions", args=[programme.slug])
    said = {"summary": " ".join(told), "next_label": _("See it, or take it back")}
    return {"accepted": accepted, "refused": refused, **said, "next_url": next_url}


def undo_many_job(job: Job, *, decision_id: int) -> dict[str, Any]:
    decision = Decision.objects.select_related("programme").get(pk=decision_id)
    done, stay = undo_many(
        decision, by=job.created_by, progress=lambda done: note_progress(job, done=done)
    )
    told = [
        ngettext("%(n)d pair is taken back.", "%(n)d pairs are taken back.", done) % {"n": done}
    ]
    if stay:
        text = ngettext(
            "%(n)d has an answer already and stays.", "%(n)d have an answer already and stay.", stay
        )
        told.append(text % {"n": stay})
    next_url = reverse("programmes:board", args=[decision.programme.slug])
    said = {"summary": " ".join(told), "next_label": _("Go to the board")}
    return {"taken_back": done, "stay": stay, **said, "next_url": next_url}
