"""Jobs: long work that a person can watch, that is never lost and never done twice at once."""

import logging
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
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
    """Raised by a job's task when it cannot be done; the message is shown to the person.

    `result` may hold `next_url` and `next_label`: where they can do something about it.
    """

    def __init__(self, message: str, **result: str) -> None:
        self.result = result
        super().__init__(message)


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
        _finish(job, JobState.FAILED, problem=str(refusal), result=refusal.result)
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
    """Say how far a job is; also its sign of life.

    What is written inside a transaction nobody else sees until it ends: work that must be done
    whole or not at all tells its steps through the cache besides.
    """
    changes: dict[str, Any] = {"done": done, "refused": refused}
    if total is not None:
        changes["total"] = total
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now(), **changes)
    if connection.in_atomic_block:
        cache.set(_progress_key(job), changes, timeout=STALLED_AFTER.total_seconds())


def with_progress(job: Job) -> Job:
    """The job as it is this moment, with steps that are not saved yet."""
    if job.state == JobState.RUNNING:
        for name, value in cache.get(_progress_key(job), {}).items():
            setattr(job, name, max(value, getattr(job, name)))
    return job


def _progress_key(job: Job) -> str:
    return f"portal.job:{job.pk}:{job.attempts}"


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
