"""The whole sample: made once, then left as people leave it."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from curriculum.certificates.models import Award
from curriculum.sample.services.pairs import make_pairs
from curriculum.sample.services.people import (
    SampleRefused,
    make_programme_with_people,
    make_staff,
    set_passwords,
)
from curriculum.sample.story import CERTIFIED, LOGINS, MORE_LOGINS, SLUG, Login
from matching.models import Programme
from portal.links import absolute
from training.models import TrackPage
from training.services import load_library

# Letters and digits that nobody mistakes for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Sample:
    """`password` is that of each login; `verify_url` is empty while no certificate stands."""

    programme: Programme
    password: str
    logins: tuple[Login, ...]
    more_logins: tuple[Login, ...]
    verify_url: str


def make_sample(*, library: Path, password_file: Path) -> Sample:
    """Make the sample programme, all of it or none; once it is there nothing is changed.

    Loads `library` first if there is no training at all. Raises `SampleRefused`.
    """
    programme = Programme.objects.filter(slug=SLUG).first()
    is_new = programme is None
    password, is_fresh = keep_password(password_file)
    if programme is None:
        _refuse_real_mail()
        if not TrackPage.objects.live().exists():
            load_library(library)
        with transaction.atomic():
            programme = make_programme_with_people()
            make_pairs(programme, by=make_staff())
    if is_new or is_fresh:
        set_passwords(password)
    return Sample(programme, password, LOGINS, MORE_LOGINS, _verify_url(programme))


def keep_password(path: Path) -> tuple[str, bool]:
    """The demo's password and whether it was made just now: by chance, so that nobody knows it."""
    if path.exists() and (kept := path.read_text().strip()):
        return kept, False
    made = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(made + "\n")
    return made, True


def _verify_url(programme: Programme) -> str:
    award = Award.objects.filter(programme=programme, person__email=CERTIFIED).first()
    return absolute(reverse("verify:award", args=[award.token])) if award else ""


def _refuse_real_mail() -> None:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        raise SampleRefused(
            "EMAIL_URL names a mail server, and these people are invented: leave EMAIL_URL out,"
            " and their letters become files under var/mail/."
        )
