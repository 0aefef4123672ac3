"""The files of a library as plain values. Nothing here knows of the database."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.services.library.problems import LibraryProblem

LARGEST_FILE = 1_000_000
KINDS = {"tracks": "track", "modules": "module", "sessions": "session"}
#: The safe loader in C where PyYAML was built with it: a library in a fifth of the time.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class SourceFile:
    """One file: `path` from the library's folder, `head` its front matter, `body` its Markdown.

    `kind` is "topic", "track", "module" or "session"; `topic` the slug of the folder it lies in.
    """

    path: str
    kind: str
    topic: str
    slug: str
    head: dict[str, Any]
    body: str
    body_line: int
    file_hash: str


@dataclass(frozen=True)
class RawLibrary:
    """What was read: `skills` as YAML gave it, files in the order of their paths."""

    skills: Any
    files: tuple[SourceFile, ...]


def read_folder(folder: Path) -> tuple[RawLibrary, list[LibraryProblem]]:
    """Every file of the form, and a problem for each that cannot be read."""
    problems: list[LibraryProblem] = []
    if not folder.is_dir():
        return RawLibrary([], ()), [LibraryProblem(str(folder), "", "there is no such folder.")]
    files = []
    for path, kind, topic, slug in _find_files(folder):
        try:
            files.append(_read_file(folder, path, kind, topic, slug))
        except _Unreadable as refused:
            name = path.relative_to(folder).as_posix()
            problems.append(LibraryProblem(name, refused.where, refused.message))
    skills: Any = []
    skills_path = folder / "skills.yaml"
    if skills_path.is_file():
        try:
            skills = _read_yaml(_read_text(skills_path), first_line=1)
        except _Unreadable as refused:
            problems.append(LibraryProblem("skills.yaml", refused.where, refused.message))
    elif not files:
        told = "holds neither skills.yaml nor topics/<topic>/topic.md, so it is not a library."
        problems.append(LibraryProblem(str(folder), "", told))
    return RawLibrary(skills or [], tuple(files)), problems


def _find_files(folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    """(path, kind, topic, slug); a topic before what lies in it."""
    for topic in sorted(path for path in folder.glob("topics/*") if path.is_dir()):
        yield topic / "topic.md", "topic", topic.name, topic.name
        for part, kind in KINDS.items():
            for path in sorted((topic / part).glob("*.md")):
                yield path, kind, topic.name, path.stem


class _Unreadable(Exception):
    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where, self.message = where, message


def _read_file(folder: Path, path: Path, kind: str, topic: str, slug: str) -> SourceFile:
    if not SLUG.fullmatch(slug):
        told = "a name has small letters, digits and single hyphens only; it becomes the address."
        raise _Unreadable("", told)
    text = _read_text(path)
    front, body, body_line = _split(text)
    head = _read_yaml(front, first_line=2)
    if not isinstance(head, dict):
        raise _Unreadable("line 2", "the front matter has to be a list of “key: value”.")
    return SourceFile(
        path=path.relative_to(folder).as_posix(),
        kind=kind,
        topic=topic,
        slug=slug,
        head=head,
        body=body,
        body_line=body_line,
        file_hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _read_text(path: Path) -> str:
    """The text with plain line ends and without a byte order mark."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _Unreadable("", "this file is missing.") from None
    except OSError as refused:
        raise _Unreadable("", f"cannot be read: {refused.strerror}.") from None
    if len(data) > LARGEST_FILE:
        raise _Unreadable("", "is larger than a megabyte; a page of text is not.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = data[: refused.start].count(b"\n") + 1
        told = "is not UTF-8 here. Save the file with the encoding UTF-8."
        raise _Unreadable(f"line {line}", told) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _Unreadable(f"line {line}", "holds a zero byte, so it is not a text file.")
    return text


def _split(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line at which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise _Unreadable("line 1", "begin the file with a line “---” and its front matter.")
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:place]), "\n".join(lines[place + 1 :]), place + 2
    raise _Unreadable("line 1", "the front matter is not closed: a line “---” is missing.")


def _read_yaml(text: str, first_line: int) -> Any:
    try:
        return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 - safe in both forms
    except yaml.MarkedYAMLError as refused:
        mark = refused.problem_mark or refused.context_mark
        line = first_line + (mark.line if mark else 0)
        told = f"is not valid YAML: {refused.problem or refused.context}."
        raise _Unreadable(f"line {line}", told) from None
    except (yaml.YAMLError, ValueError, RecursionError) as refused:
        raise _Unreadable("", f"is not valid YAML: {str(refused).splitlines()[0]}.") from None
