"""Writes a checked library to the shelf, in one transaction, over nobody's work."""

import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from portal.models import Skill
from training.models import (
    LibrarySource,
    ModulePage,
    SessionPlanPage,
    TopicPage,
    TrackItem,
    TrackOutcome,
    TrackPage,
    TrackPrerequisite,
    TrainingPage,
    TrainingRootPage,
)
from training.queries import content_hash
from training.services.library.files import read_folder
from training.services.library.indexing import indexed_at_the_end
from training.services.library.new_pages import publish_new_page
from training.services.library.problems import LibraryProblem, LibraryRefused
from training.services.library.skills import load_skills
from training.services.library.specs import Library, PageSpec, check_library

PAGE_CLASSES: dict[str, type[TrainingPage]] = {
    "topic": TopicPage,
    "track": TrackPage,
    "module": ModulePage,
    "session": SessionPlanPage,
}


#: What an editor can break by taking another page down; anything else is the file's own fault.
SHELF_FIELDS = {"items", "prerequisites"}


@dataclass(frozen=True)
class LoadResult:
    """Counts of pages and skills; `notes` say in words where an editor's work was kept."""

    created: int
    changed: int
    unchanged: int
    notes: tuple[str, ...] = ()


def load_library(folder: Path) -> LoadResult:
    """Makes the shelf say what `folder` says, all of it or nothing.

    A file that has not changed since the last load is left alone. A page that somebody edited
    since then keeps its live text; the new text becomes a draft. Pages whose file is gone stay.
    Raises LibraryRefused with every problem found.
    """
    raw, problems = read_folder(folder)
    known = Skill.objects.filter(locale=Locale.get_default()).values_list("name", flat=True)
    library, more = check_library(raw, known)
    if problems or more:
        raise LibraryRefused(sorted({*problems, *more}))
    with transaction.atomic(), indexed_at_the_end() as written:
        return _Load(library, written).run()


