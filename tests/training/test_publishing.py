"""What publishing refuses, and that drafts may be unfinished."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.models import User
from tests.factories.portal import SkillFactory
from tests.factories.training import (
    QUIZ,
    ModuleFactory,
    PreparationFactory,
    SessionPlanFactory,
    TopicFactory,
    TrackFactory,
    training_root,
)
from training.models import ModulePage, TrackItem, TrackOutcome, TrackPage, TrackPrerequisite
from training.rules import (
    Item,
    Outcome,
    Prerequisite,
    item_problems,
    outcome_problems,
    prerequisite_problems,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcomes", "is_learning", "told"),
    [
        ([], True, "Say which skill"),
        ([Outcome(1, 2, 2)], True, "has to rise"),
        ([Outcome(1, 3, 1)], True, "has to rise"),
        ([Outcome(1, 0, 2), Outcome(2, 0, 1), Outcome(1, 2, 3)], True, "listed twice"),
        ([Outcome(1, 0, 2)], False, "Preparation has no outcomes"),
    ],
)
def test_outcomes_that_cannot_be_taught(
    outcomes: list[Outcome], is_learning: bool, told: str
) -> None:
    (problem,) = outcome_problems(outcomes, is_learning=is_learning)
    assert told in str(problem.message)


def test_outcomes_that_can() -> None:
    assert outcome_problems([Outcome(1, 0, 2), Outcome(2, 3, 5)], is_learning=True) == []
    assert outcome_problems([], is_learning=False) == []


@pytest.mark.parametrize(
    ("items", "is_learning", "told"),
    [
        ([], True, "at least one"),
        ([Item(1, "module", False)], True, "None of these pages is live"),
        ([Item(1, "module", True), Item(2, "", True)], True, "Choose a module"),
        ([Item(1, "module", True), Item(1, "module", True)], True, "twice"),
        ([Item(1, "module", True), Item(2, "session", True)], False, "modules only"),
    ],
)
def test_items_that_cannot_be_taught(items: list[Item], is_learning: bool, told: str) -> None:
    (problem,) = item_problems(items, is_learning=is_learning)
    assert told in str(problem.message)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([Prerequisite("a", True, True)], "before itself"),
        ([Prerequisite("b", True, True)], "in a circle"),
        ([Prerequisite("c", True, True)], "in a circle"),
        ([Prerequisite("d", False, True)], "not live"),
        ([Prerequisite("d", True, False)], "Choose a learning track"),
        ([Prerequisite("d", True, True), Prerequisite("d", True, True)], "listed twice"),
    ],
)
def test_prerequisites_that_cannot_be_kept(before: list[Prerequisite], told: str) -> None:
    (problem,) = prerequisite_problems("a", before, {"b": ["c"], "c": ["a"], "d": ["e"]})
    assert told in str(problem.message)


def quiz_of(kind: str, **value: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "value": {"question": "Which?", "feedback": "", **value}}]


def choices(*right: bool) -> list[dict[str, Any]]:
    return [{"text": f"Answer {n}", "is_right": r, "feedback": ""} for n, r in enumerate(right)]


@pytest.mark.parametrize(
    "quiz",
    [
        quiz_of("single_choice", choices=choices(False, False)),
        quiz_of("single_choice", choices=choices(True, True)),
        quiz_of("single_choice", choices=choices(True)),
        quiz_of("multiple_choice", choices=choices(False, False)),
        quiz_of("true_false", answer=None),
        quiz_of("number", answer=None),
        quiz_of("short_text", accepted=[]),
        quiz_of("short_text", accepted=["join", "\u200b"]),
        quiz_of("single_choice", choices=choices(True, False)) + quiz_of("number", answer=None),
    ],
)
def test_a_quiz_without_a_right_answer_is_not_published(quiz: list[dict[str, Any]]) -> None:
    module = ModuleFactory(live=False, quiz=quiz)
    with pytest.raises(ValidationError) as refused:
        module.get_latest_revision().publish()
    assert "quiz" in refused.value.message_dict
    assert not ModulePage.objects.get(pk=module.pk).live


def video(**value: Any) -> list[dict[str, Any]]:
    empty = {"title": "A video", "url": "", "document": None, "transcript": ""}
    return [{"type": "video", "value": empty | value}]


def test_a_video_has_either_a_file_or_a_link() -> None:
    film = Document.objects.create(title="f", file=ContentFile(b"-", name="f.mp4"))
    text = Document.objects.create(title="t", file=ContentFile(b"-", name="t.txt"))
    link = "https://example.org/film"
    assert ModuleFactory(body=video(url=link)).live
    assert ModuleFactory(body=video(document=film.pk)).live
    for wrong in (video(), video(url=link, document=film.pk), video(document=text.pk)):
        with pytest.raises(ValidationError, match="text"):
            ModuleFactory(body=wrong)


def test_an_agenda_has_parts_with_minutes() -> None:
    part = {"title": "Check-in", "minutes": None, "say": "", "prompts": [], "guidance": ""}
    for agenda in ([], [{"type": "part", "value": part}]):
        plan = SessionPlanFactory(live=False, agenda=agenda)
        assert plan.minutes == 0
        with pytest.raises(ValidationError, match="agenda"):
            plan.get_latest_revision().publish()


def test_two_tracks_cannot_wait_for_each_other() -> None:
    first = TrackFactory()
    second = TrackFactory(requires=[first], lifts=[("Databases", 2, 3)])
    first.prerequisites = [TrackPrerequisite(requires=second)]
    with pytest.raises(ValidationError, match="in a circle"):
        first.save_revision(clean=False).publish()
    assert not TrackPage.objects.get(pk=first.pk).prerequisites.exists()


def test_learning_is_for_both() -> None:
    with pytest.raises(ValidationError) as refused:
        TrackFactory(audience="mentor")
    assert list(refused.value.message_dict) == ["audience"]


def test_preparation_has_neither_outcomes_nor_session_plans() -> None:
    assert PreparationFactory().live
    with pytest.raises(ValidationError, match="no outcomes"):
        PreparationFactory(lifts=[("Databases", 0, 1)])
    with pytest.raises(ValidationError, match="modules only"):
        PreparationFactory(pages=[ModuleFactory(), SessionPlanFactory()])


def test_a_copy_of_a_broken_draft_is_not_live_either() -> None:
    draft = ModuleFactory(live=False, quiz=quiz_of("number", answer=None))
    copy = draft.copy(update_attrs={"slug": "copy"})
    with pytest.raises(ValidationError):
        copy.get_latest_revision().publish()


# In the editor's own screens.


def errors_on(page: str) -> list[str]:
    found = BeautifulSoup(page, "html.parser").select(
        ".error-message, .help-critical, .messages li"
    )
    return [" ".join(tag.get_text(" ").split()) for tag in found]


def track_form(**values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "title": "A track",
        "slug": "a-track",
        "summary": "",
        "introduction": rich_text("<p>Why.</p>"),
        "purpose": "learning",
        "audience": "both",
        "interests": "",
        "outcomes": inline_formset([]),
        "items": inline_formset([]),
        "prerequisites": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(empty | values)


@pytest.fixture
def at_work(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


def test_an_editor_writes_a_module_puts_it_in_a_track_and_sees_it_live(at_work: Client) -> None:
    topic, skill = TopicFactory(), SkillFactory(name="Databases")
    add_module = reverse("wagtailadmin_pages:add", args=["training", "modulepage", topic.pk])
    form = nested_form_data(
        {
            "title": "What one row is",
            "slug": "what-one-row-is",
            "summary": "",
            "minutes": 8,
            "audience": "both",
            "body": streamfield([("text", rich_text("<p>One line of an order.</p>"))]),
            "quiz": streamfield(
                [
                    (
                        "true_false",
                        {"question": "Sorting adds rows.", "answer": "false", "feedback": ""},
                    )
                ]
            ),
            "pass_mark": 75,
            "sources": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    assert at_work.get(add_module).status_code == 200
    at_work.post(add_module, form | {"action-publish": "1"})
    module = ModulePage.objects.get(slug="what-one-row-is")
    assert module.live

    add_track = reverse("wagtailadmin_pages:add", args=["training", "trackpage", topic.pk])
    outcomes = [{"skill": skill.pk, "from_level": 0, "to_level": 2}]
    form = track_form(
        outcomes=inline_formset(outcomes), items=inline_formset([{"page": module.pk}])
    )
    at_work.post(add_track, form | {"action-publish": "1"})
    track = TrackPage.objects.get(slug="a-track")
    assert track.live
    assert "What one row is" in at_work.get(track.url).content.decode()
    assert "One line of an order." in at_work.get(module.url).content.decode()


def test_a_track_may_be_a_draft_of_almost_nothing(at_work: Client) -> None:
    topic = TopicFactory()
    add = reverse("wagtailadmin_pages:add", args=["training", "trackpage", topic.pk])
    at_work.post(add, track_form())
    assert not TrackPage.objects.get(slug="a-track").live


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "Say which skill this track lifts"),
        ({}, "at least one module or session plan"),
        ({"outcomes": [(0, 2), (2, 3)]}, "listed twice"),
        ({"outcomes": [(3, 2)]}, "has to rise"),
        ({"purpose": "preparation", "outcomes": [(0, 2)]}, "Preparation has no outcomes"),
        ({"audience": "mentee", "outcomes": [(0, 2)], "items": True}, "Learning is done by a pair"),
    ],
)
def test_publishing_a_track_tells_what_is_missing_where(
    at_work: Client, change: dict[str, Any], told: str
) -> None:
    topic, skill = TopicFactory(), SkillFactory(name="Databases")
    form = dict(change)
    form["outcomes"] = inline_formset(
        [
            {"skill": skill.pk, "from_level": low, "to_level": high}
            for low, high in change.get("outcomes", [])
        ]
    )
    if form.pop("items", False):
        form["items"] = inline_formset([{"page": ModuleFactory(parent=topic).pk}])
    add = reverse("wagtailadmin_pages:add", args=["training", "trackpage", topic.pk])
    answer = at_work.post(add, track_form(**form) | {"action-publish": "1"})
    assert answer.status_code == 200
    found = errors_on(answer.content.decode())
    assert any(told in error for error in found), found
    assert not TrackPage.objects.filter(slug="a-track").exists()


def test_a_circle_is_told_at_its_row(at_work: Client) -> None:
    first = TrackFactory(title="First", slug="first")
    second = TrackFactory(requires=[first], lifts=[("Databases", 2, 3)])
    outcome, item = first.outcomes.get(), first.items.first()
    form = track_form(
        title="First",
        slug="first",
        outcomes=inline_formset(
            [{"id": outcome.pk, "skill": outcome.skill_id, "from_level": 0, "to_level": 2}],
            initial=1,
        ),
        items=inline_formset([{"page": item.page_id}]),
        prerequisites=inline_formset([{"requires": second.pk}]),
    )
    edit = reverse("wagtailadmin_pages:edit", args=[first.pk])
    answer = at_work.post(edit, form | {"action-publish": "1"})
    assert any("in a circle" in error for error in errors_on(answer.content.decode()))


def test_bulk_publishing_an_unfinished_page_tells_so_and_publishes_nothing(
    at_work: Client,
) -> None:
    topic = TopicFactory()
    good = ModuleFactory(parent=topic, live=False)
    bad = ModuleFactory(
        parent=topic, live=False, title="Half a quiz", quiz=quiz_of("number", answer=None)
    )
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = at_work.post(f"{url}?id={good.pk}&id={bad.pk}&next=/admin/", follow=True)
    assert "“Half a quiz” is not finished" in answer.content.decode()
    assert not Page.objects.filter(pk__in=[good.pk, bad.pk], live=True).exists()


def test_an_editor_writes_below_the_training_root_only(at_work: Client) -> None:
    home = training_root().get_parent()
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert at_work.get(edit).status_code == 302
    assert (
        at_work.get(reverse("wagtailadmin_pages:edit", args=[TopicFactory().pk])).status_code == 200
    )


def test_the_editors_menu_opens(at_work: Client) -> None:
    track = TrackFactory()
    for name in ("topics", "tracks", "modules", "session_plans"):
        assert at_work.get(reverse(f"training_{name}:index")).status_code == 200
    assert track.title in at_work.get(reverse("training_tracks:index")).content.decode()
    assert "Databases" in at_work.get(reverse("skills:index")).content.decode()


def test_a_preview_shows_the_quiz_without_its_answers(at_work: Client) -> None:
    module = ModuleFactory(quiz=QUIZ)
    view = reverse("wagtailadmin_pages:view_draft", args=[module.pk])
    page = at_work.get(view).content.decode()
    assert QUIZ[0]["value"]["question"] in page
    assert "Ask what one row is." in page  # in the text of the page, not as feedback
    assert "Not quite." not in page
    assert TrackItem.objects.count() == TrackOutcome.objects.count() == 0
