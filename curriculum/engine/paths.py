"""The cheapest way up one ladder, and how far up it pays to go."""

from __future__ import annotations

from .prices import Prices

FREE = -1
"""The link of a climb that costs nothing more: its move is in the plan."""


class Path:
    """One ladder from the rung held on: what may cover each rung, as (foot, link)."""

    def __init__(self, rungs: list[int], worths: list[int], floor: int) -> None:
        self._rungs = rungs
        self._worths = worths
        self._floor = floor
        self._covers: list[list[tuple[int, int]]] = [[] for _ in rungs]

    def add(self, foot: int, head: int, link: int) -> None:
        for cover in self._covers[foot:head]:
            cover.append((foot, link))

    def cut(self) -> None:
        """Leave off the rungs that nothing reaches any more."""
        for n, cover in enumerate(self._covers):
            if not cover:
                del self._covers[n:], self._rungs[n:], self._worths[n:]
                return

    def climbed(
        self, prices: Prices, credit: list[int], links: set[int], rungs: set[int]
    ) -> tuple[int, int]:
        """(price, value gained) of the end that costs least, credit and worth taken off; the links
        used and the rungs passed are added to the sets."""
        price_of = prices.links
        least = [0]
        ways: list[tuple[int, int]] = []
        best = end = credited = 0
        for n, cover in enumerate(self._covers):
            cheapest = -1
            way = cover[0]
            for foot, link in cover:
                price = least[foot] if link < 0 else least[foot] + price_of[link]
                if cheapest < 0 or price < cheapest:
                    cheapest = price
                    way = foot, link
            least.append(cheapest)
            ways.append(way)
            credited += self._worths[n] * prices.value + credit[self._rungs[n]]
            if n + 1 == self._floor or (n >= self._floor and cheapest - credited < best):
                best = cheapest - credited
                end = n + 1
        gained = sum(self._worths[:end])
        rungs.update(self._rungs[:end])
        while end:
            end, link = ways[end - 1]
            if link >= 0:
                links.add(link)
        return best, gained
