"""Prices at which a relaxation buys off the rules that it drops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Prices:
    """Of each link, of a unit of value, and of a unit of each limit. None is below 0."""

    links: list[int]
    value: int
    limits: list[int]

    def times(self, factor: int, divisor: int) -> Prices:
        """In other units, rounded down."""
        return Prices(
            [price * factor // divisor for price in self.links],
            self.value * factor // divisor,
            [price * factor // divisor for price in self.limits],
        )


class Slopes(NamedTuple):
    """How far each rule is broken: by link (up or down by one), and of the totals, the value first
    (price, slope, scale)."""

    links: list[tuple[int, int]]
    totals: list[tuple[int, int, int]]


def moved(prices: Prices, slopes: Slopes, step: int) -> Prices:
    """A step up each slope; the scales keep units from mattering."""
    links = prices.links.copy()
    for link, slope in slopes.links:
        links[link] = max(links[link] + slope * step, 0)
    value, *limits = (
        max(price + slope * step // scale, 0) for price, slope, scale in slopes.totals
    )
    return Prices(links, value, limits)
