"""Everything about live tracks that the curriculum needs, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from wagtail.models import Locale

from training.enums import TrackPurpose
from training.models import ModulePage, SessionPlanPage, TopicPage, TrackOutcome, TrackPage
from training.queries.content import hash_of


@dataclass(frozen=True)
class ItemFacts:
    """A live module or session plan at its place; `kind` is "module" or "session"."""

    kind: str
    page_id: int
    page_key: str
    title: str
    minutes: int
    audience: str
    revision_id: int | None


@dataclass(frozen=True)
class TrackFacts:
    """A live track as the engine and a plan's frozen copy want it; minutes are whole.

    `key` is the same in every language, `page_id` the page in the portal's own language where
    there is one. `outcomes` are (skill, from, to). `requires` are keys of live tracks only: one
    that was taken off the shelf can no longer be asked for. `order` is the editors' order.
    """

    key: str
    page_id: int
    revision_id: int | None
    content_hash: str
    title: str
    summary: str
    purpose: str
    audience: str
    outcomes: tuple[tuple[str, int, int], ...]
    minutes: int
    sessions: int
    requires: tuple[str, ...]
    languages: tuple[str, ...]
    is_self_guided: bool
    interests: tuple[str, ...]
    order: int
    items: tuple[ItemFacts, ...]


def live_tracks(purpose: str | None = TrackPurpose.LEARNING) -> list[TrackFacts]:
    """Live tracks that can be taught, in the editors' order; `purpose` None: of both purposes.

    A track with nothing live in it is left out, and so is learning without outcomes.
    """
    return _facts(TrackPage.objects.all(), purpose)


def track_facts(page: TrackPage) -> TrackFacts | None:
    """The facts of one track in all its languages, or None if it cannot be taught now."""
    same = TrackPage.objects.filter(translation_key=page.translation_key)
    before = same.values("prerequisites__requires__translation_key")
    near = TrackPage.objects.filter(translation_key__in=before) | same
    found = (facts for facts in _facts(near, None) if facts.key == str(page.translation_key))
    return next(found, None)


def topic_tracks(topic: TopicPage) -> list[TrackFacts]:
    """The facts of all live tracks of one topic, of both purposes, in the editors' order."""
    return _facts(TrackPage.objects.child_of(topic), None)


def _facts(tracks: Any, purpose: str | None) -> list[TrackFacts]:
    pages = list(
        tracks.live()
        .order_by("path")
        .select_related("locale")
        .prefetch_related(
            Prefetch("outcomes", TrackOutcome.objects.select_related("skill")),
            "items",
            "prerequisites__requires",
        )
    )
    items = _live_items(item.page_id for page in pages for item in page.items.all())
    editions: dict[str, list[TrackPage]] = defaultdict(list)
    for page in pages:
        editions[str(page.translation_key)].append(page)
    own = Locale.get_default().pk
    found = []
    for order, translations in enumerate(editions.values()):
        page = next((p for p in translations if p.locale_id == own), translations[0])
        facts = _track(order, page, translations, items)
        if facts.items and (facts.outcomes or not page.is_learning):
            found.append(facts)
    alive = {facts.key for facts in found}
    return [
        replace(facts, requires=tuple(key for key in facts.requires if key in alive))
        for facts in found
        if purpose is None or facts.purpose == purpose
    ]


def _live_items(page_ids: Iterable[int]) -> dict[int, ItemFacts]:
    """Live modules and session plans by page id: two queries, whatever their number."""
    wanted = set(page_ids)
    modules = ModulePage.objects.live().filter(pk__in=wanted).defer("body", "quiz", "sources")
    sessions = SessionPlanPage.objects.live().filter(pk__in=wanted).defer("notes", "sources")
    found = {page.pk: _item("module", page, page.audience) for page in modules}
    return found | {page.pk: _item("session", page, "both") for page in sessions}


def _item(kind: str, page: Any, audience: str) -> ItemFacts:
    return ItemFacts(
        kind=kind,
        page_id=page.pk,
        page_key=str(page.translation_key),
        title=page.title,
        minutes=page.minutes,
        audience=audience,
        revision_id=page.live_revision_id,
    )


def _track(
    order: int, page: TrackPage, translations: list[TrackPage], items: dict[int, ItemFacts]
) -> TrackFacts:
    own_items = tuple(items[i.page_id] for i in page.items.all() if i.page_id in items)
    outcomes = tuple((o.skill.name, o.from_level, o.to_level) for o in page.outcomes.all())
    promised = [page.title, page.summary, outcomes, [(i.page_key, i.minutes) for i in own_items]]
    return TrackFacts(
        key=str(page.translation_key),
        page_id=page.pk,
        revision_id=page.live_revision_id,
        content_hash=hash_of(promised),
        title=page.title,
        summary=page.summary,
        purpose=page.purpose,
        audience=page.audience,
        outcomes=outcomes,
        minutes=sum(item.minutes for item in own_items),
        sessions=sum(item.kind == "session" for item in own_items),
        requires=tuple(sorted(str(p.requires.translation_key) for p in page.prerequisites.all())),
        languages=tuple(
            sorted({p.locale.language_code.split("-")[0].lower() for p in translations})
        ),
        is_self_guided=page.is_self_guided,
        interests=page.interest_words,
        order=order,
        items=own_items,
    )
