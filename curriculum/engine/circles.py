"""Circles among things that require one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def circles(requires: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """A shortest circle through the first member of each knot, in the order of the mapping.

    A knot is a set of things each of which requires, directly or not, all the others; every
    circle lies within one. Names that are no key require nothing.
    """
    knotted = _not_orderly(requires)
    found = []
    seen: set[str] = set()
    for name in requires:
        if name in knotted and name not in seen:
            circle = _shortest(name, requires, knotted)
            if circle:
                found.append(circle)
                seen |= {
                    other
                    for other in _reachable(name, requires, knotted)
                    if name in _reachable(other, requires, knotted)
                }
    return found


def _not_orderly(requires: Mapping[str, Sequence[str]]) -> set[str]:
    """What stays when all that requires nothing (left) has been taken away, over and over."""
    left = {
        name: {other for other in others if other in requires} for name, others in requires.items()
    }
    dependents: dict[str, list[str]] = {name: [] for name in requires}
    for name, others in left.items():
        for other in others:
            dependents[other].append(name)
    free = [name for name, others in left.items() if not others]
    while free:
        done = free.pop()
        del left[done]
        for name in dependents[done]:
            left[name].discard(done)
            if not left[name]:
                free.append(name)
    return set(left)


def _reachable(name: str, requires: Mapping[str, Sequence[str]], within: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in requires[waiting.pop()]:
            if other in within and other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _shortest(name: str, requires: Mapping[str, Sequence[str]], within: set[str]) -> list[str]:
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        longer = []
        for way in ways:
            for other in requires[way[-1]]:
                if other == name:
                    return way
                if other in within and other not in seen:
                    seen.add(other)
                    longer.append([*way, other])
        ways = longer
    return []
