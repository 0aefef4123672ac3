"""A small library as files: one topic, a module, a session plan, two tracks."""

from collections.abc import Callable
from pathlib import Path

from training.services import load_library

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


def write_library(folder: Path) -> Path:
    """The files of a library below `folder`; gives it back."""
    topic = folder / "topics" / "digital-tools"
    for part in ("tracks", "modules", "sessions"):
        (topic / part).mkdir(parents=True)
    (folder / "skills.yaml").write_text(SKILLS)
    (topic / "topic.md").write_text(TOPIC)
    more = TRACK.format(name="more", low=2, high=3, requires="[ask-first]")
    (topic / "tracks/ask-more.md").write_text(more)
    first = TRACK.format(name="first", low=0, high=2, requires="[]")
    (topic / "tracks/ask-first.md").write_text(first)
    (topic / "modules/one-row.md").write_text(MODULE)
    (topic / "sessions/together.md").write_text(SESSION)
    return folder


def module_file(folder: Path) -> Path:
    return folder / "topics/digital-tools/modules/one-row.md"


def counts(folder: Path) -> tuple[int, int, int]:
    result = load_library(folder)
    return result.created, result.changed, result.unchanged


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one file, to be made in a folder: `old`, which must be there, becomes `new`."""

    def apply(folder: Path) -> None:
        path = folder / name if name == "skills.yaml" else folder / "topics/digital-tools" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return apply
