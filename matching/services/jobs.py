"""Long work of matching, handed to the background worker; nobody starts the same thing twice."""

import json
from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from matching.enums import DecisionKind
from matching.models import Decision, Programme, Round, Simulation, Suggestion
from matching.queries.decisions import changed_meanwhile, still_unanswered, who_and_when
from matching.queries.people import to_invite
from matching.queries.questions import JOB_KIND, Question
from matching.queries.rounds import rerun_key
from matching.queries.suggestions import seen_of
from matching.queries.waitlist import people_waiting
from matching.rules import RuleSet
from matching.services.rounds import check_worth, nobody_to_match
from matching.services.solving import RoundRefused
from matching.services.suggestions import DecisionRefused
from portal.enums import JobState
from portal.models import Job, User
from portal.services.jobs import start_job

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def start_round(programme: Programme, *, by: User) -> Job:
    """Raises `RoundRefused` at once where the worker could only do so later."""
    if not programme.participants.filter(
        withdrawn_at__isnull=True, person__is_active=True
    ).exists():
        raise RoundRefused(nobody_to_match())
    check_worth(programme)
    return start_job(
        kind="matching.round",
        title=_("Matching the people of %(programme)s") % {"programme": programme},
        task="matching.tasks.run_round_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.round:{programme.pk}",
        total=2,
        by=by,
    )


def start_rerun(kept: Round, *, by: User) -> Job:
    return start_job(
        kind="matching.rerun",
        title=_("Running a round of %(programme)s again") % {"programme": kept.programme},
        task="matching.tasks.run_again_job",
        arguments={"round_id": kept.pk},
        key=rerun_key(kept.pk),
        by=by,
    )


def start_trial(programme: Programme, sets: Sequence[RuleSet], *, by: User) -> Job:
    """Each press compares anew: no key, since two coordinators may try different things."""
    return start_job(
        kind="matching.trial",
        title=_("Trying other rules for %(programme)s") % {"programme": programme},
        task="matching.tasks.try_rules_job",
        arguments={
            "programme_id": programme.pk,
            "sets": [rules.as_json() for rules in sets],
        },
        total=len(sets),
        by=by,
    )


def start_simulation(simulation: Simulation, *, by: User) -> Job:
    return start_job(
        kind="matching.simulation",
        title=_("Trying a spreadsheet for %(programme)s") % {"programme": simulation.programme},
        task="matching.tasks.simulate_job",
        arguments={"simulation_id": simulation.pk},
        key=f"matching.simulation:{simulation.pk}",
        by=by,
    )


def start_late_round(programme: Programme, *, by: User) -> Job:
    """Raises `RoundRefused`. A round that runs is given back instead: two would cross."""
    if not people_waiting(programme).exists():
        raise RoundRefused(_("Nobody waits for a place."))
    check_worth(programme)
    return start_job(
        kind="matching.round",
        title=_("Matching the late joiners of %(programme)s") % {"programme": programme},
        task="matching.tasks.run_late_round_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.round:{programme.pk}",
        total=2,
        by=by,
    )


def start_invitations(programme: Programme, *, by: User) -> Job:
    return start_job(
        kind="matching.invitations",
        title=_("Inviting the people of %(programme)s") % {"programme": programme},
        task="matching.tasks.invite_participants_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.invitations:{programme.pk}",
        total=to_invite(programme).count(),
        by=by,
    )


@transaction.atomic
def start_accepting(
    programme: Programme, found: QuerySet[Suggestion], *, seen: str, by: User
) -> Job:
    """Accept these suggestions, of which `seen` says how they were when they were looked at.

    Pressed twice it is one job. Raises `DecisionRefused` when something changed meanwhile, or
    while others are still being accepted.
    """
    # Two who press at once take turns, so that the second hears of the first.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    key = f"matching.accept:{programme.pk}"
    running = Job.objects.filter(key=key, state__in=UNFINISHED).select_related("created_by").first()
    if running is not None:
        if running.arguments.get("seen") == seen and running.created_by == by:
            return running
        raise DecisionRefused(
            _("Others are still being accepted, %(by)s. Wait until that is done.")
            % {"by": who_and_when(running.created_by, running.created_at)}
        )
    keys = list(found.values_list("pk", flat=True))
    if not keys or seen_of(found) != seen:
        raise DecisionRefused(changed_meanwhile(programme))
    job = start_job(
        kind="matching.accept",
        title=_("Accepting suggestions of %(programme)s") % {"programme": programme},
        task="matching.tasks.accept_suggestions_job",
        arguments={"programme_id": programme.pk, "suggestions": keys, "seen": seen},
        key=key,
        total=len(keys),
        by=by,
    )
    Decision.objects.get_or_create(
        job=job, defaults={"programme": programme, "kind": DecisionKind.ACCEPT_MANY, "by": by}
    )
    return job


def start_undoing(decision: Decision, *, by: User) -> Job:
    """Take back what was accepted together, as far as nobody has answered."""
    if decision.job is not None and not decision.job.is_finished:
        raise DecisionRefused(_("These are still being accepted. Wait until that is done."))
    return start_job(
        kind="matching.undo",
        title=_("Taking back what was accepted together"),
        task="matching.tasks.undo_many_job",
        arguments={"decision_id": decision.pk},
        key=f"matching.undo:{decision.pk}",
        total=still_unanswered().filter(part_of=decision).count(),
        by=by,
    )


def start_dry_run(programme: Programme, *, by: User) -> Job:
    """A large file is read and compared while its person watches, or does something else."""
    return start_job(
        kind="matching.dry_run",
        title=_("Reading the file for %(programme)s") % {"programme": programme},
        task="matching.tasks.dry_run_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.dry_run:{programme.pk}:{by.pk}",
        by=by,
    )


def start_import(programme: Programme, *, token: str, by: User) -> Job:
    return start_job(
        kind="matching.import",
        title=_("Bringing people into %(programme)s") % {"programme": programme},
        task="matching.tasks.import_job",
        arguments={"programme_id": programme.pk, "token": token},
        key=f"matching.import:{programme.pk}:{by.pk}",
        by=by,
    )


def start_question(programme: Programme, question: Question, *, page: str, by: User) -> Job:
    """A question to a match of many people; its answer is kept with the job for its `page`."""
    asked = sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:32]
    return start_job(
        kind=JOB_KIND,
        title=_("A question to the match of %(programme)s") % {"programme": programme},
        task="matching.tasks.answer_question_job",
        arguments={"programme_id": programme.pk, "question": question, "page": page},
        key=f"{JOB_KIND}:{programme.pk}:{asked}",
        total=1,
        by=by,
    )
