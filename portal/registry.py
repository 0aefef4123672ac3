"""A list that a room below owns and the rooms above fill, so that it need not know them."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by name, given back in the order of (order, name), whoever registered first.

    Registering a name again replaces its entry, so that a room's ``ready()`` may run twice.
    """

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, Entry]] = {}

    def register(self, name: str, entry: Entry, *, order: int = 0) -> Entry:
        """Keep `entry` under `name`; the lower its `order`, the earlier it comes."""
        self._entries[name] = (order, entry)
        return entry

    def remove(self, name: str) -> None:
        """Forget the entry of this name, if there is one."""
        self._entries.pop(name, None)

    def __iter__(self) -> Iterator[Entry]:
        for _order, _name, entry in sorted(
            ((order, name, entry) for name, (order, entry) in self._entries.items()),
            key=lambda row: row[:2],
        ):
            yield entry
