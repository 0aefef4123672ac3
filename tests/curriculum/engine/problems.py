"""Invented problems: by hand, and by a seed."""

import json
import random
from typing import Any

from curriculum.engine import read_problem, result_as_json, solve

Json = dict[str, Any]


def track(id: str, *outcomes: tuple[str, int, int], minutes: int = 60, **facts: Any) -> Json:
    """A track that needs no guide unless it says so."""
    return {
        "id": id,
        "outcomes": [{"skill": s, "from": low, "to": high} for s, low, high in outcomes],
        "minutes": minutes,
        "self_guided": True,
    } | facts


def pair(minutes: int = 600, sessions: int | None = None, **facts: Any) -> Json:
    budget = {"minutes": minutes} | ({} if sessions is None else {"sessions": sessions})
    return {"id": "ada+bo", "budget": budget} | facts


def solved(problem: Json) -> Json:
    return result_as_json(solve(read_problem(json.dumps(problem))))


def plan_of(tracks: list[Json], pair: Json) -> Json:
    """The plan of the only pair."""
    result = solved({"tracks": tracks, "pairs": [pair]})
    assert result["errors"] == []
    plan: Json = result["plans"][0]
    return plan


def ids(plan: Json) -> list[str]:
    return [step["track"] for step in plan["steps"]]


LANGUAGES = ["en", "EN ", "de", "fr", ""]
INTERESTS = ["chess", " Chess", "hiking", "music"]


def small_problem(seed: int, tracks: int = 7, pairs: int = 1) -> Json:
    """A tangle of everything the contract knows, small enough to try all subsets."""
    rng = random.Random(seed)
    skills = ["ai", "cloud", "data", "web"][: rng.choice([2, 2, 3, 3, 4])]
    names = [f"t{n}" for n in range(rng.randint(tracks // 2, tracks))]
    rng.shuffle(names)
    built = [_track(rng, name, names[:n], skills) for n, name in enumerate(names)]
    if rng.random() < 0.5:
        # Half of them without guides and languages in the way, so that plans grow long.
        for one in built:
            one["self_guided"] = True
            one.pop("languages", None)
    return {"tracks": built, "pairs": [_pair(rng, f"p{n}", names, skills) for n in range(pairs)]}


def _track(rng: random.Random, name: str, earlier: list[str], skills: list[str]) -> Json:
    outcomes = []
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
        low = rng.choice([0, 0, 0, 0, 1, 1, 2, 2, 3])
        high = min(5, low + rng.choice([1, 1, 2, 3]))
        outcomes.append({"skill": rng.choice(skills), "from": low, "to": high})
    facts: Json = {"id": name, "outcomes": outcomes, "minutes": rng.choice([1, 2, 2, 2, 3, 4])}
    if rng.random() < 0.8:
        facts["sessions"] = rng.randint(0, 3)
    if earlier and rng.random() < 0.3:
        facts["requires"] = rng.sample(earlier, min(len(earlier), rng.choice([1, 1, 2])))
    if rng.random() < 0.4:
        facts["languages"] = rng.sample(LANGUAGES, rng.randint(1, 2))
    if rng.random() < 0.8:
        facts["self_guided"] = rng.random() < 0.8
    if rng.random() < 0.5:
        facts["interests"] = rng.sample(INTERESTS, rng.randint(1, 3))
    if rng.random() < 0.5:
        facts["order"] = rng.randint(-1, 2)
    return facts


def _pair(rng: random.Random, name: str, names: list[str], skills: list[str]) -> Json:
    def some(chance: float) -> list[str]:
        return [name for name in names if rng.random() < chance]

    facts: Json = {
        "id": name,
        "levels": {skill: rng.choice([0, 0, 0, 1, 2]) for skill in skills if rng.random() < 0.7},
        "goals": {
            skill: {"target": rng.randint(1, 5), "weight": rng.randint(1, 3)}
            for skill in [*skills, *(["unheard of"] if rng.random() < 0.1 else [])]
            if rng.random() < 0.8
        },
        "guide": {skill: rng.choice([1, 2, 3, 4, 5, 5]) for skill in skills if rng.random() < 0.9},
        "budget": {"minutes": rng.choice([0, 2, 4, 5, 6, 7, 8, 10, 12, 30])},
        "interests": rng.sample(INTERESTS, rng.randint(0, 3)),
    }
    if rng.random() < 0.6:
        facts["budget"]["sessions"] = rng.choice([0, 1, 2, 3, 4, 5, 6, 8])
    if rng.random() < 0.5:
        facts["languages"] = rng.sample(LANGUAGES, rng.randint(0, 2))
    if rng.random() < 0.3:
        facts["minutes_left"] = {name: rng.randint(1, 5) for name in some(0.4)}
    for key, chance in (("completed", 0.12), ("locked", 0.15), ("excluded", 0.15)):
        if rng.random() < 0.5:
            facts[key] = some(chance)
    if rng.random() < 0.6:
        facts["current"] = some(0.4)
    return facts


def large_problem(seed: int, tracks: int = 60, goals: int = 5) -> Json:
    """Ladders with alternatives, bundles of up to three skills, prerequisites, a tight budget."""
    rng = random.Random(seed)
    skills = [f"skill {n:02}" for n in range(max(goals, rng.choice([8, 10, 12])))]
    levels = {skill: rng.choice([0, 0, 0, 1, 1]) for skill in skills}
    names = [f"t{n:03}" for n in range(tracks)]
    wanted = {
        skill: {"target": rng.choice([3, 4, 4, 5]), "weight": rng.choice([1, 2, 3])}
        for skill in rng.sample(skills, goals)
    }
    distance = sum(max(0, goal["target"] - levels[skill]) for skill, goal in wanted.items())
    one = {
        "id": "tight",
        "levels": levels,
        "goals": wanted,
        "guide": {skill: rng.choice([3, 4, 5]) for skill in skills},
        "interests": ["a", "c"],
        "budget": {"minutes": int(distance * 30 * rng.uniform(0.5, 0.95)), "sessions": 12},
        "current": sorted(rng.sample(names, 4)),
    }
    return {
        "tracks": [_large_track(rng, n, names, skills) for n in range(tracks)],
        "pairs": [one],
    }


def _large_track(rng: random.Random, n: int, names: list[str], skills: list[str]) -> Json:
    outcomes = []
    climbed = 0
    for skill in rng.sample(skills, rng.choice([1, 1, 1, 2, 2, 3])):
        low = rng.choice([0, 0, 1, 1, 2, 2, 3, 3, 4])
        high = min(5, low + rng.choice([1, 1, 1, 2]))
        outcomes.append({"skill": skill, "from": low, "to": high})
        climbed += high - low
    return {
        "id": names[n],
        "outcomes": outcomes,
        "minutes": max(20, int(climbed * rng.uniform(25, 60) / 5) * 5),
        "sessions": rng.choice([0, 1, 1, 2, 3]),
        "requires": rng.sample(names[:n], 1) if n and rng.random() < 0.2 else [],
        "self_guided": rng.random() < 0.9,
        "interests": rng.sample(["a", "b", "c", "d"], rng.randint(0, 2)),
        "order": rng.randrange(5),
    }
