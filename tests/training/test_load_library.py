"""Loading a folder of text files: again, changed, edited by hand, and broken."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from portal.models import Skill
from tests.factories.training import ModuleFactory, TopicFactory
from training.grading import grade
from training.management.commands.load_library import STARTER
from training.models import ModulePage, SessionPlanPage, TopicPage, TrackPage, TrackPrerequisite
from training.queries import live_tracks, read_quiz
from training.services import LibraryRefused, load_library

pytestmark = pytest.mark.django_db

SKILLS = """
- name: Databases
  description: Asking data.
  levels: [none, aware, with help, on my own, helps others, shapes practice]
"""
TOPIC = """---
title: Digital tools
summary: Tools.
tracks: [ask-first, ask-more]
---
Nobody needs *every* tool.
"""
TRACK = """---
title: Ask {name}
summary: Get an answer.
purpose: learning
audience: pair
outcomes:
  - {{skill: Databases, from: {low}, to: {high}}}
requires: {requires}
interests: [Data, Reporting]
items:
  - module: one-row
  - session: together
---
Why it matters.
"""
PREPARATION = """---
title: Before you begin
purpose: preparation
audience: mentor
items:
  - module: one-row
---
"""
MODULE = """---
title: One row
summary: What one row is.
minutes: 12
audience: both
sources:
  - {text: "A book, 2020", url: "https://example.org/book"}
quiz:
  pass_mark: 75
  questions:
    - single: "What is one row?"
      choices:
        - {text: "A thing", right: true, feedback: "Yes."}
        - {text: "A column", feedback: "No."}
    - multiple: "Which?"
      choices: [{text: a, right: true}, {text: b, right: true}, {text: c}]
      feedback: "Two."
    - true_or_false: "Sorting adds rows."
      answer: false
    - number: "How many?"
      answer: 4
      unit: rows
    - short_text: "One word?"
      accepted: [join, "a join"]
---
## One table

