"""Issuing as work that a coordinator can watch."""

from django.utils.translation import gettext as _

from matching.models import Programme
from portal.models import Job, User
from portal.services.jobs import start_job


def start_issue(programme: Programme, *, by: User | None) -> Job:
    """One job a programme at a time."""
    return start_job(
        kind="certificates.issue",
        title=_("Issuing certificates of %(programme)s") % {"programme": programme},
        task="curriculum.certificates.tasks.issue_certificates_job",
        arguments={"programme_id": programme.pk},
        key=f"certificates.issue:{programme.pk}",
        by=by,
    )
