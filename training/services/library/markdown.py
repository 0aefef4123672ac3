"""Markdown of the library → the HTML and blocks that Wagtail's editor knows.

Only what an editor could have written with the editor's own buttons comes out: it can be edited
afterwards without loss.
"""

import itertools
import re
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from training.services.library.problems import LibraryProblem

BOXES = ("callout", "checklist", "steps", "example", "discussion", "reflection")
CALLOUTS = ("tip", "note", "careful")
TAGS = {"p", "h2", "h3", "b", "i", "a", "ul", "ol", "li", "code", "blockquote", "br"}
RENAMED = {"strong": "b", "em": "i"}
PARAGRAPHS_MEET = ("paragraph_close", "paragraph_open")

_parser = MarkdownIt("commonmark", {"html": False})
for _box in BOXES:
    container_plugin(_parser, _box)


def to_html(text: str, *, top: int = 3) -> str:
    """Prose as HTML; `top` is the highest heading that the place allows."""
    return _render(_parser.parse(text), top)


def to_blocks(body: str) -> list[dict[str, Any]]:
    """A module's body as the raw values of its stream, without ids."""
    blocks: list[dict[str, Any]] = []
    prose: list[Token] = []

    def end_prose() -> None:
        if html := _render(prose, 2):
            blocks.append({"type": "text", "value": html})
        prose.clear()

    tokens = _parser.parse(body)
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "fence" and token.level == 0:
            end_prose()
            value = {"language": token.info.strip(), "code": token.content.rstrip("\n")}
            blocks.append({"type": "code", "value": value})
        elif token.type.startswith("container_"):
            end_prose()
            end = next(
                n
                for n in range(place, len(tokens))
                if tokens[n].type == token.type.replace("_open", "_close")
                and tokens[n].level == token.level
            )
            blocks.append(_box_block(token, tokens[place + 1 : end]))
            place = end
        else:
            prose.append(token)
        place += 1
    end_prose()
    return blocks


def body_problems(path: str, body: str, first_line: int) -> list[LibraryProblem]:
    """Boxes that are unknown, not closed or hold the wrong thing; headings out of place."""
    problems: list[LibraryProblem] = []
    opened, is_code = 0, False
    for number, line in enumerate(body.split("\n"), start=first_line):
        if line.startswith(("```", "~~~")):
            is_code = not is_code
        if is_code:
            continue
        told = ""
        if line.startswith(":::"):
            words = line[3:].split()
            if words and opened:
                told = f"the box opened in line {opened} is not closed: “:::” is missing."
            elif not words and not opened:
                told = "closes a box that was never opened."
            elif words and (words[0] not in BOXES):
                told = f"there is no box “{words[0]}”; there are {', '.join(BOXES)}."
            elif words and words[0] == "callout" and (words[1:] or [""])[0] not in CALLOUTS:
                told = f"say which callout this is: {', '.join(CALLOUTS)}."
            opened = number if words else 0
        elif re.match(r"#(?!##? |# )|####", line):
            told = "headings begin with “## ” or “### ”."
        if told:
            problems.append(LibraryProblem(path, f"line {number}", told))
    if opened:
        told = "this box is not closed: “:::” is missing."
        problems.append(LibraryProblem(path, f"line {opened}", told))
    return problems or _unfilled_boxes(path, body, first_line)


def _unfilled_boxes(path: str, body: str, first_line: int) -> list[LibraryProblem]:
    problems = []
    for token, following in itertools.pairwise(_parser.parse(body)):
        told = ""
        if token.type in ("container_checklist_open", "container_steps_open"):
            if following.type not in ("bullet_list_open", "ordered_list_open"):
                told = "this box holds a list and nothing else."
        elif token.type.startswith("container_") and following.type.endswith("_close"):
            told = "this box is empty."
        if told and token.nesting == 1:
            line = first_line + (token.map[0] if token.map else 0)
            problems.append(LibraryProblem(path, f"line {line}", told))
    return problems


def _box_block(opening: Token, inner: list[Token]) -> dict[str, Any]:
    kind, _space, title = opening.info.strip().partition(" ")
    title = _plain(title)
    value: dict[str, Any] = {}
    if kind in ("checklist", "steps"):
        value = {"title": title, "entries": [_render(entry, 3) for entry in _entries(inner)]}
    elif kind == "callout":
        which, _space, rest = title.partition(" ")
        value = {"kind": which, "title": rest, "text": _render(inner, 3)}
    elif kind == "example":
        value = {"title": title, "text": _render(inner, 3)}
    else:
        value = {"text": _render(inner, 3)}
    return {"type": kind, "value": value}


def _entries(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each entry of the list, without the list itself."""
    entries: list[list[Token]] = []
    level = tokens[0].level + 1 if tokens else 0
    for token in tokens[1:]:
        if token.type == "list_item_open" and token.level == level:
            entries.append([])
        elif token.type == "list_item_close" and token.level == level:
            continue
        elif entries and token.level > level:
            entries[-1].append(token)
    return entries


def _render(tokens: list[Token], top: int) -> str:
    ready: list[Token] = []
    depth = 0
    for token in tokens:
        token = token.copy()
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        token.tag = RENAMED.get(token.tag, token.tag)
        if token.type.startswith("heading_"):
            token.tag = f"h{max(int(token.tag[1]), top)}"
        elif token.type.startswith("paragraph_"):
            # The editor knows no paragraphs inside an entry of a list.
            token.hidden = depth > 0
            if depth and ready and (ready[-1].type, token.type) == PARAGRAPHS_MEET:
                ready.append(Token("inline", "", 0, children=[Token("hardbreak", "br", 0)]))
        elif token.children:
            token.children = [_renamed(child) for child in token.children]
        if token.type == "fence":
            ready += _code_lines(token)
        else:
            ready.append(token)
    html = _parser.renderer.render(ready, _parser.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None, strip_comments=True
    ).strip()


def _renamed(token: Token) -> Token:
    token = token.copy()
    token.tag = RENAMED.get(token.tag, token.tag)
    if token.type == "softbreak":
        token.type, token.content = "text", " "
    return token


def _code_lines(fence: Token) -> list[Token]:
    """Code where a block cannot stand: a paragraph of code with its line ends."""
    lines: list[Token] = []
    for line in fence.content.rstrip("\n").split("\n"):
        if lines:
            lines.append(Token("hardbreak", "br", 0))
        lines.append(Token("code_inline", "code", 0, content=line))
    inline = Token("inline", "", 0, children=lines, content="")
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


def _plain(text: str) -> str:
    return re.sub(r"[*_`]", "", text).strip()
