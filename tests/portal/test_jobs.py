"""A job is done once, can be watched, and is neither lost nor half told."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.enums import JobState
from portal.models import Job
from portal.services import jobs as services
from tests.factories.portal import JobFactory, UserFactory

HERE = "tests.portal.test_jobs"
pytestmark = pytest.mark.django_db


def count_sheep(job: Job, **arguments: Any) -> dict[str, Any]:
    services.note_progress(job, done=3, total=3)
    return {"sheep": 3, **arguments}


def refuse_to_count(job: Job) -> None:
    raise services.JobRefused("There are no sheep.")


def break_off(job: Job) -> None:
    raise RuntimeError("secret detail")


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was handed to the background worker."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(services, "async_task", lambda *call: calls.append(call))
    return calls


def test_a_job_is_queued_after_the_change_is_saved(
    queued: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = services.start_job(kind="count", title="Counting", task=f"{HERE}.count_sheep")
        assert queued == []
    assert queued == [("portal.tasks.run_job", job.pk)]


def test_a_job_ends_with_its_result() -> None:
    job = JobFactory(task=f"{HERE}.count_sheep", arguments={"field": "north"})
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert job.result == {"sheep": 3, "field": "north"}
    assert job.finished_at is not None


def test_a_message_that_comes_twice_does_nothing_the_second_time() -> None:
    job = JobFactory(task=f"{HERE}.count_sheep")
    services.run_job(job.pk)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_refusal_is_told_in_its_own_words() -> None:
    job = JobFactory(task=f"{HERE}.refuse_to_count")
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "There are no sheep.")


def test_a_fault_is_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    job = JobFactory(task=f"{HERE}.break_off")
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "secret" not in job.problem
    assert "secret detail" in caplog.text


def test_two_unfinished_jobs_never_share_a_key(queued: list[Any]) -> None:
    first, second = (
        services.start_job(kind="c", title="C", task=f"{HERE}.count_sheep", key="north")
        for _ in range(2)
    )
    assert first == second
    Job.objects.update(state=JobState.DONE)
    third = services.start_job(kind="c", title="C", task=f"{HERE}.count_sheep", key="north")
    assert third != first


@pytest.mark.parametrize(
    ("state", "silent_minutes", "attempts", "becomes"),
    [
        (JobState.RUNNING, 30, 1, JobState.QUEUED),
        (JobState.QUEUED, 30, 0, JobState.QUEUED),
        (JobState.RUNNING, 1, 1, JobState.RUNNING),
        (JobState.RUNNING, 30, 3, JobState.FAILED),
        (JobState.DONE, 30, 1, JobState.DONE),
    ],
)
def test_the_sweeper_finishes_what_stalled(
    state: JobState,
    silent_minutes: int,
    attempts: int,
    becomes: JobState,
    queued: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    job = JobFactory(state=state, attempts=attempts)
    Job.objects.update(touched_at=timezone.now() - timedelta(minutes=silent_minutes))
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep_jobs()
    job.refresh_from_db()
    assert job.state == becomes
    is_queued_again = becomes == JobState.QUEUED
    assert queued == ([("portal.tasks.run_job", job.pk)] if is_queued_again else [])


def test_only_the_starter_and_coordinators_see_a_job(
    client_for: Any, coordinator: Any, outsider: Any
) -> None:
    starter = UserFactory()
    job = JobFactory(created_by=starter)
    page = reverse("portal:job", args=[job.pk])
    assert "Counting sheep" in client_for(starter).get(page).content.decode()
    assert client_for(coordinator).get(page).status_code == 200
    assert client_for(outsider).get(page).status_code == 404
