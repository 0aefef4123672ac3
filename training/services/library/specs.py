"""A whole library as checked values, ready to become pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from training.enums import Audience, TrackPurpose
from training.rules import reaches, repeats
from training.services.library.files import RawLibrary, SourceFile
from training.services.library.markdown import body_problems, to_html
from training.services.library.modules import module_values
from training.services.library.problems import LibraryProblem
from training.services.library.reader import Reader
from training.services.library.sessions import session_values

AUDIENCES = ("pair", "mentor", "mentee", "both")


@dataclass(frozen=True)
class SkillSpec:
    """`values`: description and level_0 to level_5."""

    name: str
    values: dict[str, str]


@dataclass(frozen=True)
class PageSpec:
    """A file and the field values of its page; the lists name other files by their slugs."""

    file: SourceFile
    values: dict[str, Any]
    tracks: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, int, int], ...] = ()
    items: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @property
    def is_preparation(self) -> bool:
        return self.values.get("purpose") == TrackPurpose.PREPARATION


@dataclass
class Library:
    """Everything in a folder; pages by slug, tracks in the editors' order."""

    skills: list[SkillSpec] = field(default_factory=list)
    pages: dict[str, PageSpec] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[PageSpec]:
        return [page for page in self.pages.values() if page.file.kind in kinds]

    def tracks_before_others(self) -> list[PageSpec]:
        """Tracks, each after those that it requires."""
        ordered: dict[str, PageSpec] = {}

        def take(slug: str) -> None:
            if slug not in ordered:
                for before in self.pages[slug].requires:
                    take(before)
                ordered[slug] = self.pages[slug]

        for topic in self.of("topic"):
            for slug in topic.tracks:
                take(slug)
        return list(ordered.values())


def check_library(
    raw: RawLibrary, known_skills: Iterable[str]
) -> tuple[Library, list[LibraryProblem]]:
    """The library, and everything that is wrong in it; use it only if nothing is."""
    problems: list[LibraryProblem] = []
    library = Library(skills=_read_skills(raw.skills, problems))
    for file in raw.files:
        if twin := library.pages.get(file.slug):
            told = f"the name “{file.slug}” is taken by {twin.file.path}; each may stand once."
            problems.append(LibraryProblem(file.path, "", told))
            continue
        library.pages[file.slug] = _read_page(file, problems)
    known = {skill.name for skill in library.skills} | set(known_skills)
    for page in library.pages.values():
        problems += _unknown_names(page, library, known)
        problems += _wrong_names(page, library)
    problems += _circles(library)
    return library, problems


def _read_skills(data: Any, problems: list[LibraryProblem]) -> list[SkillSpec]:
    reader = Reader("skills.yaml", {"skill": data}, problems)
    skills: dict[str, SkillSpec] = {}
    for entry in reader.mappings("skill", required=False):
        name = entry.text("name", longest=120)
        values = {"description": entry.text("description", required=False).strip()}
        levels = entry.texts("levels")
        if len(levels) != 6:
            entry.tell("levels", f"has {len(levels)} sentences; six are needed, for levels 0 to 5.")
        values |= {f"level_{level}": sentence for level, sentence in enumerate(levels[:6])}
        entry.end()
        if name in skills:
            entry.tell("name", f"“{name}” stands there twice.")
        skills[name] = SkillSpec(name, values)
    return list(skills.values())


def _read_page(file: SourceFile, problems: list[LibraryProblem]) -> PageSpec:
    head = Reader(file.path, file.head, problems)
    values = {
        "title": head.text("title", longest=255),
        "summary": head.text("summary", longest=300, required=False),
    }
    if file.kind == "topic":
        values["introduction"] = to_html(file.body)
        spec = PageSpec(file, values, tracks=tuple(head.texts("tracks", required=False)))
    elif file.kind == "module":
        problems += body_problems(file.path, file.body, file.body_line)
        spec = PageSpec(file, values | module_values(head, file))
    elif file.kind == "session":
        spec = PageSpec(file, values | session_values(head, file))
    else:
        spec = _read_track(file, head, values)
    head.end()
    return spec


