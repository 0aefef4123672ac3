"""What the curriculum is told about live tracks."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from tests.factories.portal import SkillFactory
from tests.factories.training import (
    ModuleFactory,
    PreparationFactory,
    SessionPlanFactory,
    TopicFactory,
    TrackFactory,
)
from training.models import TrackOutcome
from training.queries import content_hash, live_tracks, track_facts

pytestmark = pytest.mark.django_db


def test_a_live_track_tells_outcomes_minutes_and_what_comes_before() -> None:
    first = TrackFactory(title="First", lifts=[("Databases", 0, 2)])
    module = ModuleFactory(parent=first.get_parent(), minutes=12)
    session = SessionPlanFactory(parent=first.get_parent())
    TrackFactory(
        title="Second",
        parent=first.get_parent(),
        lifts=[("Databases", 2, 4), ("Programming", 0, 1)],
        pages=[module, session],
        requires=[first],
        interests="Data; Reporting;",
    )

    one, two = live_tracks()

    assert (one.title, two.title) == ("First", "Second")
    assert two.outcomes == (("Databases", 2, 4), ("Programming", 0, 1))
    assert (two.minutes, two.sessions) == (72, 1)
    assert two.requires == (one.key,)
    assert two.interests == ("Data", "Reporting")
    assert two.languages == ("en",)
    assert [(item.kind, item.page_id, item.minutes) for item in two.items] == [
        ("module", module.pk, 12),
        ("session", session.pk, 60),
    ]
    assert two.revision_id is not None


def test_what_is_not_live_is_not_assigned() -> None:
    draft = TrackFactory(live=False)
    module = ModuleFactory()
    empty = TrackFactory(pages=[module])
    module.unpublish()
    assert live_tracks() == []
    assert track_facts(draft) is None
    assert track_facts(empty) is None


def test_a_requirement_that_was_taken_off_the_shelf_is_no_longer_asked_for() -> None:
    first = TrackFactory()
    second = TrackFactory(requires=[first], lifts=[("Databases", 2, 3)])
    assert track_facts(second).requires == (str(first.translation_key),)
    first.unpublish()
    assert track_facts(second).requires == ()


def test_preparation_is_told_apart() -> None:
    PreparationFactory(title="Before you begin")
    assert live_tracks() == []
    (found,) = live_tracks("preparation")
    assert (found.title, found.audience, found.outcomes) == ("Before you begin", "mentor", ())


def test_tracks_stand_in_the_order_of_the_tree() -> None:
    topic = TopicFactory()
    one, two = TrackFactory(parent=topic), TrackFactory(parent=topic)
    Page.objects.get(pk=two.pk).move(Page.objects.get(pk=one.pk), pos="left")
    assert [facts.page_id for facts in live_tracks()] == [two.pk, one.pk]


def test_many_tracks_take_no_more_queries_than_two(django_assert_max_num_queries: Any) -> None:
    first = TrackFactory()
    TrackFactory(requires=[first])
    with CaptureQueriesContext(connection) as two:
        live_tracks()
    for _ in range(4):
        TrackFactory(requires=[first], lifts=[("Databases", 1, 3), ("Programming", 0, 1)])
    with django_assert_max_num_queries(len(two)):
        assert len(live_tracks()) == 6


def test_the_hash_changes_with_the_words_and_with_nothing_else() -> None:
    module = ModuleFactory()
    before = content_hash(module)
    module.save_revision().publish()
    assert content_hash(Page.objects.get(pk=module.pk)) == before
    module.quiz[0].value["question"] = "What is one row here?"
    module.save_revision().publish()
    assert content_hash(Page.objects.get(pk=module.pk)) != before


def test_a_track_that_was_taken_down_is_not_named_as_coming_before(
    client_for: Any, editor: Any
) -> None:
    first = TrackFactory(title="Ask first")
    second = TrackFactory(requires=[first], lifts=[("Databases", 2, 3)])
    client = client_for(editor)
    assert "Ask first" in client.get(second.url).content.decode()
    first.unpublish()
    assert "Ask first" not in client.get(second.url).content.decode()


def test_a_draft_of_a_track_shows_what_was_just_written(client_for: Any, editor: Any) -> None:
    track = TrackFactory(lifts=[("Databases", 0, 2)])
    track.outcomes = [TrackOutcome(skill=SkillFactory(name="Listening"), from_level=1, to_level=3)]
    track.save_revision(clean=False)
    view = reverse("wagtailadmin_pages:view_draft", args=[track.pk])
    page = client_for(editor).get(view).content.decode()
    assert "Listening" in page
    assert "Databases" not in page
