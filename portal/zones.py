"""Time zones by their IANA names, as people, files and forms give them."""

import zoneinfo
from datetime import tzinfo
from functools import lru_cache

# The rest of the names are abbreviations and offsets, which nobody lives in.
REGIONS = {
    *("Africa", "America", "Antarctica", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
}


# Names among the zones that are no place and differ from machine to machine.
NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every zone there is. Reading the list walks the disk: once a process will do."""
    return frozenset(zoneinfo.available_timezones()) - NO_ZONES


def find_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of this name; None for one that is empty or unknown."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def places() -> list[str]:
    """The zones a person would look for, as Europe/London, by name."""
    return sorted(name for name in known_zones() if name.split("/")[0] in REGIONS and "/" in name)


def city_of(zone: tzinfo) -> str:
    """What people call a zone: Tokyo for Asia/Tokyo."""
    return str(zone).rsplit("/", maxsplit=1)[-1].replace("_", " ")
