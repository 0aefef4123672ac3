"""Lists that the rooms above fill (see portal.registry)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from matching.models import Pair, Programme
from portal.registry import Registry

PairPanel = Callable[[HttpRequest, Pair], SafeString]
ProgrammeLinks = Callable[[HttpRequest, Programme], list[tuple[str, str]]]

# What stands below the facts on a coordinator's page of one pair: plan, sessions, waivers.
pair_panels: Registry[PairPanel] = Registry()

# More places of one programme, as (label, address), shown beside people, board and pairs.
programme_links: Registry[ProgrammeLinks] = Registry()
