"""Who may open which training page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from portal.models import User
from tests.factories.portal import UserFactory
from tests.factories.training import ModuleFactory, SessionPlanFactory, TopicFactory, TrackFactory
from training.models import TrainingRootPage
from training.permissions import visible_to
from training.registries import access_rules
from training.wagtail_hooks import open_only_visible_training

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_nothing(opened: set[int]) -> None:
    opened.add(ModuleFactory().pk)
    assert not visible_to(AnonymousUser()).exists()


def test_an_outsider_sees_nothing(outsider: User, opened: set[int]) -> None:
    opened.add(ModuleFactory().pk)
    assert not visible_to(outsider).exists()


def test_a_participant_sees_what_a_rule_opens_and_nothing_beside(
    mentor_user: User, opened: set[int]
) -> None:
    module, _other = ModuleFactory(), ModuleFactory()
    opened.add(module.pk)
    assert list(visible_to(mentor_user)) == [Page.objects.get(pk=module.pk)]


def test_a_rule_cannot_open_a_draft_or_a_page_outside_training(
    mentor_user: User, opened: set[int]
) -> None:
    opened |= {ModuleFactory(live=False).pk, Page.objects.get(depth=2).pk}
    assert not visible_to(mentor_user).exists()


def test_two_rules_add_up(mentor_user: User, opened: set[int]) -> None:
    one, two = ModuleFactory(), ModuleFactory()
    opened.add(one.pk)
    access_rules.register("second", lambda user: Q(pk=two.pk))
    assert set(visible_to(mentor_user).values_list("pk", flat=True)) == {one.pk, two.pk}


@pytest.mark.parametrize("who", ["editor", "coordinator"])
def test_who_looks_after_training_sees_all_that_is_live(
    who: str, request: pytest.FixtureRequest, opened: set[int]
) -> None:
    module, draft = ModuleFactory(), ModuleFactory(live=False)
    seen = set(visible_to(request.getfixturevalue(who)).values_list("pk", flat=True))
    assert module.pk in seen
    assert draft.pk not in seen
    assert Page.objects.get(depth=2).pk not in seen


def test_an_account_that_was_closed_sees_nothing(opened: set[int]) -> None:
    ModuleFactory()
    assert not visible_to(UserFactory(is_active=False, is_superuser=True)).exists()


def test_a_page_is_served_to_whom_it_is_open_and_to_others_it_does_not_exist(
    client_for: Callable[[User], Client],
    mentor_user: User,
    outsider: User,
    editor: User,
    opened: set[int],
) -> None:
    module = ModuleFactory(title="What one row is")
    opened.add(module.pk)
    assert "What one row is" in client_for(mentor_user).get(module.url).content.decode()
    assert client_for(editor).get(module.url).status_code == 200
    assert client_for(outsider).get(module.url).status_code == 404
    assert Client().get(module.url).status_code == 404


def test_every_kind_of_page_is_shut(client_for: Callable[[User], Client], outsider: User) -> None:
    topic = TopicFactory()
    pages = [
        TrainingRootPage.objects.get(),
        topic,
        ModuleFactory(parent=topic),
        SessionPlanFactory(parent=topic),
        TrackFactory(parent=topic),
    ]
    client = client_for(outsider)
    assert {client.get(page.url).status_code for page in pages} == {404}


def test_copies_and_pages_without_the_restriction_are_shut_too(
    client_for: Callable[[User], Client], outsider: User, opened: set[int]
) -> None:
    module = ModuleFactory()
    copy = module.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=True)
    PageViewRestriction.objects.all().delete()
    assert client_for(outsider).get(copy.url).status_code == 404
    assert Client().get(copy.url).status_code == 404


def test_a_page_refuses_to_answer_where_the_gate_was_not_asked(
    rf: Any, editor: User, opened: set[int]
) -> None:
    request = rf.get("/")
    request.user = editor
    with pytest.raises(Http404):
        ModuleFactory().serve(request)


def test_the_root_is_restricted_to_people_who_are_signed_in() -> None:
    (restriction,) = TrainingRootPage.objects.get().get_view_restrictions()
    assert restriction.restriction_type == PageViewRestriction.LOGIN


def test_links_lead_only_where_one_may_go(
    client_for: Callable[[User], Client], mentor_user: User, opened: set[int]
) -> None:
    track = TrackFactory()
    module, session = track.pages
    opened |= {track.pk, module.pk}
    page = client_for(mentor_user).get(track.url).content.decode()
    assert f'href="{module.url}"' in page
    assert session.title in page
    assert f'href="{session.url}"' not in page
    assert "Digital" not in page
    assert "breadcrumbs" not in page


def test_a_translation_is_shut_too(
    rf: Any, mentor_user: User, opened: set[int], settings: Any
) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    module = ModuleFactory()
    opened.add(module.pk)
    french = Locale.objects.create(language_code="fr")
    translated = module.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    request = rf.get("/")
    request.user = mentor_user
    open_only_visible_training(module, request, [], {})
    with pytest.raises(Http404):
        open_only_visible_training(translated, request, [], {})
