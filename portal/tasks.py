"""What the background worker is asked to do; each hands over to one service."""

from portal import services


def run_job(job_id: int) -> None:
    services.run_job(job_id)


def sweep_jobs() -> None:
    services.sweep_jobs()
