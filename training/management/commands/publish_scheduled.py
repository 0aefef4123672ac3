"""Wagtail's command of this name, except that one page that refuses does not stop the others."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from training.services import publish_due


class Command(publish_scheduled.Command):
    help = "Publish and unpublish what is due. The background worker does it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        result = publish_due()
        self.stdout.write(
            f"{result.published} published, {result.unpublished} unpublished,"
            f" {result.refused} not finished and left as drafts"
        )
