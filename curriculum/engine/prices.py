"""Prices at which a relaxation buys off the rules that it drops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prices:
    """Of each link, of a unit of value, and of a unit of each limit. None is below 0."""

    links: list[int]
    value: int
    limits: list[int]

    def times(self, factor: int) -> Prices:
        return Prices(
            [price * factor for price in self.links],
            self.value * factor,
            [price * factor for price in self.limits],
        )
