"""What an editor sees first in the admin: what there is of each kind, and what is missing."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories.portal import SkillFactory
from tests.factories.training import ModuleFactory, TopicFactory, TrackFactory
from training.models import ModulePage, SessionPlanPage, TopicPage, TrackPage
from training.queries.shelf import kind_counts, skills_without_track

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def shelf(client: Client) -> Any:
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    return page.select_one("#training-shelf-section")


def test_an_editor_sees_each_kind_with_its_counts_and_the_way_to_the_next(
    client_for: ClientFor, editor: User
) -> None:
    topic = TopicFactory()
    ModuleFactory(parent=topic)
    ModuleFactory(parent=topic, live=False)
    panel = shelf(client_for(editor))
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in panel.select("tbody tr")
    ]
    assert rows == [
        ["Topics", "1", "0", "Write a new one"],
        ["Tracks", "0", "0", "Write a new one"],
        ["Modules", "1", "1", "Write a new one"],
        ["Session plans", "0", "0", "Write a new one"],
    ]
    for link in panel.select("tbody a"):
        assert client_for(editor).get(link["href"], follow=True).status_code == 200


def test_a_live_page_with_a_newer_draft_counts_on_both_sides() -> None:
    module = ModuleFactory()
    module.summary = "Not yet for everyone."
    module.save_revision()
    (count,) = kind_counts([ModulePage])
    assert (count.live, count.drafts) == (1, 1)


def test_a_coordinator_has_no_shelf_to_fill(client_for: ClientFor, coordinator: User) -> None:
    assert shelf(client_for(coordinator)) is None


def test_skills_that_no_live_track_lifts_are_named(client_for: ClientFor, editor: User) -> None:
    SkillFactory(name="Databases")
    SkillFactory(name="Silence")
    TrackFactory(lifts=[("Databases", 0, 2)])
    TrackFactory(lifts=[("Silence", 0, 2)]).unpublish()
    assert skills_without_track() == ["Silence"]
    assert "teaches these skills yet, so a goal on them cannot be met: Silence." in shelf(
        client_for(editor)
    ).get_text(" ", strip=True)


def test_the_shelf_is_counted_at_once_however_much_stands_on_it(
    django_assert_num_queries: Any,
) -> None:
    kinds = [TopicPage, TrackPage, ModulePage, SessionPlanPage]
    kind_counts(kinds)
    for many in (1, 5):
        for _ in range(many):
            TrackFactory()
        with django_assert_num_queries(1):
            kind_counts(kinds)


def test_a_page_is_reached_from_a_letter_where_the_portal_stands(settings: Any) -> None:
    settings.BASE_URL = "https://mentoring.example.org"
    module = ModuleFactory()
    assert module.full_url == f"https://mentoring.example.org{module.url}"
