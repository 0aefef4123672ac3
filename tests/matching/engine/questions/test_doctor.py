"""What would help whoever has no partner: each remedy really helps, and none is missed."""

from collections.abc import Collection
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import diagnose, doctor, relaxed, solve
from matching.engine.questions.advice import NO_PLACE, NO_SINGLE_CHANGE, NOBODY_THERE
from matching.engine.questions.relaxations import KINDS
from tests.matching.engine.checker import Facts
from tests.matching.engine.people import LENIENT, by_table, goals, person, problem, solved
from tests.matching.engine.questions.asking import (
    Entry,
    Json,
    entries_of,
    read,
    relaxations,
    with_some_locked,
)
from tests.matching.engine.strategies import problems

THREE = {"ada": "9", "bo": "5", "cy": "7"}
steady = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def advice_on(asked: Json, **rest: int) -> dict[Entry, Json]:
    posed = read(asked)
    found = doctor(posed, solve(posed), **rest).as_json()
    return {(one["id"], one["side"]): one for one in found["people"]}


def remedies(asked: Json, id: str) -> list[Json]:
    (advice,) = (one for key, one in advice_on(asked).items() if key[0] == id)
    return [one["relaxation"] for one in advice["remedies"]]


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_every_remedy_places_them_and_costs_nobody_their_last_partner(
    drawn: Json, random: Random
) -> None:
    posed = read(with_some_locked(drawn, random))
    before = solve(posed)
    had = entries_of(before.as_json())
    for advice in doctor(posed, before).people:
        for remedy in advice.remedies:
            after = solve(relaxed(posed, remedy.relaxation)).as_json()
            has = entries_of(after)
            assert (advice.id, advice.side) in has - had
            assert had <= has
            assert after["count"] > before.count
            assert after["count"] == remedy.outcome.count
            assert after["total"] == remedy.outcome.total
            assert {(one.id, one.side) for one in remedy.placed} == has - had
            partners = {tie.partner: tie.score for tie in remedy.ties}
            other = "mentee" if advice.side == "mentor" else "mentor"
            assert partners == {
                pair[other]: pair["score"]
                for pair in after["pairs"]
                if pair[advice.side] == advice.id
            }


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_no_kind_of_remedy_is_missed(drawn: Json, random: Random) -> None:
    asked = with_some_locked(drawn, random)
    helped = _helped(asked, KINDS)
    advised = advice_on(asked)
    assert {(one["id"], one["side"]) for one in solved(asked)["unmatched"]} == set(advised)
    for entry, advice in advised.items():
        offered = [one["relaxation"]["kind"] for one in advice["remedies"]]
        assert set(offered) == helped.get(entry, set()), entry
        assert len(offered) == len(set(offered))
        assert (advice["reason"] is None) == bool(offered)


@pytest.mark.parametrize("objective", ["fair", "total"])
@pytest.mark.parametrize("cells", ["12345.....", "19....", "123456789."])
def test_none_is_missed_among_people_with_room_for_several(cells: str, objective: str) -> None:
    draw = Random(f"{cells} {objective}")
    kinds = {"capacity", "bar"}
    for _ in range(25):
        mentors = {f"m{k}": draw.choice([1, 1, 2, 3]) for k in range(draw.randint(2, 4))}
        mentees = {f"n{k}": draw.choice([1, 1, 2, 3]) for k in range(draw.randint(2, 4))}
        table = {mentor: "".join(draw.choice(cells) for _ in mentees) for mentor in mentors}
        asked = by_table(table, mentors, mentees, objective=objective)
        helped = _helped(asked, kinds)
        for entry, advice in advice_on(asked).items():
            offered = {one["relaxation"]["kind"] for one in advice["remedies"]} & kinds
            assert offered == helped.get(entry, set()), (table, mentors, mentees, entry)


