"""What the background worker does for matching; each is run by a job and may run twice."""

import logging
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Programme
from matching.queries.questions import MOST_TRIED_BY_A_JOB, answer
from matching.services.advice import advise_round
from matching.services.invitations import invite_participants
from matching.services.rounds import RoundRefused, round_figures, run_round
from matching.services.suggestions import DecisionRefused, accept_suggestion, open_suggestions
from portal.models import Job
from portal.services.jobs import JobRefused, note_progress

logger = logging.getLogger(__name__)


def run_round_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    try:
        kept = run_round(programme, by=job.created_by)
    except RoundRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    note_progress(job, done=1)
    # Each change that is tried is a sign of life.
    advise_round(kept, progress=lambda solves: note_progress(job, done=1))
    note_progress(job, done=2)
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


def accept_suggestions_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    accepted = refused = 0
    for suggestion in open_suggestions(programme):
        try:
            accept_suggestion(suggestion, by=job.created_by)
            accepted += 1
        except DecisionRefused:
            refused += 1
        note_progress(job, done=accepted, refused=refused)
    next_url = reverse("programmes:pairs", args=[programme.slug])
    summary = ngettext(
        "%(n)d pair is asked to meet for coffee.",
        "%(n)d pairs are asked to meet for coffee.",
        accepted,
    )
    said = {"summary": summary % {"n": accepted}, "next_label": _("See the pairs")}
    return {"accepted": accepted, "refused": refused, **said, "next_url": next_url}


def answer_question_job(
    job: Job, *, programme_id: int, question: dict[str, Any], page: str
) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    found = answer(
        programme,
        question,
        most_tried=MOST_TRIED_BY_A_JOB,
        progress=lambda solves: note_progress(job, done=0),
    )
    if found is None:
        raise JobRefused(_("There has been another round since. Ask again."))
    note_progress(job, done=1)
    next_url = f"{page}{'&' if '?' in page else '?'}job={job.pk}"
    said = {"summary": _("The answer is there."), "next_label": _("Read it")}
    return {"answer": found, **said, "next_url": next_url}
