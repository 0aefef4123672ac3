"""The life of a pair: which moves there are, and who may make each.

The table is the whole rule. A move that is not in it does not exist, whoever asks.
"""

from collections.abc import Sequence
from types import MappingProxyType

from matching.enums import Actor, PairStage

A, S = Actor, PairStage
TWO = frozenset({A.MENTOR, A.MENTEE})
COORDINATOR = frozenset({A.COORDINATOR})
PORTAL = frozenset({A.SYSTEM})
# The stages at which the two meet, and those after they have gone the whole way.
RUNNING = (S.ACTIVE, S.MIDPOINT, S.CLOSING)
FINISHED = (S.COMPLETED, S.FOLLOW_UP_6, S.FOLLOW_UP_12)

MOVES: MappingProxyType[tuple[PairStage, PairStage], frozenset[Actor]] = MappingProxyType(
    {
        (S.SUGGESTED, S.COFFEE): COORDINATOR,
        # Scripts that confirm a whole round skip the coffee: `suggest_pairs --confirm`.
        (S.SUGGESTED, S.ACTIVE): PORTAL,
        (S.SUGGESTED, S.ENDED): COORDINATOR,
        # Nobody answers for the two: the portal moves them on when both have said yes.
        (S.COFFEE, S.AGREEMENT): PORTAL,
        (S.COFFEE, S.ENDED): TWO | COORDINATOR,
        (S.AGREEMENT, S.ACTIVE): PORTAL,
        (S.AGREEMENT, S.ENDED): TWO | COORDINATOR,
        (S.ACTIVE, S.MIDPOINT): PORTAL | COORDINATOR,
        (S.ACTIVE, S.CLOSING): PORTAL | COORDINATOR,
        (S.MIDPOINT, S.CLOSING): PORTAL | COORDINATOR,
        (S.CLOSING, S.COMPLETED): PORTAL | COORDINATOR,
        (S.COMPLETED, S.FOLLOW_UP_6): PORTAL,
        (S.FOLLOW_UP_6, S.FOLLOW_UP_12): PORTAL,
        **{(stage, S.PAUSED): TWO | COORDINATOR for stage in RUNNING},
        # Back to where they were, and nowhere else: see `stage_to_return_to`.
        **{(S.PAUSED, stage): TWO | COORDINATOR for stage in RUNNING},
        **{(stage, S.SWAP_ASKED): TWO for stage in (*RUNNING, S.PAUSED)},
        # Of the two only the one who asked takes it back: see `pairs._check`.
        **{(S.SWAP_ASKED, stage): TWO | COORDINATOR for stage in RUNNING},
        **{(stage, S.ENDED): COORDINATOR for stage in (*RUNNING, S.PAUSED, S.SWAP_ASKED)},
    }
)


def is_allowed(stage: str, to: str, actor: str) -> bool:
    """Whether `actor` may move a pair from `stage` to `to`."""
    return actor in MOVES.get((PairStage(stage), PairStage(to)), frozenset())


def moves_of(stage: str, actor: str) -> tuple[PairStage, ...]:
    """Where `actor` may move a pair that is at `stage`, in the order of the way."""
    return tuple(to for to in PairStage if is_allowed(stage, to, actor))


def is_return(stage: str, to: str) -> bool:
    """Whether the move takes a pair back from a pause, or from a swap that was asked for."""
    return stage in {S.PAUSED, S.SWAP_ASKED} and to in RUNNING


def stage_to_return_to(visited: Sequence[str]) -> PairStage:
    """Where a paused pair goes on: the last running stage among those it has been at, in order."""
    for stage in reversed(visited):
        if stage in RUNNING:
            return PairStage(stage)
    return S.ACTIVE
