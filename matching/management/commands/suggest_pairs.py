"""The matching of one programme, by command."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.models import Programme
from matching.services.rounds import (
    confirm_round,
    round_figures,
    round_in_words,
    run_late_round,
    run_round,
)
from matching.services.solving import RoundRefused


class Command(BaseCommand):
    help = "Suggest pairs for a programme; standing pairs stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument(
            "--late",
            action="store_true",
            help="only for those who wait; open suggestions stay open",
        )
        parser.add_argument(
            "--confirm",
            action="store_true",
            help="make them active pairs at once, without coffee and answers",
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, **options: Any) -> None:
        slug = options["programme"]
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            raise CommandError(f"There is no programme “{slug}”.")
        try:
            kept = run_late_round(programme) if options["late"] else run_round(programme)
        except RoundRefused as refusal:
            raise CommandError(str(refusal)) from None
        if options["confirm"]:
            confirm_round(kept)
        figures = round_figures(kept)
        done = "made active" if options["confirm"] else "suggested"
        self.stdout.write(f"{figures['count']} pairs {done} in {figures['seconds']:.2f} s.")
        if not figures["count"]:
            self.stdout.write(round_in_words(kept))
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
