"""The engine held against every possible choice, and against OR-Tools."""

from random import Random
from typing import Any

import pytest
from ortools.sat.python import cp_model

from tests.matching.engine.brute_force import best_aims
from tests.matching.engine.checker import Facts, aims, complaints
from tests.matching.engine.people import by_table, solved, some_problem

Json = dict[str, Any]
OBJECTIVES = ("fair", "total")


def reached(asked: Json) -> tuple[int, ...]:
    found = solved(asked)
    assert complaints(asked, found) == []
    assert found["optimal"] is True
    assert found["bound"] == found["total"]
    return aims(asked, found)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_no_choice_of_a_handful_is_better(objective: str) -> None:
    """Room for several on both sides, where copies of people would pair two people twice."""
    draw = Random(2023)
    for _ in range(150):
        mentors = {f"m{k}": draw.randint(1, 3) for k in range(draw.randint(1, 4))}
        mentees = {f"n{k}": draw.randint(1, 3) for k in range(draw.randint(1, 3))}
        cells = draw.choice(["123456789", "12", "1119....", "5"])
        table = {mentor: "".join(draw.choice(cells) for _ in mentees) for mentor in mentors}
        asked = by_table(table, mentors, mentees, objective=objective)
        assert reached(asked) == best_aims(asked), table


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize(("mentors", "mentees"), [(30, 30), (15, 45), (45, 15)])
@pytest.mark.parametrize("minimum", [0, 35])
def test_or_tools_finds_nothing_better(
    mentors: int, mentees: int, objective: str, minimum: int
) -> None:
    rules = {"minimum_score": minimum, "working_hours_overlap": 2}
    asked = some_problem(mentors * 7 + minimum, mentors, mentees, rules=rules, objective=objective)
    assert reached(asked) == _by_or_tools(asked)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_or_tools_finds_nothing_better_among_ties(objective: str) -> None:
    draw = Random(7)
    mentors = {f"m{k:02}": draw.randint(1, 3) for k in range(25)}
    mentees = {f"n{k:02}": draw.randint(1, 3) for k in range(25)}
    table = {mentor: "".join(draw.choice("2345....") for _ in mentees) for mentor in mentors}
    asked = by_table(table, mentors, mentees, objective=objective)
    assert reached(asked) == _by_or_tools(asked)


def _by_or_tools(asked: Json) -> tuple[int, ...]:
    """Tier by tier: the count, the worst score under `fair`, the total."""
    facts = Facts(asked)
    candidates = facts.candidates()
    model = cp_model.CpModel()
    chosen = {pair: model.new_bool_var(str(pair)) for pair in candidates}
    for place, room in enumerate(facts.room()):
        for id, places in room.items():
            model.add(sum(var for pair, var in chosen.items() if pair[place] == id) <= places)
    count = _best(model, sum(chosen.values()))
    model.add(sum(chosen.values()) == count)
    tiers = [count]
    if asked["objective"] == "fair":
        worst = model.new_int_var(0, max(candidates.values()), "worst")
        for pair, var in chosen.items():
            model.add(worst <= candidates[pair]).only_enforce_if(var)
        tiers.append(_best(model, worst))
        model.add(worst >= tiers[-1])
    total = sum(var * candidates[pair] for pair, var in chosen.items())
    return (*tiers, _best(model, total))


def _best(model: cp_model.CpModel, aim: Any) -> int:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    model.maximize(aim)
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)
