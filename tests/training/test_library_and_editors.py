"""A library loaded again after editors have been at its pages: their work is kept."""

from pathlib import Path

import pytest
from wagtail.models import Page

from portal.models import Skill
from tests.factories.library import (
    MODULE,
    PREPARATION,
    SKILLS,
    TOPIC,
    TRACK,
    counts,
    edit,
    module_file,
)
from tests.factories.training import TopicFactory
from training.models import ModulePage, SessionPlanPage, TrackPage, TrackPrerequisite
from training.queries import live_tracks
from training.services import LibraryRefused, load_library

pytestmark = pytest.mark.django_db


def test_an_editors_words_stay_live_and_the_new_text_waits_as_a_draft(folder: Path) -> None:
    load_library(folder)
    page = ModulePage.objects.get()
    page.title = "One row, by hand"
    page.save_revision().publish()
    module_file(folder).write_text(MODULE.replace("title: One row", "title: One row, revised"))

    result = load_library(folder)

    page = ModulePage.objects.get()
    assert page.title == "One row, by hand"
    assert page.get_latest_revision_as_object().title == "One row, revised"
    assert page.has_unpublished_changes
    assert result.notes == (
        "“One row, by hand” was edited by hand: the new text waits there as a draft.",
    )
    assert counts(folder) == (0, 0, 6)
    assert ModulePage.objects.get().title == "One row, by hand"


def test_a_draft_in_work_stays_on_top(folder: Path) -> None:
    load_library(folder)
    page = ModulePage.objects.get()
    page.title = "Half a thought"
    page.save_revision()
    module_file(folder).write_text(MODULE.replace("title: One row", "title: One row, revised"))

    result = load_library(folder)

    page = ModulePage.objects.get()
    assert page.title == "One row"
    assert page.get_latest_revision_as_object().title == "Half a thought"
    titles = [revision.as_object().title for revision in page.revisions.all()]
    assert "One row, revised" in titles
    assert "in its history" in result.notes[0]


def test_a_page_that_was_taken_down_is_not_put_back(folder: Path) -> None:
    load_library(folder)
    ModulePage.objects.get().unpublish()
    module_file(folder).write_text(MODULE.replace("title: One row", "title: One row, revised"))
    load_library(folder)
    assert not ModulePage.objects.get().live


def test_a_page_that_was_deleted_comes_back_into_its_tracks(folder: Path) -> None:
    load_library(folder)
    ModulePage.objects.get().delete()
    assert load_library(folder).created == 1
    assert [item.title for item in live_tracks()[0].items].count("One row") <= 1


def change_a_word_of(file: Path) -> None:
    file.write_text(file.read_text().replace("Why it matters", "Why it matters more"))


def take_down(*pages: Page) -> None:
    for page in pages:
        page.specific.unpublish()


def test_a_track_whose_prerequisite_was_taken_down_waits_as_a_draft(folder: Path) -> None:
    load_library(folder)
    take_down(TrackPage.objects.get(slug="ask-first"))
    change_a_word_of(folder / "topics/digital-tools/tracks/ask-more.md")
    module_file(folder).write_text(MODULE.replace("title: One row", "title: One row, revised"))

    result = load_library(folder)

    track = TrackPage.objects.get(slug="ask-more")
    assert track.introduction == "<p>Why it matters.</p>"
    assert "Why it matters more" in track.get_latest_revision_as_object().introduction
    assert result.notes == (
        "“Ask more”: what it builds on was taken down; the new text waits as a draft.",
    )
    assert ModulePage.objects.get().title == "One row, revised"
    assert counts(folder) == (0, 0, 6)


def test_so_does_one_with_nothing_left_in_it(folder: Path) -> None:
    load_library(folder)
    take_down(ModulePage.objects.get(), SessionPlanPage.objects.get())
    change_a_word_of(folder / "topics/digital-tools/tracks/ask-more.md")
    assert len(load_library(folder).notes) == 1
    track = TrackPage.objects.get(slug="ask-more")
    assert (track.live, track.has_unpublished_changes) == (True, True)


