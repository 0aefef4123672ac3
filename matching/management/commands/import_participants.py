"""The participants file, by command: a dry run unless told to apply it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from matching.models import Programme
from matching.models.programmes import refuse_taken_slug
from matching.services.imports.applying import import_participants
from matching.services.imports.planning import ImportPlan
from matching.services.imports.reading import MOST_BYTES
from matching.services.imports.texts import OFFERED


class Command(BaseCommand):
    help = "Read a participants file into a programme; says what it would change unless --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8, or XLSX")
        parser.add_argument("--programme", required=True, metavar="SLUG", help="made if missing")
        parser.add_argument(
            "--create-skills", action="store_true", help="make skills that do not exist yet"
        )
        parser.add_argument(
            "--encoding", choices=sorted(OFFERED), default="", help="for CSV that is not UTF-8"
        )
        parser.add_argument("--apply", action="store_true", help="change the database")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, **options: Any) -> None:
        slug = _checked_slug(options["programme"])
        try:
            with options["file"].open("rb") as file:
                # One byte more than is allowed is enough to be refused.
                content = file.read(MOST_BYTES + 1)
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror or fault}.") from None
        plan = import_participants(
            content,
            slug,
            may_create_skills=options["create_skills"],
            apply=options["apply"],
            encoding=options["encoding"],
        )
        figures = plan.figures
        if options["apply"] and not plan.is_clean:
            figures |= {"created": 0, "changed": 0}
        self._tell(plan, figures, applied=options["apply"])
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        if not plan.is_clean:
            raise SystemExit(1)

    def _tell(self, plan: ImportPlan, figures: dict[str, Any], *, applied: bool) -> None:
        if plan.unknown_columns:
            self.stdout.write(f"Columns left out: {', '.join(plan.unknown_columns)}.")
        for loop in plan.loops:
            self.stdout.write(loop)
        for problem in plan.problems:
            place = f"row {problem.row}" + (f", {problem.column}" if problem.column else "")
            self.stderr.write(f"{place}: {problem.problem}")
        if plan.offer:
            self.stderr.write(
                f"As Western European (Windows) it says “{plan.offer.sample}”: if that is right, "
                f"add --encoding {plan.offer.encoding}."
            )
        counts = ", ".join(
            f"{figures[name]} {name}" for name in ("created", "changed", "unchanged", "refused")
        )
        if not plan.is_clean:
            self.stdout.write(f"Nothing was applied: {counts}.")
        elif applied:
            self.stdout.write(f"Applied: {counts}.")
        else:
            self.stdout.write(f"A dry run: {counts}. Add --apply to do it.")


def _checked_slug(slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError:
        raise CommandError(
            f"“{slug}” is no short name: letters, digits, hyphens and underscores only."
        ) from None
    if len(slug) > Programme._meta.get_field("slug").max_length:
        raise CommandError("The short name of a programme has at most 60 characters.")
    try:
        refuse_taken_slug(slug)
    except ValidationError as fault:
        raise CommandError(f"“{slug}” is taken. {fault.messages[0]}") from None
    return slug
