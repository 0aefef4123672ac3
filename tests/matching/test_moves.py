"""The table of moves: every stage × every stage × every actor, written down a second time."""

from itertools import product

import pytest

from matching.enums import Actor, PairStage
from matching.moves import is_allowed, moves_of, stage_to_return_to

# from: {to: actors by their first letters: m(entor), l(earner), c(oordinator), p(ortal)}
EXPECTED = {
    "suggested": {"coffee": "c", "active": "p", "ended": "c"},
    "coffee": {"agreement": "p", "ended": "mlc"},
    "agreement": {"active": "p", "ended": "mlc"},
    "active": {
        "midpoint": "pc",
        "closing": "pc",
        "paused": "mlc",
        "swap_asked": "ml",
        "ended": "c",
    },
    "midpoint": {"closing": "pc", "paused": "mlc", "swap_asked": "ml", "ended": "c"},
    "closing": {"completed": "pc", "paused": "mlc", "swap_asked": "ml", "ended": "c"},
    "completed": {"follow_up_6": "p"},
    "follow_up_6": {"follow_up_12": "p"},
    "follow_up_12": {},
    "paused": {
        "active": "mlc",
        "midpoint": "mlc",
        "closing": "mlc",
        "swap_asked": "ml",
        "ended": "c",
    },
    "swap_asked": {"active": "mlc", "midpoint": "mlc", "closing": "mlc", "ended": "c"},
    "ended": {},
}
LETTERS = {Actor.MENTOR: "m", Actor.MENTEE: "l", Actor.COORDINATOR: "c", Actor.SYSTEM: "p"}


@pytest.mark.parametrize("actor", list(Actor))
@pytest.mark.parametrize("stage", list(PairStage))
def test_every_move_is_allowed_to_those_it_belongs_to_and_nobody_else(
    stage: PairStage, actor: Actor
) -> None:
    for to in PairStage:
        expected = LETTERS[actor] in EXPECTED[stage].get(to, "")
        assert is_allowed(stage, to, actor) is expected, (stage, to, actor)


def test_nobody_moves_a_pair_to_where_it_is() -> None:
    assert not any(is_allowed(stage, stage, actor) for stage, actor in product(PairStage, Actor))


def test_nobody_answers_for_the_two() -> None:
    assert PairStage.AGREEMENT not in moves_of(PairStage.COFFEE, Actor.COORDINATOR)
    assert PairStage.ACTIVE not in moves_of(PairStage.AGREEMENT, Actor.COORDINATOR)


@pytest.mark.parametrize(
    ("visited", "back"),
    [
        (["coffee", "agreement", "active", "paused"], "active"),
        (["active", "midpoint", "paused", "swap_asked"], "midpoint"),
        (["active", "midpoint", "paused", "midpoint", "closing", "swap_asked"], "closing"),
        (["paused"], "active"),
    ],
)
def test_a_pair_goes_on_where_it_stopped(visited: list[str], back: str) -> None:
    assert stage_to_return_to(visited) == back
