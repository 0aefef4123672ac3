"""The release step that writes down what the worker does by the clock."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.schedules import register_schedules


class Command(BaseCommand):
    help = "Write down what the background worker does by the clock. May be run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{register_schedules()} schedules")
