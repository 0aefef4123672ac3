"""Writes a checked library to the shelf, in one transaction, over nobody's work."""

import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

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
from training.services.library.problems import LibraryProblem, LibraryRefused
from training.services.library.skills import load_skills
from training.services.library.specs import Library, PageSpec, check_library

PAGE_CLASSES: dict[str, type[TrainingPage]] = {
    "topic": TopicPage,
    "track": TrackPage,
    "module": ModulePage,
    "session": SessionPlanPage,
}


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
    with transaction.atomic():
        load = _Load(library)
        # Each page is saved three times on its way to being live; once is enough for this index.
        with disable_reference_index_auto_update():
            result = load.run()
        for page in load.written:
            ReferenceIndex.create_or_update_for_object(page)
        return result


@dataclass
class _Load:
    """One loading; `pages` are those of the library by slug, as they come to stand."""

    library: Library
    pages: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, LibrarySource] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    written: list[Any] = field(default_factory=list)

    def run(self) -> LoadResult:
        root = self._lock_root()
        self.sources = {s.path: s for s in LibrarySource.objects.select_related("page")}
        skill_counts, skill_notes = load_skills(self.library.skills)
        self.counts += skill_counts
        self.notes += skill_notes
        self.skills = {s.name: s for s in Skill.objects.filter(locale=Locale.get_default())}
        reordered = {topic.file.slug for topic in self.library.of("topic") if self._is_new(topic)}
        for topic in self.library.of("topic"):
            self._place(topic, root)
            self._write(topic)
        # Tracks are placed in the editors' order before anything else of their topic, and
        # written last, when what they list is live.
        for topic in self.library.of("topic"):
            for slug in topic.tracks:
                self._place(self.library.pages[slug], self.pages[topic.file.slug])
            if topic.file.slug in reordered:
                self._order_tracks(topic)
        for page in self.library.of("module", "session"):
            self._place(page, self.pages[page.file.topic])
            self._write(page)
        for track in self.library.tracks_before_others():
            self._write(track)
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

    def _place(self, spec: PageSpec, parent: Page) -> None:
        """Finds the page of a file, or makes an empty draft for it."""
        source = self.sources.get(spec.file.path)
        if source is not None:
            self.pages[spec.file.slug] = source.page
            return
        # A parent that just had a child counts them in the database only.
        parent = Page.objects.get(pk=parent.pk)
        if parent.get_children().filter(slug=spec.file.slug).exists():
            told = _("somebody wrote a page at this address by hand. Rename the file or that page.")
            raise LibraryRefused([LibraryProblem(spec.file.path, "", told)])
        page = PAGE_CLASSES[spec.file.kind](
            title=spec.values["title"], slug=spec.file.slug, live=False, locale=parent.locale
        )
        parent.add_child(instance=page)
        self.pages[spec.file.slug] = page
        self.fresh.add(spec.file.slug)

    def _write(self, spec: PageSpec) -> None:
        source = self.sources.get(spec.file.path)
        if source is None:
            page = self.pages[spec.file.slug]
            self._fill(page, spec)
            self._publish(page)
            LibrarySource.objects.create(
                path=spec.file.path,
                page_id=page.pk,
                file_hash=spec.file.file_hash,
                page_hash=content_hash(page),
            )
            self.counts["created"] += 1
        elif source.file_hash == spec.file.file_hash and not self.fresh.intersection(spec.items):
            self.counts["unchanged"] += 1
        else:
            self._rewrite(spec, source)

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
        elif is_ours:
            self._publish(page)
            source.page_hash = new_hash
            self.counts["changed"] += 1
        else:
            page.save_revision(clean=False)
            if draft_hash != live_hash or not live.live:
                # Somebody is at work on it: their draft stays on top, ours below in its history.
                draft.save_revision(clean=False)
                told = _("“%(title)s” is being edited: the new text is in its history.")
            else:
                told = _("“%(title)s” was edited by hand: the new text waits there as a draft.")
            self.notes.append(told % {"title": live.title})
            self.counts["changed"] += 1
        source.save()

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
            TrackItem(page=Page.objects.get(pk=self.pages[slug].pk), sort_order=place)
            for place, slug in enumerate(spec.items)
        ]
        page.prerequisites = [
            TrackPrerequisite(
                requires=TrackPage.objects.get(pk=self.pages[slug].pk), sort_order=place
            )
            for place, slug in enumerate(spec.requires)
        ]

    def _publish(self, page: Any) -> None:
        page.save_revision(clean=False).publish()
        self.written.append(type(page).objects.get(pk=page.pk))

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


def _latest_of(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
