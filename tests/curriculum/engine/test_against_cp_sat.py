"""On larger problems another solver finds no better plan, tier by tier."""

from typing import Any

import pytest
from ortools.sat.python import cp_model

from tests.curriculum.engine.problems import Json, large_problem
from tests.curriculum.engine.test_against_brute_force import answer


class Model:
    """One pair as a CP-SAT model: a track may stand in one of as many places as there are steps."""

    def __init__(self, problem: Json) -> None:
        self.pair: Json = problem["pairs"][0]
        guide = self.pair["guide"]
        self.tracks = {
            t["id"]: t
            for t in problem["tracks"]
            if t["self_guided"] or all(guide[o["skill"]] >= o["to"] for o in t["outcomes"])
        }
        self.model = cp_model.CpModel()
        self.chosen = {i: self.model.new_bool_var(i) for i in self.tracks}
        self.turn = {
            i: self.model.new_int_var(0, len(self.tracks), f"turn {i}") for i in self.tracks
        }
        for i, track in self.tracks.items():
            self._wait_for_requirements(i, track)
            for outcome in track["outcomes"]:
                self._wait_for_level(i, outcome)
        budget = self.pair["budget"]
        self.minutes = sum(t["minutes"] * self.chosen[i] for i, t in self.tracks.items())
        self.model.add(self.minutes <= budget["minutes"])
        self.model.add(
            sum(t["sessions"] * self.chosen[i] for i, t in self.tracks.items())
            <= budget["sessions"]
        )
        self.value = sum(self._gain(skill, goal) for skill, goal in self.pair["goals"].items())
        self.dropped = sum(1 - self.chosen[i] for i in self.pair["current"] if i in self.tracks)

    def _wait_for_requirements(self, i: str, track: Json) -> None:
        for required in track.get("requires", []):
            if required not in self.tracks:
                self.model.add(self.chosen[i] == 0)
                continue
            self.model.add_implication(self.chosen[i], self.chosen[required])
            earlier = self.model.add(self.turn[required] < self.turn[i])
            earlier.only_enforce_if(self.chosen[i])

    def _wait_for_level(self, i: str, outcome: Json) -> None:
        skill, entry = outcome["skill"], outcome["from"]
        if self.pair["levels"].get(skill, 0) >= entry:
            return
        helpers = []
        for j, other in self.tracks.items():
            lifts = any(o["skill"] == skill and o["to"] >= entry for o in other["outcomes"])
            if j != i and lifts:
                helps = self.model.new_bool_var(f"{j} for {i} {skill}")
                self.model.add_implication(helps, self.chosen[j])
                self.model.add(self.turn[j] < self.turn[i]).only_enforce_if(helps)
                helpers.append(helps)
        self.model.add_bool_or(helpers).only_enforce_if(self.chosen[i])

    def _gain(self, skill: str, goal: Json) -> Any:
        """Weight × levels gained: one variable for each level above the present one."""
        terms = []
        for level in range(self.pair["levels"].get(skill, 0) + 1, goal["target"] + 1):
            reached = self.model.new_bool_var(f"{skill} {level}")
            lifting = [
                self.chosen[i]
                for i, track in self.tracks.items()
                if any(o["skill"] == skill and o["to"] >= level for o in track["outcomes"])
            ]
            self.model.add(sum(lifting) >= 1).only_enforce_if(reached)
            terms.append(goal["weight"] * reached)
        return sum(terms)

    def best(self, objective: Any, *, highest: bool) -> int:
        """Solve one tier to its proof, then hold it."""
        (self.model.maximize if highest else self.model.minimize)(objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(self.model) == cp_model.OPTIMAL
        found = round(solver.objective_value)
        self.model.add(objective == found)
        self.model.clear_objective()
        return found


@pytest.mark.parametrize("seed", range(12))
def test_no_other_plan_is_better(seed: int) -> None:
    problem = large_problem(seed)
    plan = answer(problem)["plans"][0]
    model = Model(problem)
    steps = {step["track"] for step in plan["steps"]}
    dropped = len((set(problem["pairs"][0]["current"]) & set(model.tracks)) - steps)
    best = (
        model.best(model.value, highest=True),
        model.best(model.minutes, highest=False),
        model.best(model.dropped, highest=False),
    )
    assert (plan["value"], plan["minutes"], dropped) == best


def test_the_large_problems_are_worth_solving() -> None:
    plans = [answer(large_problem(seed))["plans"][0] for seed in range(12)]
    assert max(len(plan["steps"]) for plan in plans) >= 4
    assert all(plan["optimal"] for plan in plans)