def _helped(asked: Json, kinds: Collection[str]) -> dict[Entry, set[str]]:
    """By trying every relaxation: which kinds place whom, and cost nobody their last partner."""
    before = solved(asked)
    had = entries_of(before)
    helped: dict[Entry, set[str]] = {}
    for kind, changed in relaxations(asked, kinds):
        after = solved(changed)
        has = entries_of(after)
        if after["count"] > before["count"] and had <= has:
            for entry in has - had:
                helped.setdefault(entry, set()).add(kind)
    return helped


@steady
@given(problems())
def test_rules_are_counted_first_and_alone(asked: Json) -> None:
    facts = Facts(asked)
    for (id, side), advice in advice_on(asked).items():
        others = facts.mentees if side == "mentor" else facts.mentors
        verdicts = [
            facts.verdict(id, other) if side == "mentor" else facts.verdict(other, id)
            for other in others
        ]
        assert advice["allowed"] == verdicts.count(None)
        assert {rule["code"]: rule["first"] for rule in advice["rules"] if rule["first"]} == {
            code: verdicts.count(code) for code in set(verdicts) - {None}
        }


@steady
@given(problems(), st.randoms(use_true_random=False))
def test_one_person_hears_what_everybody_heard_of_them(drawn: Json, random: Random) -> None:
    posed = read(with_some_locked(drawn, random))
    before = solve(posed)
    everybody = doctor(posed, before).people
    for id in sorted({one.id for one in everybody}):
        alone = diagnose(posed, before, id).people
        assert alone == tuple(one for one in everybody if one.id == id)


def test_somebody_takes_on_two() -> None:
    """Ben would go with Amira, who has a partner; the one who fits him best is named first."""
    asked = by_table(
        {"amira": "9.7", "cy": "584"}, {"amira": 1, "cy": 1}, {"di": 1, "eve": 1, "ben": 1}
    )
    (advice,) = advice_on(asked).values()
    assert (advice["id"], advice["reason"]) == ("ben", None)
    first = advice["remedies"][0]
    assert first["relaxation"] == {"kind": "capacity", "person": "amira", "value": 2}
    assert first["ties"] == [{"partner": "amira", "score": 7000}]
    assert first["outcome"]["count"] == 3


def test_one_level_more_of_their_own_comes_before_anybody_elses() -> None:
    asked = problem(
        [person("ada", levels={"law": 1}), person("cy", levels={"law": 1})],
        [person("bo", levels={"law": 1}, goals=goals(law=3))],
    )
    assert remedies(asked, "ada") == [
        {"kind": "level", "person": "ada", "skill": "law", "value": 2}
    ]
    assert remedies(asked, "cy") == [{"kind": "level", "person": "cy", "skill": "law", "value": 2}]
    # For Bo both would do, and Ada comes first by name.
    assert remedies(asked, "bo")[0]["person"] == "ada"


def test_a_level_that_cannot_rise_is_not_offered() -> None:
    asked = problem(
        [person("ada", levels={"law": 5})], [person("bo", levels={"law": 5}, goals=goals(law=5))]
    )
    assert remedies(asked, "bo") == []


def test_a_rule_is_loosened_just_far_enough() -> None:
    asked = problem(
        [person("ada", utc_offset=0)],
        [person("bo", utc_offset=5)],
        rules=LENIENT | {"working_hours_overlap": 6},
    )
    assert remedies(asked, "bo") == [{"kind": "hours", "value": 3}]
    poor = by_table({"ada": "5"}, {"ada": 1}, {"bo": 1}, rules=LENIENT | {"minimum_score": 8})
    assert {"kind": "minimum", "value": 5} in remedies(poor | {"forbidden": []}, "bo")


def test_one_bar_is_lifted_and_rules_are_given_up() -> None:
    asked = problem(
        [person("ada", seniority=9)],
        [person("bo", seniority=2), person("di", seniority=12)],
        forbidden=[["ada", "di"]],
        rules=LENIENT | {"mentor_is_junior": True},
    )
    assert remedies(asked, "di") == [{"kind": "bar", "pair": ["ada", "di"]}]
    assert remedies(asked, "bo") == [{"kind": "junior"}]
    posed = read(asked)
    kept = doctor(posed, solve(posed), liftable=[]).people
    assert [one.remedies for one in kept if one.id == "di"] == [()]


