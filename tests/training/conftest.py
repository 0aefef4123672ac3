"""What several tests of training begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Q

from tests.factories.library import write_library
from training.registries import access_rules


@pytest.fixture
def opened() -> Iterator[set[int]]:
    """A rule of a room above: whatever pages a test puts in here are open to Mina."""
    pages: set[int] = set()
    kept = dict(access_rules._entries)
    access_rules._entries.clear()
    access_rules.register(
        "test",
        lambda user: Q(pk__in=pages) if user.email.startswith("mina") else Q(pk__in=[]),
    )
    yield pages
    access_rules._entries.clear()
    access_rules._entries.update(kept)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small library of files, not loaded."""
    return write_library(tmp_path)
