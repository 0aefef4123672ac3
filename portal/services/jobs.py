"""Jobs: long work that a person can watch, that is never lost and never done twice at once."""

import logging
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from portal.enums import JobState
from portal.models import Job, User

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# A running job gives a sign of life at each step; after this long without one it has stalled.
STALLED_AFTER = timedelta(minutes=10)


class JobRefused(Exception):
    """Raised by a job's task when it cannot be done; the message is shown to the person."""


def start_job(
    *,
    kind: str,
    title: str,
    task: str,
    arguments: dict[str, Any] | None = None,
    key: str = "",
    total: int = 0,
    by: User | None = None,
) -> Job:
    """Write a job down and queue it after commit.

    `task` is the dotted path of ``function(job, **arguments) -> dict | None``, whose answer is
    kept as the job's result; `arguments` are plain values for JSON. An unfinished job of the
    same `key` is given back instead of a second one.
    """
    import_string(task)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                title=title,
                task=task,
                arguments=arguments or {},
                key=key,
                total=total,
                created_by=by,
            )
    except IntegrityError:
        return Job.objects.get(key=key, state__in=[JobState.QUEUED, JobState.RUNNING])
    _queue(job)
    return job


def run_job(job_id: int) -> None:
    """Do a job that waits; a message that comes twice finds nothing to do."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        result = import_string(job.task)(job, **job.arguments) or {}
    except JobRefused as refusal:
        _finish(job, JobState.FAILED, problem=str(refusal))
    except Exception:
        logger.exception("Job %s (%s) broke off", job.pk, job.kind)
        _finish(
            job,
            JobState.FAILED,
            problem=_("Something went wrong on our side. Nothing is half done: start it again."),
        )
    else:
        _finish(job, JobState.DONE, result=result)


def note_progress(job: Job, *, done: int, refused: int = 0, total: int | None = None) -> None:
    """Say how far a job is; also its sign of life."""
    changes = {"done": done, "refused": refused, "touched_at": timezone.now()}
    if total is not None:
        changes["total"] = total
    Job.objects.filter(pk=job.pk).update(**changes)


def sweep_jobs() -> int:
    """Queue again what stalled, give up what stalled too often; how many were touched."""
    silent = Q(touched_at__lt=timezone.now() - STALLED_AFTER)
    stalled = list(Job.objects.filter(silent, state__in=[JobState.QUEUED, JobState.RUNNING]))
    for job in stalled:
        if job.attempts >= MAX_ATTEMPTS:
            _finish(
                job,
                JobState.FAILED,
                problem=_("It stopped three times without an answer. Ask your administrator."),
            )
            continue
        Job.objects.filter(silent, pk=job.pk).update(
            state=JobState.QUEUED, touched_at=timezone.now()
        )
        _queue(job)
    return len(stalled)


def _queue(job: Job) -> None:
    transaction.on_commit(lambda: async_task("portal.tasks.run_job", job.pk))


def _claim(job_id: int) -> Job | None:
    """Take a waiting job; the attempt is counted before working, so a crash counts too."""
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, touched_at=timezone.now()
    )
    return Job.objects.get(pk=job_id) if claimed else None


def _finish(
    job: Job, state: JobState, *, result: dict[str, Any] | None = None, problem: str = ""
) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state,
        result=result or {},
        problem=problem,
        finished_at=timezone.now(),
        touched_at=timezone.now(),
    )