def test_what_gives_the_place_to_another_is_no_remedy() -> None:
    """A place more goes to Ada, who fits it better; nothing single helps Bo."""
    asked = by_table(
        {"ada": "9", "bo": "5", "cy": "7"}, dict.fromkeys(("ada", "bo", "cy"), 1), {"x": 1}
    )
    advised = advice_on(asked)
    assert [one["relaxation"]["kind"] for one in advised["cy", "mentor"]["remedies"]] == [
        "capacity"
    ]
    assert advised["bo", "mentor"]["remedies"] == []
    assert (advised["bo", "mentor"]["reason"], advised["bo", "mentor"]["missing"]) == (NO_PLACE, 2)


def test_whom_more_than_one_thing_keeps_away_is_told_so() -> None:
    asked = problem(
        [person("ada", languages=["en"], seniority=9)],
        [person("bo", languages=["de"], seniority=3)],
        rules=LENIENT | {"shared_language": True, "mentor_is_junior": True},
    )
    (advice, _) = advice_on(asked).values()
    assert advice["reason"] == NO_SINGLE_CHANGE
    assert advice["rules"] == [{"code": "not_junior", "first": 1, "alone": 0}]
    (advice,) = advice_on(problem([person("ada")], [])).values()
    assert advice["reason"] == NOBODY_THERE


def test_at_the_limit_the_answer_says_that_not_all_was_tried() -> None:
    asked = by_table(
        {"ada": "9", "bo": "5", "cy": "7"}, dict.fromkeys(("ada", "bo", "cy"), 1), {"x": 1}
    )
    posed = read(asked)
    found = doctor(posed, solve(posed), most_solves=0)
    assert (found.solves, found.complete) == (0, False)
    assert all(not one.complete and not one.remedies for one in found.people)
    whole = doctor(posed, solve(posed))
    assert (whole.solves, whole.complete) == (1, True)


def _where_style_tips_the_scale(**first: int) -> Json:
    """If styles count for nothing, M3 may have Y, and M2 suits X better than M1 does."""
    quiet, outgoing = {"style": "quiet"}, {"style": "outgoing"}
    mentors = [
        person("m1", **quiet, **first),
        person("m2", **outgoing, interests=["tea"]),
        person("m3", **outgoing),
    ]
    mentees = [
        person("w", **quiet),
        person("x", **quiet, interests=["tea"]),
        person("y", **quiet),
    ]
    may = {("m1", "w"), ("m1", "x"), ("m2", "x"), ("m3", "y")}
    return problem(
        mentors,
        mentees,
        weights={"way_of_working": 30, "interests": 15},
        rules=LENIENT | {"minimum_score": 25},
        forbidden=[
            [m["id"], n["id"]] for m in mentors for n in mentees if (m["id"], n["id"]) not in may
        ],
        objective="total",
    )


def test_what_costs_another_their_last_partner_is_no_remedy() -> None:
    asked = _where_style_tips_the_scale()
    asked["mentees"] = asked["mentees"][1:]
    asked["forbidden"] = [pair for pair in asked["forbidden"] if pair[1] != "w"]
    assert [(p["mentor"], p["mentee"]) for p in solved(asked)["pairs"]] == [("m1", "x")]
    assert {"kind": "style"} not in remedies(asked, "m3")


def test_somebody_with_two_partners_may_give_one_up_for_it() -> None:
    asked = _where_style_tips_the_scale(capacity=2)
    assert {(p["mentor"], p["mentee"]) for p in solved(asked)["pairs"]} == {
        ("m1", "w"),
        ("m1", "x"),
    }
    assert {"kind": "style"} in remedies(asked, "m2")
    assert {"kind": "style"} in remedies(asked, "m3")