@dataclass
class _Load:
    """One loading; `pages` are those of the library by slug, as they come to stand."""

    library: Library
    written: list[Any]
    pages: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, LibrarySource] = field(default_factory=dict)
    fresh: dict[str, PageSpec] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def run(self) -> LoadResult:
        root = self._lock_root()
        self.taken = set(Page.objects.descendant_of(root).values_list("url_path", flat=True))
        self.sources = {s.path: s for s in LibrarySource.objects.select_related("page")}
        skill_counts, skill_notes = load_skills(self.library.skills)
        self.counts += skill_counts
        self.notes += skill_notes
        self.skills = {s.name: s for s in Skill.objects.filter(locale=Locale.get_default())}
        reordered = [topic for topic in self.library.of("topic") if self._is_new(topic)]
        for spec in self.library.pages.values():
            if source := self.sources.get(spec.file.path):
                self.pages[spec.file.slug] = source.page
        for topic in self.library.of("topic"):
            self._write(topic, root)
        # What a track lists and what it requires is live before the track itself.
        for spec in (*self.library.of("module", "session"), *self.library.tracks_before_others()):
            self._write(spec, self.pages[spec.file.topic])
        for topic in reordered:
            self._order_tracks(topic)
        self._remember_fresh()
        return LoadResult(
            created=self.counts["created"],
            changed=self.counts["changed"],
            unchanged=self.counts["unchanged"],
            notes=tuple(self.notes),
        )

    def _lock_root(self) -> Page:
        """The training root in the portal's own language; two loads wait for each other here."""
        roots = TrainingRootPage.objects.filter(locale=Locale.get_default())
        root = Page.objects.select_for_update().filter(pk__in=roots.values("pk")).first()
        if root is None:
            told = _("there is no page “Training” below the home page to load it into.")
            raise LibraryRefused([LibraryProblem("topics", "", told)])
        return root

    def _write(self, spec: PageSpec, parent: Page) -> None:
        source = self.sources.get(spec.file.path)
        if source is None:
            self._create(spec, parent)
        elif source.file_hash == spec.file.file_hash and self.fresh.keys().isdisjoint(spec.items):
            self.counts["unchanged"] += 1
        else:
            self._rewrite(spec, source)

    def _create(self, spec: PageSpec, parent: Page) -> None:
        if f"{parent.url_path}{spec.file.slug}/" in self.taken:
            told = _("somebody wrote a page at this address by hand. Rename the file or that page.")
            raise LibraryRefused([LibraryProblem(spec.file.path, "", told)])
        page = PAGE_CLASSES[spec.file.kind](
            slug=spec.file.slug, locale=parent.locale, live=False, has_unpublished_changes=True
        )
        self._fill(page, spec)
        # Only a track builds on other pages; to ask every page twice would cost seconds.
        if spec.file.kind == "track" and self._has_to_wait(page, spec):
            parent.add_child(instance=page)
            page.save_revision(clean=False)
            told = _("“%(title)s” is new: what it builds on was taken down; it waits as a draft.")
            self.notes.append(told % {"title": page.title})
        else:
            self._publish_new(page, spec, parent)
        self.pages[spec.file.slug] = page
        self.fresh[spec.file.slug] = spec
        self.written.append(page)
        self.counts["created"] += 1

    def _publish_new(self, page: Any, spec: PageSpec, parent: Page) -> None:
        try:
            publish_new_page(page, parent)
        except ValidationError as refused:
            raise LibraryRefused(_problems_of(spec, refused)) from None

    def _remember_fresh(self) -> None:
        LibrarySource.objects.bulk_create(
            LibrarySource(
                path=spec.file.path,
                page_id=self.pages[slug].pk,
                file_hash=spec.file.file_hash,
                page_hash=content_hash(self.pages[slug]),
            )
            for slug, spec in self.fresh.items()
        )

    def _rewrite(self, spec: PageSpec, source: LibrarySource) -> None:
        # Each is fetched anew: without a draft Wagtail hands out the live object itself.
        live = source.page.specific
        draft = _latest_of(source.page)
        live_hash, draft_hash = content_hash(live), content_hash(draft)
        is_ours = live.live and not live.locked and live_hash == draft_hash == source.page_hash
        page = _latest_of(source.page)
        self._fill(page, spec)
        new_hash = content_hash(page)
        source.file_hash = spec.file.file_hash
        if new_hash == live_hash:
            self.counts["unchanged"] += 1
        elif is_ours and not self._has_to_wait(page, spec):
            page.save_revision(clean=False).publish()
            self.written.append(type(page).objects.get(pk=page.pk))
            source.page_hash = new_hash
            self.counts["changed"] += 1
        else:
            page.save_revision(clean=False)
            if draft_hash != live_hash or not live.live:
                # Somebody is at work on it: their draft stays on top, ours below in its history.
                draft.save_revision(clean=False)
                told = _("“%(title)s” is being edited: the new text is in its history.")
            elif is_ours:
                told = _(
                    "“%(title)s”: what it builds on was taken down; the new text waits as a draft."
                )
            else:
                told = _("“%(title)s” was edited by hand: the new text waits there as a draft.")
            self.notes.append(told % {"title": live.title})
            self.counts["changed"] += 1
        source.save()

    def _has_to_wait(self, page: Any, spec: PageSpec) -> bool:
        """Whether what an editor took down keeps it a draft; refuses what the file does wrong."""
        problems = page.publishing_problems()
        if problems.keys() - SHELF_FIELDS:
            raise LibraryRefused(_problems_of(spec, ValidationError(problems)))
        return bool(problems)

    def _fill(self, page: Any, spec: PageSpec) -> None:
        for name, value in spec.values.items():
            setattr(page, name, value)
        if spec.file.kind != "track":
            return
        page.outcomes = [
            TrackOutcome(skill=self.skills[skill], from_level=low, to_level=high, sort_order=place)
            for place, (skill, low, high) in enumerate(spec.outcomes)
        ]
        page.items = [
            TrackItem(page=self.pages[slug], sort_order=place)
            for place, slug in enumerate(spec.items)
        ]
        page.prerequisites = [
            TrackPrerequisite(requires=self.pages[slug].specific, sort_order=place)
            for place, slug in enumerate(spec.requires)
        ]

    def _is_new(self, spec: PageSpec) -> bool:
        source = self.sources.get(spec.file.path)
        return source is None or source.file_hash != spec.file.file_hash

    def _order_tracks(self, topic: PageSpec) -> None:
        """Puts tracks in the order of a file that changed; an editor's own order stays else."""
        wanted = [self.pages[slug].pk for slug in topic.tracks]
        standing = Page.objects.filter(pk__in=wanted).order_by("path").values_list("pk", flat=True)
        if list(standing) == wanted:
            return
        for before, after in itertools.pairwise(wanted):
            Page.objects.get(pk=after).move(Page.objects.get(pk=before), pos="right")


def _problems_of(spec: PageSpec, refused: ValidationError) -> list[LibraryProblem]:
    return [
        LibraryProblem(spec.file.path, where, str(message))
        for where, messages in refused.message_dict.items()
        for message in messages
    ]


def _latest_of(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
