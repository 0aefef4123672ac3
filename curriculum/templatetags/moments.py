"""Days and hours in templates."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from curriculum.moments import Moment, day_in_words, moment_in_words, short_day
from portal.models import User

register = template.Library()


@register.simple_tag
def moment(at: datetime | None, minutes: int, other: User | None = None) -> Moment | None:
    """A meeting's date in words, for whoever reads and for the other one."""
    return moment_in_words(at, minutes, other) if at is not None else None


@register.filter
def whole_day(day: date | datetime) -> str:
    """Thursday 3 December."""
    return day_in_words(_local(day))


@register.filter
def brief_day(day: date | datetime) -> str:
    """3 Dec."""
    return short_day(_local(day))


def _local(day: date | datetime) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day
