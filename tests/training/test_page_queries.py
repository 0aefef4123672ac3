"""Each page asks the database as often for many rows as for one or two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.models import User
from tests.factories.training import (
    QUIZ,
    ModuleFactory,
    SessionPlanFactory,
    TopicFactory,
    TrackFactory,
    training_root,
)
from training.models import TrackPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def queries_of(client_for: Callable[[User], Client], editor: User) -> Callable[[Any], int]:
    client = client_for(editor)

    def count(page: Any) -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.url).status_code == 200
        return len(captured)

    return count


def test_the_root(queries_of: Callable[[Any], int]) -> None:
    TrackFactory()
    one = queries_of(training_root())
    for _ in range(4):
        topic = TopicFactory()
        TrackFactory(parent=topic)
        TrackFactory(parent=topic)
    assert queries_of(training_root()) == one


def test_a_topic(queries_of: Callable[[Any], int]) -> None:
    topic = TopicFactory()
    first = TrackFactory(parent=topic)
    TrackFactory(parent=topic, requires=[first])
    two = queries_of(topic)
    for _ in range(4):
        TrackFactory(parent=topic, requires=[first], lifts=[("Databases", 0, 1), ("SQL", 1, 2)])
    assert queries_of(topic) == two


def track_of(size: int) -> TrackPage:
    topic = TopicFactory()
    kinds = (ModuleFactory, SessionPlanFactory)
    pages = [kinds[n % 2](parent=topic) for n in range(size)]
    before = [TrackFactory(parent=topic, pages=pages[:1]) for _ in range(size // 2)]
    lifts = [(f"Skill {n}", 0, 2) for n in range(size // 2)]
    return TrackFactory(parent=topic, pages=pages, requires=before, lifts=lifts)


def test_a_track(queries_of: Callable[[Any], int]) -> None:
    assert queries_of(track_of(2)) == queries_of(track_of(10))


def test_the_pages_of_a_track_come_in_a_constant_number(
    django_assert_max_num_queries: Any,
) -> None:
    for size in (2, 10):
        track = TrackPage.objects.get(pk=track_of(size).pk)
        with django_assert_max_num_queries(5):
            assert len(track.pages) == size
            assert (track.minutes, track.sessions) == (35 * size, size // 2)


def test_a_module(queries_of: Callable[[Any], int]) -> None:
    one = ModuleFactory(quiz=QUIZ[:1])
    many = ModuleFactory(
        body=[{"type": "text", "value": f"<h2>Part {n}</h2><p>Words.</p>"} for n in range(12)],
        quiz=[{**QUIZ[0], "id": f"11111111-0000-4000-8000-{n:012}"} for n in range(12)],
        sources=[{"type": "source", "value": {"text": f"Book {n}", "url": ""}} for n in range(6)],
    )
    assert queries_of(one) == queries_of(many)


def test_a_session_plan(queries_of: Callable[[Any], int]) -> None:
    part = {"title": "Part", "minutes": 5, "say": "", "prompts": ["Why?"], "guidance": ""}
    many = SessionPlanFactory(agenda=[{"type": "part", "value": part}] * 12)
    assert queries_of(SessionPlanFactory()) == queries_of(many)
