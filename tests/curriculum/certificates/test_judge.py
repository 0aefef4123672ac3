"""Who has earned a certificate: the rule as a table, without a database."""

import pytest

from curriculum.certificates.engine import (
    Evidence,
    Gap,
    Missing,
    PairEvidence,
    Rule,
    judge,
)

STRICT = Rule(needs_preparation=True, needs_steps=True, minimum_sessions=4)


def pair(
    number: int = 1,
    steps: tuple[int, int] = (3, 3),
    held: int = 6,
    planned: int = 6,
    *,
    is_ended: bool = False,
) -> PairEvidence:
    return PairEvidence(number, f"Partner {number}", *steps, held, planned, is_ended)


def person(*pairs: PairEvidence, modules: tuple[int, int] = (3, 3)) -> Evidence:
    return Evidence(*modules, is_prepared=modules[0] == modules[1], pairs=pairs)


def gaps(evidence: Evidence, rule: Rule = STRICT) -> list[Gap]:
    return [thing.gap for thing in judge(evidence, rule).missing]


@pytest.mark.parametrize(
    ("evidence", "rule", "missing"),
    [
        (person(pair()), STRICT, []),
        (person(pair(held=4)), STRICT, []),
        (person(pair(held=3)), STRICT, [Gap.SESSIONS]),
        (person(pair(steps=(2, 3))), STRICT, [Gap.STEPS]),
        (person(pair(steps=(2, 3), held=3)), STRICT, [Gap.STEPS, Gap.SESSIONS]),
        (person(pair(steps=(0, 0))), STRICT, [Gap.NO_STEPS]),
        (person(pair(), modules=(1, 3)), STRICT, [Gap.PREPARATION]),
        (person(pair(held=0), modules=(1, 3)), STRICT, [Gap.PREPARATION, Gap.SESSIONS]),
        (person(pair(), modules=(0, 0)), STRICT, []),
        (person(), STRICT, [Gap.NO_PAIR]),
        (person(pair(), modules=(0, 3)), Rule(needs_preparation=False), []),
        (person(pair(steps=(0, 0))), Rule(needs_steps=False), []),
        (person(pair(steps=(1, 9), held=3)), Rule(needs_steps=False), [Gap.SESSIONS]),
        (person(pair(held=0)), Rule(minimum_sessions=0), []),
        (person(pair(is_ended=True)), STRICT, []),
        # All of the plan's sessions are enough where it holds fewer than the rule asks for.
        (person(pair(held=2, planned=2)), STRICT, []),
        (person(pair(held=1, planned=2)), STRICT, [Gap.SESSIONS]),
        (person(pair(held=1, planned=1)), STRICT, []),
        (person(pair(held=0, planned=1)), STRICT, [Gap.SESSIONS]),
        (person(pair(held=4, planned=9)), STRICT, []),
        # A plan without any is never enough by itself.
        (person(pair(held=0, planned=0)), STRICT, [Gap.NO_SESSIONS]),
        (person(pair(held=1, planned=0)), STRICT, [Gap.NO_SESSIONS]),
        (person(pair(held=0, planned=0)), Rule(minimum_sessions=0), []),
        (person(pair(steps=(2, 3), held=0, planned=0)), STRICT, [Gap.STEPS, Gap.NO_SESSIONS]),
        (person(pair(steps=(0, 0), held=0, planned=0)), STRICT, [Gap.NO_STEPS]),
        (
            person(pair(steps=(0, 0), held=0, planned=0)),
            Rule(needs_steps=False),
            [Gap.NO_SESSIONS],
        ),
    ],
)
def test_the_rule(evidence: Evidence, rule: Rule, missing: list[Gap]) -> None:
    verdict = judge(evidence, rule)
    assert [thing.gap for thing in verdict.missing] == missing
    assert verdict.is_earned is (not missing)
    assert bool(verdict.pairs) is (not missing)


def test_every_completed_pair_counts_and_no_other() -> None:
    evidence = person(pair(1), pair(2, steps=(1, 3)), pair(3))
    assert judge(evidence, STRICT).pairs == (1, 3)


def test_what_is_missing_is_told_of_the_nearest_pair_with_its_figures() -> None:
    far, near = pair(1, steps=(0, 5), held=0), pair(2, steps=(2, 3), held=3)
    assert judge(person(far, near), STRICT).missing == (
        Missing(Gap.STEPS, 2, 3, "Partner 2"),
        Missing(Gap.SESSIONS, 3, 4, "Partner 2"),
    )


def test_the_figure_told_is_the_one_that_this_pair_needs() -> None:
    assert judge(person(pair(held=1, planned=2)), STRICT).missing == (
        Missing(Gap.SESSIONS, 1, 2, "Partner 1"),
    )


def test_a_pair_that_can_is_told_of_before_one_that_cannot() -> None:
    stuck, far = pair(1, held=0, planned=0), pair(2, steps=(0, 9), held=0)
    assert {m.partner for m in judge(person(stuck, far), STRICT).missing} == {"Partner 2"}


def test_a_running_pair_is_told_of_before_one_that_ended() -> None:
    ended, running = pair(1, steps=(2, 3), is_ended=True), pair(2, steps=(0, 3), held=0)
    assert {m.partner for m in judge(person(ended, running), STRICT).missing} == {"Partner 2"}


def test_a_pair_with_a_plan_is_told_of_before_one_without() -> None:
    empty, planned = pair(1, steps=(0, 0), planned=0), pair(2, steps=(0, 3), held=0)
    assert {m.partner for m in judge(person(empty, planned), STRICT).missing} == {"Partner 2"}


def test_two_halves_make_no_whole() -> None:
    """Steps done in one pair and sessions held in another are not one completed pair."""
    assert gaps(person(pair(1, held=2), pair(2, steps=(0, 3), held=9))) != []
