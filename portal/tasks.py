"""What the background worker is asked to do; each hands over to one service."""

from portal.services import jobs


def run_job(job_id: int) -> None:
    jobs.run_job(job_id)


def sweep_jobs() -> None:
    jobs.sweep_jobs()
