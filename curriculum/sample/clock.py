"""The one place where the sample sets the clock back.

The rooms' services stamp what they do with the present moment. A programme that has been running
for five months has a past, so the sample calls the very same services at a moment of that past:
dates, frozen facts and certificates then agree with each other, which dates changed afterwards
would not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.utils import timezone


@contextmanager
def days_ago(days: float, *, hour: int = 9, minute: int = 0) -> Iterator[datetime]:
    """Whatever runs inside believes it is `days` ago at this hour (UTC), never later than now.

    Only for a command that has its process to itself: every thread would see the same clock.
    """
    real = timezone.now
    moment = day_from_now(-days, hour=hour, minute=minute)
    moment = min(moment, real())
    timezone.now = lambda: moment
    try:
        yield moment
    finally:
        timezone.now = real


def day_from_now(days: float, *, hour: int = 9, minute: int = 0) -> datetime:
    """A moment that many days from today, at an hour (UTC)."""
    today = datetime.now(UTC).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today + timedelta(days=days)
