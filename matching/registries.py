"""Lists that the rooms above fill (see portal.registry)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from matching.models import Pair, Programme
from portal.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PairPanel = Callable[[HttpRequest, Pair], SafeString]
ProgrammeLinks = Callable[[HttpRequest, Programme], list[tuple[str, str]]]


@dataclass(frozen=True)
class PairFilter:
    """Pairs of a programme that have something in common which matching knows nothing of."""

    key: str
    label: "StrOrPromise"
    pairs: Callable[[Programme], QuerySet[Pair]]


# What stands below the facts on a coordinator's page of one pair: plan, sessions, waivers.
pair_panels: Registry[PairPanel] = Registry()

# More places of one programme, as (label, address), shown beside people, board and pairs.
programme_links: Registry[ProgrammeLinks] = Registry()

# More ways to look for pairs on the coordinator's list, as `?only=<key>`: silent, without a plan.
pair_filters: Registry[PairFilter] = Registry()
