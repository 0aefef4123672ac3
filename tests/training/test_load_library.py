"""Loading a folder of text files, again and changed; the starter library."""

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page

from portal.models import Skill
from tests.factories.library import (
    MODULE,
    counts,
    module_file,
)
from tests.factories.training import ModuleFactory
from training.grading import grade
from training.management.commands.load_library import STARTER
from training.models import ModulePage, SessionPlanPage, TopicPage, TrackPage
from training.queries import live_tracks, read_quiz
from training.services import LibraryRefused, load_library

pytestmark = pytest.mark.django_db


def test_a_library_becomes_live_pages(folder: Path) -> None:
    assert counts(folder) == (6, 0, 0)
    first, more = live_tracks()
    assert (first.title, more.title) == ("Ask first", "Ask more")
    assert more.requires == (first.key,)
    assert (first.outcomes, first.minutes, first.sessions) == ((("Databases", 0, 2),), 72, 1)
    assert Skill.objects.get(name="Databases").behaviour(3) == "on my own"
    module = ModulePage.objects.get(slug="one-row")
    assert [block.block_type for block in module.body] == [
        "text",
        "code",
        "callout",
        "checklist",
        "steps",
        "discussion",
        "reflection",
        "example",
    ]
    text = module.body[0].value.source
    assert "<h2>One table</h2>" in text
    assert "<b>rows</b> and <i>columns</i>" in text
    assert (module.body[2].value["kind"], module.body[2].value["title"]) == (
        "careful",
        "Mind the gap",
    )
    assert "<script>" not in str(module.body[7].value["text"].source)
    plan = SessionPlanPage.objects.get(slug="together")
    assert (plan.minutes, plan.parts[0]["say"]) == (60, "Shall we?")
    assert TopicPage.objects.get().introduction == "<p>Nobody needs <i>every</i> tool.</p>"


def test_its_quiz_can_be_passed(folder: Path) -> None:
    load_library(folder)
    quiz = read_quiz(ModulePage.objects.get())
    right = {
        question.key: [choice.key for choice in question.choices if choice.is_right]
        or [str(question.number or (question.accepted or ("",))[0])]
        for question in quiz.questions
    }
    assert grade(quiz, right).points == 5


def test_loading_again_changes_nothing(folder: Path) -> None:
    load_library(folder)
    revisions = Page.objects.values_list("pk", "latest_revision_id")
    before = list(revisions.order_by("pk"))
    assert counts(folder) == (0, 0, 6)
    assert list(revisions.order_by("pk")) == before


def test_a_copy_of_the_folder_elsewhere_is_the_same_library(folder: Path, tmp_path: Path) -> None:
    load_library(folder)
    shutil.copytree(folder, tmp_path / "copy")
    assert counts(tmp_path / "copy") == (0, 0, 6)


def test_a_changed_file_changes_its_page_and_keeps_the_ids_of_answers(folder: Path) -> None:
    load_library(folder)
    before = read_quiz(ModulePage.objects.get())
    module_file(folder).write_text(MODULE.replace("What is one row?", "What is one row here?"))
    assert counts(folder) == (0, 1, 5)
    after = read_quiz(ModulePage.objects.get())
    assert after.questions[0].text == "What is one row here?"
    assert [q.key for q in after.questions] == [q.key for q in before.questions]
    assert counts(folder) == (0, 0, 6)


def test_line_ends_and_a_byte_order_mark_make_no_difference(folder: Path) -> None:
    load_library(folder)
    module_file(folder).write_bytes(b"\xef\xbb\xbf" + MODULE.replace("\n", "\r\n").encode())
    assert counts(folder) == (0, 0, 6)


def test_a_folder_that_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryRefused, match="is not a library"):
        load_library(tmp_path)
    with pytest.raises(LibraryRefused, match="there is no such folder"):
        load_library(tmp_path / "nowhere")


def test_the_command_ends_with_its_figures(folder: Path) -> None:
    out = io.StringIO()
    call_command("load_library", str(folder), "--json", stdout=out)
    *told, figures = out.getvalue().strip().split("\n")
    assert json.loads(figures) == {"created": 6, "changed": 0, "unchanged": 0}
    assert told[0].startswith("6 created, 0 changed, 0 as they were")


def test_the_starter_library_loads_and_every_page_of_it_can_be_taught() -> None:
    first = load_library(STARTER)
    assert first.changed == first.unchanged == 0
    again = load_library(STARTER)
    assert (again.created, again.changed, again.unchanged) == (0, 0, first.created)
    assert len(live_tracks()) >= 8
    for track in TrackPage.objects.all():
        assert track.live, track.title
    for module in ModulePage.objects.all():
        quiz = read_quiz(module)
        assert quiz.questions, module.title
        keys = [q.key for q in quiz.questions] + [c.key for q in quiz.questions for c in q.choices]
        assert len([k for k in keys if len(k) == 36]) == len({k for k in keys if len(k) == 36})


def test_an_editor_can_open_and_save_what_was_loaded(folder: Path) -> None:
    load_library(folder)
    for page in (ModulePage.objects.get(), SessionPlanPage.objects.get(), *TrackPage.objects.all()):
        assert page.publishing_problems() == {}
    assert ModuleFactory().publishing_problems() == {}
