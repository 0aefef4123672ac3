"""Assign tracks to every active pair of a programme that has no plan yet."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.services.plans import assign_tracks
from matching.models import Programme


class Command(BaseCommand):
    help = "Assign tracks to each active pair without a plan, as the provable optimum."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, programme: str, **options: Any) -> None:
        found = Programme.objects.filter(slug=programme).first()
        if found is None:
            raise CommandError(f"There is no programme “{programme}”.")
        figures = assign_tracks(found)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(figures)))
        else:
            self.stdout.write(
                f"{figures.planned} of {figures.pairs} pairs have a plan, {figures.steps} steps in"
                f" all. Of {figures.goals} goals {figures.met} are met, {figures.partly} partly,"
                f" {figures.unmet} not."
            )
