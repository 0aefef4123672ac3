"""Days and hours in words: the weekday, a year that is not this one, whose clock, the other's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.models import User
from portal.zones import city_of, find_zone


@dataclass(frozen=True)
class Moment:
    """When a meeting is: “Thursday 3 December, 09:00–10:00”, “your time, Tokyo”.

    `elsewhere` is the same moment for the other one, empty where both clocks show the same.
    """

    words: str
    clock: str
    elsewhere: str


def day_in_words(day: date) -> str:
    """Thursday 3 December; with the year when it is not this one."""
    return date_format(day, "l j F" if _is_this_year(day) else "l j F Y")


def short_day(day: date) -> str:
    """19 Nov; with the year when it is not this one."""
    return date_format(day, "j M" if _is_this_year(day) else "j M Y")


def moment_in_words(at: datetime, minutes: int, other: User | None = None) -> Moment:
    """A meeting of so many minutes, by the clock of whoever reads."""
    mine = timezone.localtime(at)
    ends = timezone.localtime(at + timedelta(minutes=minutes))
    words = f"{day_in_words(mine.date())}, {mine:%H:%M}–{ends:%H:%M}"
    return Moment(words, own_clock(), _elsewhere(mine, other) if other is not None else "")


def own_clock() -> str:
    """Whose clock a time goes by: “your time, Tokyo”, or UTC for those who have not said."""
    city = city_of(timezone.get_current_timezone())
    return city if city == "UTC" else _("your time, %(city)s") % {"city": city}


def _elsewhere(mine: datetime, other: User) -> str:
    zone = find_zone(other.time_zone)
    if zone is None:
        return ""
    theirs = mine.astimezone(zone)
    if theirs.utcoffset() == mine.utcoffset():
        return ""
    said = {
        "time": f"{theirs:%H:%M}",
        "day": date_format(theirs, "l"),
        "name": other.get_short_name(),
    }
    if theirs.date() == mine.date():
        return _("%(time)s for %(name)s") % said
    return _("%(time)s on %(day)s for %(name)s") % said


def _is_this_year(day: date) -> bool:
    return day.year == timezone.localdate().year
