"""The same optimum by another road: OR-Tools' CP-SAT, solved once a tier with one worker.

Takes problems as JSON values and imports nothing of the engine.
"""

from typing import Any

from ortools.sat.python import cp_model

from tests.curriculum.engine.brute_force import Pair, alike

Json = dict[str, Any]
CHUNK = 40
"""Tracks whose place in the editors' order fits into one objective of 64 bits."""


class Model:
    """One pair's choice of tracks. `past`: a skill that must end above a level."""

    def __init__(
        self,
        pair: Pair,
        goals: Json,
        budget: tuple[int, int | None],
        past: tuple[str, int] | None = None,
    ) -> None:
        self.pair = pair
        self.model = cp_model.CpModel()
        self.tracks = [
            track
            for track in pair.tracks
            if track["id"] not in pair.completed | pair.excluded
            and pair.guided(track, pair.guide)
            and pair.spoken(track, pair.languages)
        ]
        self.chosen = {track["id"]: self.model.new_bool_var("") for track in self.tracks}
        top = len(self.tracks)
        self.turn = {name: self.model.new_int_var(0, top, "") for name in self.chosen}
        for track in self.tracks:
            self._require(track)
        for name in pair.locked:
            self.model.add(self.chosen[name] == 1)
        self.minutes = self._sum({t["id"]: pair.minutes(t) for t in self.tracks})
        self.sessions = self._sum({t["id"]: t.get("sessions", 0) for t in self.tracks})
        self.model.add(self.minutes <= budget[0])
        if budget[1] is not None:
            self.model.add(self.sessions <= budget[1])
        self.value = self._value(goals)
        if past:
            self.model.add_bool_or(self._raisers(past[0], past[1] + 1))

    def _sum(self, weights: dict[str, int]) -> Any:
        return sum(weight * self.chosen[name] for name, weight in weights.items())

    def _raisers(self, skill: str, level: int) -> list[Any]:
        return [
            self.chosen[track["id"]]
            for track in self.tracks
            if any(o["skill"] == skill and o["to"] >= level for o in track["outcomes"])
        ]

    def _require(self, track: Json) -> None:
        mine = self.chosen[track["id"]]
        for name in set(track.get("requires", [])) - self.pair.completed:
            if name not in self.chosen:
                self.model.add(mine == 0)
                continue
            self.model.add_implication(mine, self.chosen[name])
            self._after(track["id"], name, mine)
        for outcome in track["outcomes"]:
            if outcome["from"] <= self.pair.now.get(outcome["skill"], 0):
                continue
            supports = []
            for other in self.tracks:
                if other is not track and any(
                    o["skill"] == outcome["skill"] and o["to"] >= outcome["from"]
                    for o in other["outcomes"]
                ):
                    support = self.model.new_bool_var("")
                    self.model.add_implication(support, self.chosen[other["id"]])
                    self._after(track["id"], other["id"], support)
                    supports.append(support)
            self.model.add_bool_or([*supports, ~mine])

    def _after(self, later: str, earlier: str, condition: Any) -> None:
        self.model.add(self.turn[later] > self.turn[earlier]).only_enforce_if(condition)

    def _value(self, goals: Json) -> Any:
        terms = []
        for skill, goal in goals.items():
            for level in range(self.pair.now.get(skill, 0) + 1, goal["target"] + 1):
                reached = self.model.new_bool_var("")
                self.model.add_bool_or([*self._raisers(skill, level), ~reached])
                terms.append(goal.get("weight", 1) * reached)
        return sum(terms)

    def _ties(self) -> list[Any]:
        current = [c for c in self.pair.pair.get("current", []) if c in self.chosen]
        mine = alike(self.pair.pair.get("interests", []))
        shared = {t["id"]: len(mine & alike(t.get("interests", []))) for t in self.tracks}
        order = []
        for start in range(0, len(self.tracks), CHUNK):
            chunk = self.tracks[start : start + CHUNK]
            order.append(self._sum({t["id"]: 2 ** (CHUNK - n) for n, t in enumerate(chunk)}))
        return [self._sum(dict.fromkeys(current, 1)), self._sum(shared), *order]

    def best(self, *, minutes_first: bool = False) -> list[str] | None:
        """The ids of the best plan; None if there is none at all."""
        tiers = [self.value, -self.minutes]
        if minutes_first:
            tiers.reverse()
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        for tier in [*tiers, *self._ties()]:
            if isinstance(tier, int):
                continue
            self.model.maximize(tier)
            status = solver.solve(self.model)
            if status == cp_model.INFEASIBLE:
                return None
            assert status == cp_model.OPTIMAL
            self.model.add(tier == round(solver.objective_value))
            self.model.clear_hints()
            for variable in (*self.chosen.values(), *self.turn.values()):
                self.model.add_hint(variable, solver.value(variable))
        return sorted(name for name, chosen in self.chosen.items() if solver.value(chosen))
