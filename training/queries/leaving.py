"""What holds a page on the shelf, and what its leaving means for the rest, in words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from training.models import TrackItem, TrackPage, TrackPrerequisite
from training.registries import leaving_effects


def _with_descendants(pages: Iterable[Page]) -> Any:
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    return Page.objects.filter(below)


def reasons_to_keep(pages: Iterable[Page]) -> list[str]:
    """Why these pages and those below them cannot be deleted; empty if they can.

    A track that another one comes after would leave a hole there. One that goes in the same
    stroke holds nothing.
    """
    going = _with_descendants(pages).values("pk")
    rows = TrackPrerequisite.objects.filter(requires__in=going).exclude(track__in=going)
    told = _("“%(later)s” comes after “%(track)s”. Take it out there first, then delete this.")
    return [
        told % {"later": row.track.title, "track": row.requires.title}
        for row in rows.select_related("track", "requires").order_by("pk")
    ]


def effects_of_leaving(pages: Iterable[Page], *, with_descendants: bool = True) -> list[str]:
    """What else changes when these live pages are no longer live."""
    pages = list(pages)
    ids = {page.pk for page in pages}
    if with_descendants:
        ids = set(_with_descendants(pages).values_list("pk", flat=True))
    return [*_effects_on_the_shelf(ids), *_effects_above(ids)]


def effects_of_deleting(pages: Iterable[Page]) -> list[str]:
    """What else changes when these pages are gone with those below them.

    A draft leaves nothing behind on the shelf, but a room above may hold on to one that was live.
    """
    going = _with_descendants(pages)
    ids = set(going.values_list("pk", flat=True))
    live = set(going.live().values_list("pk", flat=True))
    return [*_effects_on_the_shelf(live), *_effects_above(ids)]


def _effects_above(ids: set[int]) -> list[str]:
    return [sentence for rule in leaving_effects for sentence in rule(ids)]


def _effects_on_the_shelf(ids: set[int]) -> list[str]:
    effects = [
        _("Nothing else in the track “%(track)s” is live: it is no longer given to anybody.")
        % {"track": track.title}
        for track in _left_empty(ids)
    ]
    told = _("The track “%(later)s” no longer asks for “%(track)s” before it.")
    rows = TrackPrerequisite.objects.filter(requires__in=ids, track__live=True)
    effects += [
        told % {"later": row.track.title, "track": row.requires.title}
        for row in rows.exclude(track__in=ids).select_related("track", "requires").order_by("pk")
    ]
    return effects


def _left_empty(ids: set[int]) -> Any:
    """Live tracks that list one of these pages and have nothing else that is live."""
    others = TrackItem.objects.filter(page__live=True).exclude(page__in=ids)
    return (
        TrackPage.objects.live()
        .filter(items__page__in=ids)
        .exclude(pk__in=ids)
        .exclude(pk__in=others.values("track"))
        .distinct()
        .order_by("path")
    )
