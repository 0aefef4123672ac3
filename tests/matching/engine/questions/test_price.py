"""What it costs to insist on two people, or to keep two apart."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import MalformedProblemError, price, solve, why_not
from tests.matching.engine.brute_force import best_aims
from tests.matching.engine.checker import Facts, aims
from tests.matching.engine.people import by_table, goals, person, problem, solved
from tests.matching.engine.questions.asking import (
    Json,
    entries_of,
    may_be_locked,
    read,
    with_some_locked,
)
from tests.matching.engine.strategies import problems

steady = settings(max_examples=80, deadline=None, derandomize=True, database=None)
CHAIN = by_table({"ada": "9.", "bo": "85"}, {"ada": 1, "bo": 1}, {"x": 1, "y": 1})


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_any_two_people_are_told_what_is_true_of_them(drawn: Json, random: Random) -> None:
    asked = with_some_locked(drawn, random)
    facts, before = Facts(asked), solved(asked)
    chosen = {(p["mentor"], p["mentee"]): p["locked"] for p in before["pairs"]}
    mentors, mentees = facts.room()
    for pair in [(m, n) for m in facts.mentors for n in facts.mentees]:
        told = why_not(read(asked), *pair)
        verdict = facts.verdict(*pair)
        assert told.score == facts.score(*pair)
        assert told.parts == facts.parts(*pair)
        assert next(iter(told.rules), None) == verdict
        if pair in chosen:
            assert told.answer == ("locked" if chosen[pair] else "chosen")
            assert told.price is None
            continue
        is_full = not (mentors[pair[0]] and mentees[pair[1]])
        assert told.answer == ("barred" if verdict else "full" if is_full else "not_chosen")
        assert bool(told.full) == is_full
        lockable = not is_full and _only_poor(told.rules)
        assert (told.price is not None) == lockable
        assert not lockable or may_be_locked(facts, *pair)
        if told.price:
            after = solved(asked | {"locked": [*asked["locked"], list(pair)]})
            assert told.price.as_json() == _by_hand(asked, before, after)
            if not verdict:
                assert told.price.order <= 0


def _only_poor(rules: tuple[str, ...]) -> bool:
    return set(rules) <= {"teaches_nothing", "below_minimum"}


def _by_hand(asked: Json, before: Json, after: Json) -> Json:
    """Two results held side by side, person by person."""
    standing = {tuple(pair) for pair in asked["locked"]}
    told: Json = {}
    for name, result in (("before", before), ("after", after)):
        scores = [
            pair["score"]
            for pair in result["pairs"]
            if (pair["mentor"], pair["mentee"]) not in standing
        ]
        told[name] = {
            "count": len(scores),
            "worst": min(scores, default=None),
            "total": sum(scores),
        }
    reached = [aims(asked, told[name]) for name in ("before", "after")]
    told["order"] = (reached[1] > reached[0]) - (reached[1] < reached[0])
    told |= {"left": [], "placed": [], "moved": []}
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        had, has = (
            {
                id: {p[other]: p["score"] for p in result["pairs"] if p[side] == id}
                for id, s in entries_of(before) | entries_of(after)
                if s == side
            }
            for result in (before, after)
        )
        for id in sorted(had):
            if had[id].keys() != has[id].keys():
                fate = "placed" if not had[id] else "left" if not has[id] else "moved"
                told[fate].append(
                    {
                        "id": id,
                        "side": side,
                        "before": _ties(had[id], has[id]),
                        "after": _ties(has[id], had[id]),
                    }
                )
    return told


def _ties(mine: dict[str, int], others: dict[str, int]) -> list[Json]:
    return [{"partner": p, "score": s} for p, s in sorted(mine.items()) if p not in others]


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_several_wishes_at_once_cost_what_the_best_match_with_them_lacks(
    drawn: Json, random: Random
) -> None:
    asked = with_some_locked(drawn, random)
    wanted = with_some_locked(drawn, random)["locked"]
    facts = Facts(asked)
    pairs = [[m, n] for m in facts.mentors for n in facts.mentees]
    barred = random.sample(pairs, min(1, len(pairs)))
    changed = asked | {
        "locked": asked["locked"] + [pair for pair in wanted if pair not in asked["locked"]],
        "forbidden": asked.get("forbidden", []) + barred,
    }
    locks, bars = ([(m, n) for m, n in pairs] for pairs in (wanted, barred))
    try:
        told = price(read(asked), lock=locks, forbid=bars)
    except MalformedProblemError:
        with pytest.raises(MalformedProblemError):
            solved(changed)
        return
    assert aims(asked, told.before.as_json()) == best_aims(asked)
    insisted = [facts.score(*p) for p in changed["locked"] if p not in asked["locked"]]
    count, *_, total = best_aims(changed)
    assert told.after.count == count + len(insisted)
    assert told.after.total == total + sum(insisted)


def test_insisting_on_two_people_can_leave_two_others_without_a_partner() -> None:
    """Bo may go with either; if Bo must have X, nobody is allowed with Y but Bo."""
    told = why_not(read(CHAIN), "bo", "x")
    assert (told.answer, told.score, told.rules) == ("not_chosen", 8000, ())
    assert told.price is not None
    before, after = told.price.before, told.price.after
    assert (before.count, before.worst, before.total) == (2, 5000, 14000)
    assert (after.count, after.worst, after.total) == (1, 8000, 8000)
    assert told.price.order == -1
    assert [(one.id, one.side) for one in told.price.left] == [("ada", "mentor"), ("y", "mentee")]
    (bo, x) = told.price.moved
    assert ([tie.partner for tie in bo.before], [tie.partner for tie in bo.after]) == (["y"], ["x"])
    assert ([tie.score for tie in x.before], [tie.score for tie in x.after]) == ([9000], [8000])


def test_every_rule_between_two_people_is_named() -> None:
    asked = problem(
        [person("ada", languages=["en"], seniority=9)],
        [person("bo", languages=["de"], seniority=3, goals=goals(law=2))],
        rules={"minimum_score": 99, "working_hours_overlap": 0},
    )
    told = why_not(read(asked), "ada", "bo")
    assert told.answer == "barred"
    assert told.rules == ("not_junior", "no_language", "teaches_nothing", "below_minimum")
    assert told.price is None


def test_what_keeping_two_apart_costs() -> None:
    told = price(read(CHAIN), forbid=[("ada", "x")])
    assert (told.before.count, told.after.count, told.order) == (2, 1, -1)
    assert [one.id for one in told.left] == ["ada", "y"]


def test_a_poor_pair_may_be_asked_for_and_can_even_make_more_pairs() -> None:
    asked = by_table({"ada": "3"}, {"ada": 1}, {"x": 1}, rules={"minimum_score": 5})
    told = why_not(read(asked), "ada", "x")
    assert (told.answer, told.rules) == ("barred", ("below_minimum",))
    assert told.price is not None
    assert (told.price.order, told.price.after.count) == (1, 1)


def test_whom_locked_pairs_fill_is_named() -> None:
    asked = CHAIN | {"locked": [["ada", "x"]]}
    told = why_not(read(asked), "bo", "x", solve(read(asked)))
    assert (told.answer, told.price) == ("full", None)
    assert [(one.id, one.side) for one in told.full] == [("x", "mentee")]
