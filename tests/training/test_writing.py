"""What an editor meets while writing: words of the forms, and what is told at publishing."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset

from portal.models import User
from tests.factories.portal import SkillFactory
from tests.factories.training import (
    ModuleFactory,
    PreparationFactory,
    SessionPlanFactory,
    TopicFactory,
    TrackFactory,
)
from tests.training.test_publishing import choices, track_form
from training.blocks import QuizBlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


def read(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_nobody_is_offered_to_submit_a_page_to_moderators_that_there_are_not(
    at_work: Client,
) -> None:
    module = ModuleFactory()
    add = ["training", "modulepage", module.get_parent().pk]
    for url in (
        reverse("wagtailadmin_pages:edit", args=[module.pk]),
        reverse("wagtailadmin_pages:add", args=add),
    ):
        told = read(at_work.get(url))
        assert "Publish" in told
        assert "Submit to" not in told


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_a_new_question_begins_with_two_answers_and_needs_them(kind: str) -> None:
    block = QuizBlock().child_blocks[kind]
    empty = {"text": "", "is_right": False, "feedback": ""}
    assert [dict(choice) for choice in block.get_default()["choices"]] == [empty, empty]
    # The editor's script writes “undefined” into a field that the raw default leaves out.
    assert block.child_blocks["choices"].meta.default == [empty, empty]
    value = block.to_python({"question": "Which?", "choices": choices(True)})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    (told,) = refused.value.block_errors["choices"].non_block_errors.as_data()
    assert told.messages == ["A question needs at least two answers."]


def test_every_kind_of_question_ends_with_its_feedback_in_sight() -> None:
    for block in QuizBlock().child_blocks.values():
        assert list(block.meta.form_layout.children)[-1] == "feedback"


def test_the_form_of_a_track_speaks_as_the_programme_does(at_work: Client) -> None:
    answer = at_work.get(reverse("wagtailadmin_pages:edit", args=[TrackFactory().pk]))
    page = BeautifulSoup(answer.content, "html.parser")
    levels = [option.get_text() for option in page.select("[name=outcomes-0-to_level] option")]
    assert levels[-2:] == ["4 · helps others", "5 · shapes practice"]
    assert "Add a module or session plan" in read(answer)
    assert "As people in the programme will read it." in read(answer)


@pytest.mark.parametrize(
    ("has_session", "is_learning", "is_warned"),
    [(False, True, True), (True, True, False), (False, False, False)],
)
def test_a_track_that_no_pair_would_meet_for_goes_live_with_a_warning(
    at_work: Client, has_session: bool, is_learning: bool, is_warned: bool
) -> None:
    topic = TopicFactory()
    pages = [ModuleFactory(parent=topic)]
    if has_session:
        pages.append(SessionPlanFactory(parent=topic))
    skill = SkillFactory(name="Databases")
    rows = [{"skill": skill.pk, "from_level": 0, "to_level": 2}] if is_learning else []
    form = track_form(
        purpose="learning" if is_learning else "preparation",
        outcomes=inline_formset(rows),
        items=inline_formset([{"page": page.pk} for page in pages]),
    )
    add = reverse("wagtailadmin_pages:add", args=["training", "trackpage", topic.pk])
    answer = at_work.post(add, form | {"action-publish": "1"}, follow=True)
    assert Page.objects.get(slug="a-track").live
    assert ("“A track” has no session plan that is live" in read(answer)) is is_warned


@pytest.mark.parametrize("make", [TrackFactory, PreparationFactory])
def test_a_track_with_nothing_live_says_so(at_work: Client, make: Any) -> None:
    track = make()
    assert "In this order" in read(at_work.get(track.url))
    for page in track.pages:
        page.unpublish()
    told = read(at_work.get(track.url))
    assert "Nothing in this track is live at the moment." in told
    assert "0 minutes" not in told
    assert "In this order" not in told
