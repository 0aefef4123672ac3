"""What the background worker does for certificates."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.certificates.services.issue import IssueReport, issue_certificates
from matching.models import Programme
from portal.models import Job
from portal.services.jobs import JobRefused, note_progress


def issue_certificates_job(job: Job, programme_id: int) -> dict[str, Any]:
    """Award and print; running twice issues nothing twice."""
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise JobRefused(_("This programme is no longer there."))

    def tell(printed: int, unprinted: int, total: int) -> None:
        note_progress(job, done=printed, refused=unprinted, total=total)

    report = issue_certificates(programme, on_progress=tell)
    return {
        "issued": report.issued,
        "refused": report.refused,
        "unprinted": report.unprinted,
        "summary": summarise(report),
        "next_url": reverse("certificates:programme", args=[programme.slug]),
        "next_label": _("See the certificates"),
    }


def summarise(report: IssueReport) -> str:
    """One run in a sentence or two."""
    told = ngettext(
        "%(n)d certificate was issued.", "%(n)d certificates were issued.", report.issued
    ) % {"n": report.issued}
    if report.unprinted:
        told += " " + ngettext(
            "%(n)d PDF could not be made. Issue again to print it; the award is safe.",
            "%(n)d PDFs could not be made. Issue again to print them; the awards are safe.",
            report.unprinted,
        ) % {"n": report.unprinted}
    return told
