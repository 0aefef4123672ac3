"""Loads a folder of text files as topics, tracks, modules, session plans and skills."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from training.services import LibraryRefused, load_library

STARTER = Path(__file__).resolve().parents[2] / "library"


class Command(BaseCommand):
    help = "Load the starter library, or another folder of the same form."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, default=STARTER, help="the folder; default: the starter"
        )
        parser.add_argument(
            "--json", action="store_true", help="print the figures as JSON in the last line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            result = load_library(options["path"])
        except LibraryRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            sys.exit(1)
        for note in result.notes:
            self.stdout.write(note)
        figures = {
            "created": result.created,
            "changed": result.changed,
            "unchanged": result.unchanged,
        }
        told = _("%(created)d created, %(changed)d changed, %(unchanged)d as they were")
        self.stdout.write(f"{told % figures} ({time.perf_counter() - begun:.1f} s).")
        if options["json"]:
            self.stdout.write(json.dumps(figures))
