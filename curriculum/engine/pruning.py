"""What the search need not look at: moves out of reach, moves that help nothing, beaten moves.

Each cut keeps the one optimum: costs hold every tier below the value, so a move that another (or
a chain of others) beats on cost, while asking for no more and giving no less, stands in no optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .task import Move, Task


def pruned(task: Task) -> Task:
    """The same task with fewer moves, and only facts that matter and don't hold from the start."""
    wanted = 0
    for ladder in task.ladders:
        for rung in ladder.rungs:
            wanted |= rung
    moves = _within_reach(task)
    while True:
        matters, helpful = _relevant(moves, wanted)
        before = len(moves)
        moves = _unbeaten(helpful, task.sessions is not None)
        if len(moves) == before:
            break
    for move in task.forced:
        matters |= move.needs & ~task.start
    return replace(
        task,
        start=0,
        moves=tuple(moves),
        forced=tuple(
            move._replace(needs=move.needs & ~task.start, gives=move.gives & matters)
            for move in task.forced
        ),
    )


def _within_reach(task: Task) -> list[Move]:
    """Moves that can be made at all, without what holds from the start."""
    facts = task.start
    waiting = [*task.moves, *task.forced]
    made: list[Move] = []
    while True:
        blocked = []
        for move in waiting:
            if move.needs & ~facts:
                blocked.append(move)
            else:
                facts |= move.gives
                made.append(move)
        if len(blocked) == len(waiting):
            break
        waiting = blocked
    start = task.start
    return [
        move._replace(needs=move.needs & ~start, gives=move.gives & ~start)
        for move in made
        if move.cost and move.gives & ~start
    ]


def _relevant(moves: Sequence[Move], wanted: int) -> tuple[int, list[Move]]:
    """The facts that are wanted or needed for one, and the moves that give some of them."""
    matters = wanted
    helpful: list[Move] = []
    waiting = list(moves)
    while True:
        idle = []
        for move in waiting:
            if move.gives & matters:
                helpful.append(move)
                matters |= move.needs
            else:
                idle.append(move)
        if len(idle) == len(waiting):
            break
        waiting = idle
    return matters, [move._replace(gives=move.gives & matters) for move in helpful]


def _unbeaten(moves: Sequence[Move], sessions_count: bool) -> list[Move]:
    """Moves without a cheaper one that asks for no more, gives no less, takes no more sessions."""
    kept: list[Move] = []
    for move in sorted(moves, key=lambda move: move.cost):
        for other in kept:
            if (
                not move.gives & ~other.gives
                and not other.needs & ~move.needs
                and (not sessions_count or other.sessions <= move.sessions)
            ):
                break
        else:
            kept.append(move)
    return kept
