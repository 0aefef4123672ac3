"""What the rooms above add to every page of the house."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.http import HttpRequest

from portal.registry import Registry


@dataclass(frozen=True)
class NavigationLink:
    """One link of the header."""

    label: str
    url: str
    current: bool = False


NavigationSource = Callable[[HttpRequest], list[NavigationLink]]

# Each source is asked for the links that the person who asks may see.
navigation: Registry[NavigationSource] = Registry()

KeepingReason = Callable[[Collection[int]], list[str]]

#: (ids of people) -> sentences: why somebody of them cannot be deleted, because the past of others
#: hangs on them. An account can always be closed instead.
keeping_reasons: Registry[KeepingReason] = Registry()
