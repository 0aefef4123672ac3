"""Pages that leave the shelf: what holds them, and what is told about the rest."""

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.models import User
from tests.factories.training import ModuleFactory, TopicFactory, TrackFactory
from training.models import TopicPage, TrackPage
from training.queries import live_tracks
from training.queries.leaving import effects_of_deleting, effects_of_leaving, reasons_to_keep
from training.registries import leaving_effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


@pytest.fixture
def chief(client_for: Callable[[User], Client]) -> Client:
    """Editors delete single pages; a topic with all that is in it only an administrator."""
    return client_for(User.objects.create_superuser("root@example.org", name="Root"))


@pytest.fixture
def first() -> TrackPage:
    return TrackFactory(title="Ask first")


@pytest.fixture
def second(first: TrackPage) -> TrackPage:
    return TrackFactory(title="Ask more", requires=[first], lifts=[("Databases", 2, 3)])


def read(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_a_track_that_another_comes_after_is_not_deleted(
    at_work: Client, first: TrackPage, second: TrackPage
) -> None:
    answer = at_work.post(reverse("wagtailadmin_pages:delete", args=[first.pk]), follow=True)
    assert "“Ask more” comes after “Ask first”." in read(answer.content)
    assert TrackPage.objects.filter(pk=first.pk).exists()


def test_nor_with_the_topic_it_stands_in(
    chief: Client, first: TrackPage, second: TrackPage
) -> None:
    topic = first.get_parent()
    answer = chief.post(reverse("wagtailadmin_pages:delete", args=[topic.pk]), follow=True)
    assert "“Ask more” comes after “Ask first”." in read(answer.content)
    assert TrackPage.objects.filter(pk=first.pk).exists()


def test_nor_among_several(at_work: Client, first: TrackPage, second: TrackPage) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    other = ModuleFactory()
    answer = at_work.post(f"{url}?id={first.pk}&id={other.pk}&next=/admin/", follow=True)
    assert "“Ask more” comes after “Ask first”." in read(answer.content)
    assert Page.objects.filter(pk__in=[first.pk, other.pk]).count() == 2


def test_a_topic_goes_with_all_its_tracks_at_once(chief: Client) -> None:
    topic = TopicFactory()
    first = TrackFactory(parent=topic)
    TrackFactory(parent=topic, requires=[first], lifts=[("Databases", 2, 3)])
    assert reasons_to_keep([topic]) == []
    chief.post(reverse("wagtailadmin_pages:delete", args=[topic.pk]))
    assert not TopicPage.objects.exists()
    assert not TrackPage.objects.exists()


def test_a_track_that_nothing_waits_for_is_deleted(at_work: Client, second: TrackPage) -> None:
    at_work.post(reverse("wagtailadmin_pages:delete", args=[second.pk]))
    assert not TrackPage.objects.filter(pk=second.pk).exists()


def test_the_last_live_page_of_a_track_takes_it_out_of_use_and_says_so(at_work: Client) -> None:
    module = ModuleFactory(title="One row")
    TrackFactory(title="Ask first", pages=[module])
    told = "Nothing else in the track “Ask first” is live"
    url = reverse("wagtailadmin_pages:unpublish", args=[module.pk])
    assert told in read(at_work.get(url).content)
    at_work.post(url)
    assert live_tracks() == []
    assert TrackPage.objects.get().live


def test_deleting_it_says_the_same_alone_and_among_several(at_work: Client) -> None:
    module, draft = ModuleFactory(title="One row"), ModuleFactory(live=False)
    TrackFactory(title="Ask first", pages=[module])
    told = "Nothing else in the track “Ask first” is live"
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    alone = reverse("wagtailadmin_pages:delete", args=[module.pk])
    for url in (alone, f"{bulk}?id={module.pk}&id={draft.pk}&next=/admin/"):
        answer = at_work.get(url)
        assert told in read(answer.content)
        assert "Yes, delete" in answer.content.decode()
    at_work.post(alone)
    assert not Page.objects.filter(pk=module.pk).exists()


def test_a_draft_leaves_nothing_behind(first: TrackPage) -> None:
    draft = ModuleFactory(live=False)
    first.items.create(page=draft)
    for page in first.pages:
        page.unpublish()
    assert effects_of_deleting([draft]) == []


def test_a_topic_is_emptied_before_it_is_deleted(at_work: Client, chief: Client) -> None:
    topic = TopicFactory(title="Digital tools")
    ModuleFactory(parent=topic)
    ModuleFactory(parent=topic)
    empty = TopicFactory()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    url += f"?id={topic.pk}&id={empty.pk}&next=/admin/"
    assert "“Digital tools” has 2 pages. Empty it first." in read(at_work.get(url).content)
    at_work.post(url)
    assert TopicPage.objects.get().title == "Digital tools"
    alone = reverse("wagtailadmin_pages:delete", args=[topic.pk])
    assert "The 2 pages below it go too." in read(chief.get(alone).content)


def test_one_page_of_several_changes_nothing_else(first: TrackPage) -> None:
    module, _session = first.pages
    assert effects_of_leaving([module]) == []
    assert len(effects_of_leaving(first.pages)) == 1


def test_a_track_that_others_wait_for_says_that_they_no_longer_will(
    at_work: Client, first: TrackPage, second: TrackPage
) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    answer = at_work.post(f"{url}?id={first.pk}&next=/admin/", follow=True)
    assert "“Ask more” no longer asks for “Ask first”" in read(answer.content)
    assert not TrackPage.objects.get(pk=first.pk).live


@pytest.fixture
def heard() -> Iterator[list[set[int]]]:
    """What a room above was asked about."""
    asked: list[set[int]] = []

    def rule(ids: object) -> list[str]:
        asked.append(set(ids))  # type: ignore[call-overload]
        return ["Seven people are in it."]

    leaving_effects.register("test", rule)
    yield asked
    leaving_effects.remove("test")


def test_rooms_above_are_asked_too(heard: list[set[int]]) -> None:
    module = ModuleFactory()
    topic = TopicPage.objects.get()
    assert "Seven people are in it." in effects_of_leaving([topic])
    assert heard == [{topic.pk, module.pk}]
