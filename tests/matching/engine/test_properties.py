"""What must hold of every problem, whoever is in it."""

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.engine.brute_force import best_aims
from tests.matching.engine.checker import Facts, aims, complaints
from tests.matching.engine.people import pairs_of, solved
from tests.matching.engine.strategies import problems

Json = dict[str, Any]
steady = settings(max_examples=120, deadline=None, derandomize=True, database=None)


@steady
@given(problems())
def test_the_result_keeps_the_contract_and_is_the_best_there_is(asked: Json) -> None:
    found = solved(asked)
    assert complaints(asked, found) == []
    assert found["optimal"] is True
    assert aims(asked, found) == best_aims(asked)


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_locked_pairs_stand_and_the_rest_is_the_best_there_is(asked: Json, random: Random) -> None:
    locked = _some_that_may_be_locked(asked, random)
    found = solved(asked | {"locked": locked})
    assert complaints(asked | {"locked": locked}, found) == []
    assert aims(asked, found) == best_aims(asked | {"locked": locked})


def _some_that_may_be_locked(asked: Json, random: Random) -> list[list[str]]:
    facts = Facts(asked)
    mentors, mentees = facts.room()
    locked = []
    pairs = [(m, n) for m in facts.mentors for n in facts.mentees]
    for mentor, mentee in random.sample(pairs, min(3, len(pairs))):
        forgiven = facts.verdict(mentor, mentee) in (None, "teaches_nothing", "below_minimum")
        if forgiven and mentors[mentor] and mentees[mentee]:
            locked.append([mentor, mentee])
            mentors[mentor] -= 1
            mentees[mentee] -= 1
    return locked


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(asked: Json, random: Random) -> None:
    assert json.dumps(solved(_shuffled(asked, random))) == json.dumps(solved(asked))


def _shuffled(value: Any, random: Random) -> Any:
    """The same with every list and every object in another order, but for pairs of ids."""
    if isinstance(value, dict):
        items = [(key, _shuffled(inner, random)) for key, inner in value.items()]
        random.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        items = [item if _is_a_pair(item) else _shuffled(item, random) for item in value]
        random.shuffle(items)
        return items
    return value


def _is_a_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


@steady
@given(problems(), st.data())
def test_nobody_is_worse_off_for_room(asked: Json, data: st.DataObject) -> None:
    """One more place for somebody never costs a pair."""
    before = solved(asked)
    people = asked["mentors"] + asked["mentees"]
    if people:
        lucky = data.draw(st.sampled_from(people))
        lucky["capacity"] = lucky.get("capacity", 1) + 1
    assert solved(asked)["count"] >= before["count"]


@steady
@given(problems(), st.data())
def test_a_bar_is_kept_and_never_helps(asked: Json, data: st.DataObject) -> None:
    before = solved(asked)
    pairs = pairs_of(before)
    if pairs:
        barred = data.draw(st.sampled_from(pairs))
        after = solved(asked | {"forbidden": [*asked.get("forbidden", []), list(barred)]})
        assert barred not in pairs_of(after)
        assert aims(asked, after) <= aims(asked, before)


@steady
@given(problems())
def test_fair_costs_total_and_never_a_pair(asked: Json) -> None:
    fair, total = (solved(asked | {"objective": name}) for name in ("fair", "total"))
    assert fair["count"] == total["count"]
    assert (fair["worst"] or 0) >= (total["worst"] or 0)
    assert fair["total"] <= total["total"]
