"""An invented programme at every stage of the way, by command."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curriculum.sample.services.people import SampleRefused
from curriculum.sample.services.sample import Sample, make_sample
from curriculum.sample.story import Login
from training.services import LibraryRefused


class Command(BaseCommand):
    help = (
        "Make an invented programme of thirty people at every stage of the way, and print how to"
        " sign in as each kind of user. Once it is there nothing is changed."
    )

    def handle(self, **options: Any) -> None:
        try:
            sample = make_sample(
                library=settings.BASE_DIR / "training" / "library",
                password_file=settings.VAR_DIR / "demo-login",
            )
        except (SampleRefused, LibraryRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("\n".join(_lines(sample)))


def _lines(sample: Sample) -> Iterable[str]:
    yield f"  “{sample.programme}” is there. Sign in as"
    yield from _logins(sample.logins)
    yield f"  each with the password  {sample.password}"
    yield ""
    yield "  With the same password, also"
    yield from _logins(sample.more_logins)
    if sample.verify_url:
        yield ""
        yield f"  A certificate that anyone can check: {sample.verify_url}"


def _logins(logins: Iterable[Login]) -> Iterable[str]:
    for login in logins:
        yield f"    {login.who:<18} {login.email:<42} {login.sees}"
