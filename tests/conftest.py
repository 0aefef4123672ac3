"""Who acts in the tests, and a house that leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from portal.models import User
from portal.permissions import COORDINATORS, EDITORS
from tests.factories.portal import UserFactory

# A test says whether something is right; how fast it is depends on what else the machine does.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def house_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Files, mails and caches of one test are never seen by another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.WHITENOISE_AUTOREFRESH = True
    cache.clear()


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which the person is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def editor(db: None) -> User:
    """Edda writes the training."""
    return UserFactory(name="Edda Editor", email="edda@example.org", groups=[EDITORS])


@pytest.fixture
def coordinator(db: None) -> User:
    """Cora runs the programme."""
    return UserFactory(name="Cora Coordinator", email="cora@example.org", groups=[COORDINATORS])


@pytest.fixture
def mentor_user(db: None) -> User:
    """Mina knows her subject and has an account; a test gives her a place in a programme."""
    return UserFactory(name="Mina Mentor", email="mina@example.org")


@pytest.fixture
def mentee_user(db: None) -> User:
    """Sir Basil wants to learn and has an account."""
    return UserFactory(name="Basil Mentee", email="basil@example.org")


@pytest.fixture
def outsider(db: None) -> User:
    """Olaf has an account and no part in anything."""
    return UserFactory(name="Olaf Outsider", email="olaf@example.org")
