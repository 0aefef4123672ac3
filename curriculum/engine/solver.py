"""The best set of tracks for a question about one pair."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .problem import Budget
from .search import cheapest_best
from .situation import Situation
from .task import Want, assemble


def best_set(
    situation: Situation, wants: Sequence[Want], locked: Collection[int], budget: Budget
) -> tuple[int, ...] | None:
    """Places of the tracks of the one best plan that holds `locked`, by (order, id).

    None: no plan within the budget holds them and reaches what the wants must reach.
    """
    assembled = assemble(situation, wants, locked, budget)
    if assembled is None:
        return None
    task, forced = assembled
    cost = cheapest_best(task)
    if cost is None:
        return None
    return tuple(sorted(forced.union(task.chosen(cost))))


def pair_wants(situation: Situation) -> list[Want]:
    """All goals of a pair, by skill."""
    return [
        Want(skill, goal.target, goal.weight)
        for skill, goal in sorted(situation.pair.goals.items())
    ]
