"""Award what a programme's people have earned, and print the PDFs, by command."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.certificates.services.issue import issue_certificates
from curriculum.certificates.tasks import summarise
from matching.models import Programme

FIGURES = ("earned", "issued", "already", "refused", "seconds")


class Command(BaseCommand):
    help = "Issue a certificate to everybody who has earned one, once, and print the PDFs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, programme: str, **options: Any) -> None:
        found = Programme.objects.filter(slug=programme).first()
        if found is None:
            raise CommandError(f"There is no programme “{programme}”.")
        report = issue_certificates(found)
        self.stdout.write(
            f"{summarise(report)} {report.already} had theirs already,"
            f" {report.refused} have not earned it yet."
        )
        if options["json"]:
            figures = asdict(report)
            self.stdout.write(json.dumps({name: figures[name] for name in FIGURES}))
