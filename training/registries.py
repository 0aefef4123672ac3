"""What the rooms above add to training without training knowing them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from portal.registry import Registry

AccessRule = Callable[[Any], Q]
GuidanceRule = Callable[[Any, Any], bool]
LeavingEffect = Callable[[Collection[int]], list[str]]
PagePanel = Callable[[HttpRequest, Any], str]

#: (user) -> Q over `wagtailcore.Page`: live training pages that this signed-in person may open.
#: A rule only ever adds; a person may open what any one of the rules names.
access_rules: Registry[AccessRule] = Registry()

#: (request, page) -> safe HTML or "", shown below a training page in the order of registration.
page_panels: Registry[PagePanel] = Registry()

#: (user, session plan) -> whether this person may read what is written for the one who guides.
#: Editors and coordinators always may; with no rule at all nobody else does.
guidance_rules: Registry[GuidanceRule] = Registry()

#: (ids of pages) -> sentences: what changes for people when these pages are no longer live.
#: Told to an editor who takes them off the shelf.
leaving_effects: Registry[LeavingEffect] = Registry()