A table has **rows** and *columns*: `id`, [more](https://example.org).

- one
- two

```sql
SELECT 1;
```

::: callout careful Mind the gap
Count first.
:::

::: checklist Before
- Open it
- Save it
:::

::: steps Now
1. **Pick.** One.
2. **Ask.** Two.
:::

::: discussion
Which one?

- And why?
:::

::: reflection
What did you take on trust?
:::

::: example From words to figures
“How many?” <script>alert(1)</script>
:::
"""
SESSION = """---
title: Together
objective: "At the end the mentee can ask."
prework_mentor: |
  Open the table.
prework_mentee: |
  - Bring a figure.
agenda:
  - title: Check-in
    minutes: 5
    say: "Shall we?"
    prompts: ["What went well?"]
    guidance: |
      Listen.
  - {title: Practice, minutes: 55}
commitments: ["Ask one question."]
---
**Who types** learns.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    topic = tmp_path / "topics" / "digital-tools"
    for part in ("tracks", "modules", "sessions"):
        (topic / part).mkdir(parents=True)
    (tmp_path / "skills.yaml").write_text(SKILLS)
    (topic / "topic.md").write_text(TOPIC)
    more = TRACK.format(name="more", low=2, high=3, requires="[ask-first]")
    (topic / "tracks/ask-more.md").write_text(more)
    first = TRACK.format(name="first", low=0, high=2, requires="[]")
    (topic / "tracks/ask-first.md").write_text(first)
    (topic / "modules/one-row.md").write_text(MODULE)
    (topic / "sessions/together.md").write_text(SESSION)
    return tmp_path


def module_file(folder: Path) -> Path:
    return folder / "topics/digital-tools/modules/one-row.md"


def counts(folder: Path) -> tuple[int, int, int]:
    result = load_library(folder)
    return result.created, result.changed, result.unchanged


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


def edit(name: str, old: str, new: str) -> Any:
    def apply(folder: Path) -> None:
        path = folder / name if name == "skills.yaml" else folder / "topics/digital-tools" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return apply


SHORT_QUESTION = '    - true_or_false: "Sorting adds rows."\n      answer: false\n'
M, S, T = "modules/one-row.md", "sessions/together.md", "tracks/ask-first.md"
BROKEN = [
    (edit(M, "title: One row\n", ""), "one-row.md, title: is missing"),
    (edit(M, "minutes: 12", "minutes: soon"), "one-row.md, minutes: has to be a whole number, not"),
    (edit(M, "minutes: 12", "minutes: 0"), "minutes: has to be between 1 and 240"),
    (edit(M, "audience: both", "audience: all"), "audience: has to be one of"),
    (edit(M, "audience: both", "audiences: both"), "audiences: is not a key that is known"),
    (edit(M, "title: One row", "title: [One"), "one-row.md, line 3: is not valid YAML"),
    (edit(M, "---\n## One", "## One"), "the front matter is not closed"),
    (edit(M, "---\ntitle", "title"), "line 1: begin the file with"),
    (edit(M, "https://example.org/book", "example"), "sources[1].url: “example” is not a web"),
    (edit(M, ", right: true, feedback", ", feedback"), "quiz.questions[1].choices: has 0 answers"),
    (edit(M, "- number:", "- figure:"), "quiz.questions[4]: needs one of single, multiple"),
    (edit(M, "answer: 4", "answer: four"), "quiz.questions[4].answer: has to be a number"),
    (edit(M, "answer: 4", "answer: .inf"), "quiz.questions[4].answer: has to be a number"),
    (
        edit(M, "answer: 4", "answer: 4\n      tolerance: -1"),
        "quiz.questions[4].tolerance: has to be 0 or more",
    ),
    (edit(M, '[join, "a join"]', '[""]'), "quiz.questions[5].accepted[1]: is empty"),
    (edit(M, '[join, "a join"]', '[join, " "]'), "quiz.questions[5].accepted[2]: is empty"),
    (
        edit(M, SHORT_QUESTION, SHORT_QUESTION * 41),
        "quiz.questions: are 45; at most 40 fit",
    ),
    (edit(M, "answer: false", "answer: perhaps"), "quiz.questions[3].answer: has to be true or"),
    (edit(M, "::: callout careful", "::: callout danger"), "say which callout this is"),
    (edit(M, "::: reflection", "::: musing"), "there is no box “musing”"),
    (edit(M, "trust?\n:::", "trust?"), "is not closed"),
    (edit(M, "- Open it\n- Save it", "Open it."), "this box holds a list and nothing else"),
    (edit(M, "Which one?\n\n- And why?\n", ""), "line 51: this box is empty"),
    (edit(M, "Count first.\n", ""), "line 37: this box is empty"),
    (edit(M, "- Open it\n- Save it\n", ""), "line 41: this box holds a list and nothing else"),
    (edit(M, "## One table", "# One table"), "headings begin with"),
    (
        edit(S, "minutes: 5\n", "minutes: five\n"),
        "together.md, agenda[1].minutes: has to be a whole",
    ),
    (edit(S, '["Ask one question."]', '[""]'), "together.md, commitments[1]: is empty"),
    (edit(S, "agenda:", "plan:"), "together.md, agenda: is missing"),
    (edit(T, "skill: Databases", "skill: Data bases"), "there is no skill “Data bases”"),
    (edit(T, "to: 2", "to: 0"), "outcomes[1].to: has to be between 1 and 5"),
    (edit(T, "from: 0", "from: 3"), "outcomes[1].to: has to be above “from”"),
    (edit(T, "module: one-row", "module: two-rows"), "items: there is no module “two-rows”"),
    (edit(T, "module: one-row", "module: together"), "items: there is no module “together”"),
    (edit(T, "  - module", "  - 5\n  - module"), "items[1]: has to be a list of “key: value”"),
    (edit(T, "  - module: one-row\n  - session: together", "  5"), "items: has to be a list."),
    (edit(T, "requires: []", "requires: [nowhere]"), "requires: there is no track “nowhere”"),
    (edit(T, "requires: []", "requires: [ask-more]"), "requires: goes round in a circle"),
    (
        edit("tracks/ask-more.md", "[ask-first]", "[ask-first, ask-first]"),
        "ask-more.md, requires: “ask-first” is listed twice",
    ),
    (
        edit("topic.md", "[ask-first, ask-more]", "[ask-first, ask-first, ask-more]"),
        "topic.md, tracks: “ask-first” is listed twice",
    ),
    (
        lambda f: (f / "topics/digital-tools/tracks/ask-first.md").write_text(PREPARATION),
        "ask-more.md, requires: “ask-first” is preparation, which comes before every track anyway",
    ),
    (edit(T, "audience: pair", "audience: mentor"), "audience: learning is for a pair"),
    (edit(T, "purpose: learning", "purpose: preparation"), "outcomes: preparation has none"),
    (edit("skills.yaml", "none, ", ""), "levels: has 5 sentences"),
    (lambda f: (f / "topics/digital-tools/topic.md").unlink(), "topic.md: this file is missing"),
    (lambda f: module_file(f).write_bytes(b"---\ntitle: \xff\n---\n"), "line 2: is not UTF-8"),
    (
        lambda f: shutil.copy(module_file(f), f / "topics/digital-tools/sessions/one-row.md"),
        "the name “one-row” is taken by",
    ),
    (lambda f: module_file(f).rename(module_file(f).with_name("One Row.md")), "small letters"),
]


@pytest.mark.parametrize(("breaking", "told"), BROKEN, ids=[told for _do, told in BROKEN])
def test_a_broken_library_is_refused_in_one_line_a_problem_and_changes_nothing(
    folder: Path, breaking: Any, told: str
) -> None:
    breaking(folder)
    errors = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("load_library", str(folder), stderr=errors, no_color=True)
    assert stopped.value.code == 1
    assert told in errors.getvalue()
    assert "Traceback" not in errors.getvalue()
    assert all(
        line.startswith(("topics/", "skills.yaml")) for line in errors.getvalue().split("\n")[:-1]
    )
    assert not TopicPage.objects.exists()
    assert not Skill.objects.exists()


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
