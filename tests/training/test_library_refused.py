"""A library with a fault is refused in one line a problem, and changes nothing."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.models import Skill
from tests.factories.library import PREPARATION, edit, module_file
from training.models import TopicPage

pytestmark = pytest.mark.django_db


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