def test_a_new_track_waits_for_a_prerequisite_that_was_taken_down(folder: Path) -> None:
    load_library(folder)
    take_down(TrackPage.objects.get(slug="ask-first"))
    new = TRACK.format(name="yet more", low=3, high=4, requires="[ask-first]")
    (folder / "topics/digital-tools/tracks/ask-yet-more.md").write_text(new)
    edit("topic.md", "ask-more]", "ask-more, ask-yet-more]")(folder)

    result = load_library(folder)

    track = TrackPage.objects.get(slug="ask-yet-more")
    assert not track.live
    assert track.get_latest_revision_as_object().prerequisites.get().requires.slug == "ask-first"
    assert result.notes == (
        "“Ask yet more” is new: what it builds on was taken down; it waits as a draft.",
    )
    assert (result.created, result.changed, result.unchanged) == (1, 0, 6)
    assert counts(folder) == (0, 0, 7)
    TrackPage.objects.get(slug="ask-first").save_revision().publish()
    track.get_latest_revision().publish()
    assert [facts.title for facts in live_tracks()] == ["Ask first", "Ask more", "Ask yet more"]


def test_a_changed_file_that_requires_preparation_is_refused_and_is_no_draft(folder: Path) -> None:
    load_library(folder)
    (folder / "topics/digital-tools/tracks/ask-first.md").write_text(PREPARATION)
    with pytest.raises(LibraryRefused, match="comes before every track anyway"):
        load_library(folder)
    assert not TrackPage.objects.filter(has_unpublished_changes=True).exists()


def test_a_circle_that_editors_made_leaves_the_rest_to_load(folder: Path) -> None:
    load_library(folder)
    first, more = TrackPage.objects.get(slug="ask-first"), TrackPage.objects.get(slug="ask-more")
    more.prerequisites = []
    more.save_revision().publish()
    first.prerequisites = [TrackPrerequisite(requires=more)]
    first.save_revision().publish()
    change_a_word_of(folder / "topics/digital-tools/tracks/ask-more.md")
    assert "“Ask more” was edited by hand" in load_library(folder).notes[0]


def test_a_track_that_an_editor_moved_or_deleted(folder: Path) -> None:
    load_library(folder)
    other = TopicFactory()
    TrackPage.objects.get(slug="ask-more").move(other, pos="last-child")
    edit("topic.md", "Nobody", "No one")(folder)
    assert counts(folder) == (0, 1, 5)
    assert TrackPage.objects.get(slug="ask-more").get_parent() == Page.objects.get(pk=other.pk)
    TrackPage.objects.get(slug="ask-more").delete()
    assert counts(folder) == (1, 0, 5)


def test_an_edited_skill_keeps_its_words(folder: Path) -> None:
    Skill.objects.create(name="Databases")
    load_library(folder)
    skill = Skill.objects.get()
    assert skill.level_1 == "aware"
    skill.level_1 = "says what a table is"
    skill.save()
    (folder / "skills.yaml").write_text(
        SKILLS.replace("aware", "knows").replace("with help", "helped")
    )
    result = load_library(folder)
    skill.refresh_from_db()
    assert (skill.level_1, skill.level_2) == ("says what a table is", "helped")
    assert "“Databases” was edited by hand" in result.notes[0]
    assert counts(folder) == (0, 0, 6)


def test_tracks_follow_a_new_order_of_the_file(folder: Path) -> None:
    load_library(folder)
    topic = folder / "topics/digital-tools/topic.md"
    topic.write_text(TOPIC.replace("[ask-first, ask-more]", "[ask-more, ask-first]"))
    load_library(folder)
    assert [facts.title for facts in live_tracks()] == ["Ask more", "Ask first"]


def test_a_page_written_by_hand_at_the_same_address_is_left_alone(folder: Path) -> None:
    topic = TopicFactory(slug="digital-tools", title="By hand")
    with pytest.raises(LibraryRefused, match="somebody wrote a page at this address"):
        load_library(folder)
    topic.refresh_from_db()
    assert topic.title == "By hand"
    assert not Skill.objects.exists()
