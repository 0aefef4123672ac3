"""What the background worker does for matching; each is run by a job and may run twice."""

import logging
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Decision, Programme, Round, Simulation
from matching.queries.questions import MOST_TRIED_BY_A_JOB, answer
from matching.queries.suggestions import in_order
from matching.queries.trials import describe_trial
from matching.round_wording import no_pairs_in_words, rerun_in_words
from matching.rules import RuleSet
from matching.services import simulations
from matching.services.advice import advise_round
from matching.services.imports.uploads import apply_upload, find_upload, make_review
from matching.services.imports.wording import trouble_in_words
from matching.services.invitations import invite_participants
from matching.services.reruns import run_again
from matching.services.rounds import (
    round_figures,
    round_in_words,
    run_late_round,
    run_round,
)
from matching.services.simulations import run_simulation
from matching.services.solving import RoundRefused
from matching.services.suggestions import DecisionRefused, accept_suggestion
from matching.services.trials import try_rules
from matching.services.undoing import undo_many
from portal.models import Job
from portal.services.jobs import JobRefused, note_progress

logger = logging.getLogger(__name__)


def run_round_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    return _run(job, programme_id, run_round)


def run_late_round_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    return _run(job, programme_id, run_late_round)


def _run(job: Job, programme_id: int, run: Callable[..., Round]) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    try:
        kept = run(programme, by=job.created_by)
    except RoundRefused as refusal:
        raise JobRefused(
            str(refusal),
            next_label=_("Go to the board"),
            next_url=reverse("programmes:board", args=[programme.slug]),
        ) from refusal
    note_progress(job, done=1)
    # Each change that is tried is a sign of life.
    advise_round(kept, progress=lambda solves: note_progress(job, done=1))
    note_progress(job, done=2)
    next_url = reverse("programmes:board", args=[programme.slug])
    figures = round_figures(kept)
    said = {"summary": round_in_words(kept), "next_label": _("Go to the board")}
    return {**figures, **said, "next_url": next_url}


def run_again_job(job: Job, *, round_id: int) -> dict[str, Any]:
    kept = Round.objects.select_related("programme").filter(pk=round_id).first()
    if kept is None:
        raise JobRefused(_("This round is not there any more."))
    found = run_again(kept)
    next_url = reverse("programmes:round", args=[kept.programme.slug, kept.pk])
    said = {"summary": rerun_in_words(found), "next_label": _("Back to the round")}
    return {**found, **said, "next_url": next_url}


def try_rules_job(job: Job, *, programme_id: int, sets: list[dict[str, Any]]) -> dict[str, Any]:
    programme = Programme.objects.get(pk=programme_id)
    chosen = [RuleSet(**values) for values in sets]
    try:
        outcomes = try_rules(programme, chosen, lambda done: note_progress(job, done=done))
    except RoundRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    said = describe_trial(programme, chosen, outcomes).said
    next_url = reverse("programmes:trial", args=[programme.slug, job.pk])
    return {
        "outcomes": outcomes,
        "summary": said,
        "next_label": _("See both side by side"),
        "next_url": next_url,
    }


def simulate_job(job: Job, *, simulation_id: int) -> dict[str, Any]:
    found = Simulation.objects.select_related("programme").filter(pk=simulation_id).first()
    if found is None:
        raise JobRefused(_("This simulation was deleted."))
    try:
        run_simulation(found)
    except RoundRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    slug, pairs = found.programme.slug, found.result["count"]
    summary = ngettext("A round would find %(n)d pair.", "A round would find %(n)d pairs.", pairs)
    return {
        "summary": no_pairs_in_words(found.result) or summary % {"n": pairs},
        "next_label": _("See whom it pairs"),
        "next_url": reverse("programmes:simulation", args=[slug, found.pk]),
    }


def sweep_simulations() -> None:
    simulations.sweep_simulations()


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


def dry_run_job(job: Job, *, programme_id: int) -> dict[str, Any]:
    """Reads the file that waits for whoever started it; twice gives the same review."""
    programme, person = Programme.objects.get(pk=programme_id), job.created_by
    upload = find_upload(programme, person) if person else None
    if person is None or upload is None:
        raise JobRefused(_("The file is not there any more. Bring it again."))
    verdict = make_review(programme, person, upload).verdict
    summary = (
        _("Every row can be applied. Nothing has changed yet.")
        if verdict.is_clean
        else trouble_in_words(verdict)
    )
    next_url = reverse("programmes:import_review", args=[programme.slug])
    return {"summary": summary, "next_label": _("See what would change"), "next_url": next_url}


def import_job(job: Job, *, programme_id: int, token: str) -> dict[str, Any]:
    """Applies the file that waits; a second time finds none, and changes nothing."""
    programme, person = Programme.objects.get(pk=programme_id), job.created_by

    def progress(done: int, total: int) -> None:
        note_progress(job, done=done, total=total)

    plan = apply_upload(programme, person, token=token, progress=progress) if person else None
    if plan is not None and not plan.is_clean:
        raise JobRefused(
            _("Nothing was applied: something has changed. Look again."),
            next_label=_("See what is wrong"),
            next_url=reverse("programmes:import_review", args=[programme.slug]),
        )
    text = _("Applied. New: %(created)d. Changed: %(changed)d. As before: %(unchanged)d.")
    summary = text % plan.figures if plan else _("This file was applied already.")
    next_url = reverse("programmes:people", args=[programme.slug])
    return {"summary": summary, "next_label": _("See the people"), "next_url": next_url}


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
