"""A page that is written once stands as if Wagtail had added, revised and published it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.signals import page_published

from portal.models import Skill
from tests.factories.training import ModuleFactory, TopicFactory
from training.models import ModulePage, TopicPage, TrackItem, TrackOutcome, TrackPage
from training.services.library.indexing import indexed_at_the_end
from training.services.library.new_pages import publish_new_page

pytestmark = pytest.mark.django_db

TIMES = {"first_published_at", "last_published_at", "latest_revision_created_at"}
OWN = {"id", "page_ptr", "path", "url_path", "slug", "title", "draft_title", "translation_key"}
POINTERS = {"live_revision", "latest_revision"}


def new_module(topic: TopicPage, **values: Any) -> ModulePage:
    with indexed_at_the_end() as written:
        page = ModulePage(**{"title": "Once", "slug": "once", "locale": topic.locale, **values})
        publish_new_page(page, topic)
        written.append(page)
    return ModulePage.objects.get(pk=page.pk)


def said(page: ModulePage) -> dict[str, Any]:
    return {
        field.name: field.value_to_string(page)
        for field in page._meta.concrete_fields
        if field.name not in TIMES | OWN | POINTERS
    }


def test_it_stands_as_a_page_that_was_published_step_by_step() -> None:
    topic = TopicFactory()
    plain = ModuleFactory(parent=topic, quiz=[], body=[], summary="", live=False)
    plain.get_latest_revision().publish()
    plain = ModulePage.objects.get(pk=plain.pk)
    once = new_module(topic)
    assert said(once) == said(plain)
    assert once.path > plain.path
    assert once.get_parent().pk == topic.pk
    assert Page.objects.get(pk=topic.pk).numchild == 2
    for name in TIMES:
        assert getattr(once, name) is not None
    assert once.live_revision == once.latest_revision == once.revisions.get()
    assert once.live_revision.as_object().title == "Once"
    assert not once.has_unpublished_changes
    actions = PageLogEntry.objects.filter(page=once.pk).order_by("pk")
    assert [entry.action for entry in actions] == ["wagtail.create", "wagtail.publish"]


def test_it_is_found_by_search_and_its_file_knows_where_it_is_used() -> None:
    film = Document.objects.create(title="f", file=ContentFile(b"-", name="f.pdf"))
    body = [{"type": "download", "value": {"document": film.pk, "note": ""}}]
    module = new_module(TopicFactory(), title="Ptarmigan counts", body=body)
    assert [found.pk for found in Page.objects.search("ptarmigan")] == [module.pk]
    (used,) = ReferenceIndex.get_references_to(film)
    assert used.object_id == str(module.pk)


def test_saving_a_page_later_is_indexed_at_once_again() -> None:
    module = new_module(TopicFactory())
    module.title = "Wheatear counts"
    module.save_revision().publish()
    assert [found.pk for found in Page.objects.search("wheatear")] == [module.pk]


def test_search_is_not_left_quiet_when_the_load_fails() -> None:
    with pytest.raises(RuntimeError), indexed_at_the_end():
        raise RuntimeError
    module = ModuleFactory(title="Dotterel counts")
    assert [found.pk for found in Page.objects.search("dotterel")] == [module.pk]


def test_it_is_told_to_whoever_listens() -> None:
    heard = []

    def listen(instance: Any, revision: Any, **_kwargs: Any) -> None:
        heard.append((instance.pk, revision.pk))

    page_published.connect(listen, sender=ModulePage)
    try:
        module = new_module(TopicFactory())
    finally:
        page_published.disconnect(listen, sender=ModulePage)
    assert heard == [(module.pk, module.live_revision_id)]


def test_what_cannot_be_taught_is_refused_as_ever() -> None:
    quiz = [{"type": "number", "value": {"question": "How many?", "answer": None, "feedback": ""}}]
    with pytest.raises(ValidationError, match="quiz"):
        new_module(TopicFactory(), quiz=quiz)
    assert not ModulePage.objects.exists()


def test_a_track_keeps_its_rows_in_order_and_in_its_revision() -> None:
    topic = TopicFactory()
    modules = [ModuleFactory(parent=topic) for _ in range(3)]
    skill = Skill.objects.create(name="Databases")
    track = TrackPage(title="A track", slug="a-track", locale=topic.locale)
    track.outcomes = [TrackOutcome(skill=skill, from_level=0, to_level=2)]
    track.items = [TrackItem(page=page, sort_order=n) for n, page in enumerate(modules)]
    with indexed_at_the_end() as written:
        publish_new_page(track, topic)
        written.append(track)
    stored = TrackPage.objects.get(pk=track.pk)
    assert [item.page_id for item in stored.items.all()] == [page.pk for page in modules]
    revised = stored.live_revision.as_object()
    assert [item.page_id for item in revised.items.all()] == [page.pk for page in modules]
    assert ReferenceIndex.get_references_to(modules[2]).count() == 1


def test_it_takes_less_than_half_the_queries_of_the_steps() -> None:
    topic = TopicFactory()
    new_module(topic, slug="first")
    with CaptureQueriesContext(connection) as once:
        new_module(topic)
    with CaptureQueriesContext(connection) as steps:
        ModuleFactory(parent=topic)
    assert len(once) * 2 < len(steps)