def _read_track(file: SourceFile, head: Reader, values: dict[str, Any]) -> PageSpec:
    purpose = head.choice("purpose", TrackPurpose.values, TrackPurpose.LEARNING)
    is_learning = purpose == TrackPurpose.LEARNING
    audience = head.choice("audience", AUDIENCES, "pair")
    if is_learning and audience in ("mentor", "mentee"):
        head.tell("audience", "learning is for a pair; only preparation is for one side.")
    values |= {
        "introduction": to_html(file.body),
        "purpose": purpose,
        "audience": Audience.BOTH if audience == "pair" else audience,
        "is_self_guided": head.flag("self_guided", False),
        "interests": "; ".join(head.texts("interests", longest=60, required=False)),
    }
    if len(values["interests"]) > 300:
        head.tell("interests", "are too many; 300 characters fit in all.")
    outcomes: list[tuple[str, int, int]] = []
    for entry in head.mappings("outcomes", required=is_learning):
        skill, low = entry.text("skill", longest=120), entry.number("from", 0, 4)
        high = entry.number("to", 1, 5)
        entry.end()
        if high <= low:
            entry.tell("to", f"has to be above “from”, which is {low}.")
        if skill in (name for name, *_levels in outcomes):
            entry.tell("skill", f"“{skill}” is listed twice.")
        outcomes.append((skill, low, high))
    if outcomes and not is_learning:
        head.tell("outcomes", "preparation has none.")
    return PageSpec(
        file,
        values,
        outcomes=tuple(outcomes),
        items=_read_items(head, is_learning=is_learning),
        requires=tuple(head.texts("requires", required=False)),
    )


def _read_items(head: Reader, *, is_learning: bool) -> tuple[str, ...]:
    items: list[str] = []
    for entry in head.mappings("items"):
        kind = "session" if "session" in entry.data else "module"
        slug = entry.text(kind)
        entry.end()
        if kind == "session" and not is_learning:
            entry.tell(kind, "preparation is done alone: modules only.")
        if slug in items:
            entry.tell(kind, f"“{slug}” is in this track twice.")
        if slug:
            items.append(slug)
    return tuple(items)


def _unknown_names(
    page: PageSpec, library: Library, known_skills: set[str]
) -> list[LibraryProblem]:
    """Names in lists that lead nowhere, or to a file of another kind."""
    problems = []

    def look(key: str, slug: str, *kinds: str) -> None:
        found = library.pages.get(slug)
        if found is None or found.file.kind not in kinds:
            told = f"there is no {' or '.join(kinds)} “{slug}” in this library."
            problems.append(LibraryProblem(page.file.path, key, told))

    for slug in page.tracks:
        look("tracks", slug, "track")
        if slug in library.pages and library.pages[slug].file.topic != page.file.slug:
            told = f"“{slug}” lies in another topic’s folder."
            problems.append(LibraryProblem(page.file.path, "tracks", told))
    entries = page.file.head.get("items") if page.items else ()
    # As _read_items read them: one that names nothing has been told already.
    named = [
        e for e in entries or () if isinstance(e, dict) and (e.get("session") or e.get("module"))
    ]
    for entry, slug in zip(named, page.items, strict=False):
        look("items", slug, "session" if "session" in entry else "module")
    for slug in page.requires:
        look("requires", slug, "track")
    for skill, _low, _high in page.outcomes:
        if skill and skill not in known_skills:
            told = f"there is no skill “{skill}”. Add it to skills.yaml, or mend its name."
            problems.append(LibraryProblem(page.file.path, "outcomes", told))
    if page.file.kind == "track":
        topic = library.pages.get(page.file.topic)
        if topic is not None and page.file.slug not in topic.tracks:
            told = f"topic.md of “{page.file.topic}” does not list this track under “tracks”."
            problems.append(LibraryProblem(page.file.path, "", told))
    return problems


def _wrong_names(page: PageSpec, library: Library) -> list[LibraryProblem]:
    """Names in lists that lead somewhere, but may not stand there, or not again."""
    problems = []
    for key, slugs in (("tracks", page.tracks), ("requires", page.requires)):
        for place in repeats(slugs):
            told = f"“{slugs[place]}” is listed twice."
            problems.append(LibraryProblem(page.file.path, key, told))
    for slug in page.requires:
        if slug in library.pages and library.pages[slug].is_preparation:
            told = f"“{slug}” is preparation, which comes before every track anyway."
            problems.append(LibraryProblem(page.file.path, "requires", told))
    return problems


def _circles(library: Library) -> list[LibraryProblem]:
    requires: dict[str, tuple[str, ...]] = defaultdict(tuple)
    requires |= {page.file.slug: page.requires for page in library.of("track")}
    told = "goes round in a circle: this track comes before itself."
    return [
        LibraryProblem(page.file.path, "requires", told)
        for page in library.of("track")
        if any(reaches(before, page.file.slug, requires) for before in page.requires)
    ]
