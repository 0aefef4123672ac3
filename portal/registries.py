"""What the rooms above add to every page of the house."""

from collections.abc import Callable
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
