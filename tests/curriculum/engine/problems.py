"""Invented problems: small ones with every feature, larger ones for another solver."""

import random
from typing import Any

Json = dict[str, Any]


def small_problem(seed: int) -> Json:
    """Up to seven tracks and three pairs; every key of the contract turns up now and then."""
    rng = random.Random(seed)
    skills = ["a", "b", "c"][: rng.randint(1, 3)]
    tracks = [_track(rng, n, skills) for n in range(rng.randint(1, 7))]
    ids = [track["id"] for track in tracks]
    return {
        "tracks": tracks,
        "pairs": [_pair(rng, n, skills, ids) for n in range(rng.randint(1, 3))],
    }


def _track(rng: random.Random, n: int, skills: list[str]) -> Json:
    outcomes = []
    for skill in rng.sample(skills, rng.randint(1, min(2, len(skills)))):
        entry = rng.randint(0, 3)
        outcomes.append({"skill": skill, "from": entry, "to": rng.randint(entry + 1, 5)})
    optional = {
        "sessions": lambda: rng.randint(0, 2),
        "requires": lambda: [f"t{rng.randrange(n)}"] if n else [],
        "languages": lambda: rng.sample(["en", "De ", " fr"], rng.randint(1, 2)),
        "self_guided": lambda: True,
        "interests": lambda: rng.sample(["x", "Y", "z"], rng.randint(1, 2)),
        "order": lambda: rng.randint(-1, 2),
    }
    track: Json = {"id": f"t{n}", "outcomes": outcomes, "minutes": rng.choice([10, 10, 20, 30])}
    return track | {key: make() for key, make in optional.items() if rng.random() < 0.35}


def _pair(rng: random.Random, n: int, skills: list[str], ids: list[str]) -> Json:
    def some(names: list[str]) -> list[str]:
        return rng.sample(names, rng.randint(1, min(2, len(names))))

    pair: Json = {
        "id": f"p{n}",
        "budget": {"minutes": rng.choice([0, 20, 30, 40, 60, 100])},
        "levels": {s: rng.randint(0, 3) for s in skills if rng.random() < 0.6},
        "guide": {s: rng.randint(1, 5) for s in skills if rng.random() < 0.9},
        "goals": {
            s: {"target": rng.randint(1, 5), "weight": rng.randint(1, 3)}
            for s in skills
            if rng.random() < 0.8
        },
    }
    if rng.random() < 0.4:
        pair["budget"]["sessions"] = rng.randint(0, 3)
    optional = {
        "languages": lambda: some(["EN", "de", "it"]),
        "interests": lambda: some(["X ", "y", "z"]),
        "completed": lambda: some(ids),
        "locked": lambda: some(ids),
        "excluded": lambda: some(ids),
        "current": lambda: some(ids),
        "minutes_left": lambda: {rng.choice(ids): rng.choice([1, 5, 40])},
    }
    return pair | {key: make() for key, make in optional.items() if rng.random() < 0.27}


def large_problem(seed: int, tracks: int = 40, skills: int = 8) -> Json:
    """Ladders with alternatives, bundles of skills, prerequisites, a budget that binds."""
    rng = random.Random(seed)
    names = [f"s{n}" for n in range(skills)]
    made: list[Json] = []
    for n in range(tracks):
        outcomes = []
        for skill in rng.sample(names, rng.choice([1, 1, 2, 3])):
            entry = rng.randint(0, 3)
            outcomes.append({"skill": skill, "from": entry, "to": entry + rng.randint(1, 2)})
        track: Json = {"id": f"t{n:02}", "outcomes": outcomes, "minutes": rng.randint(3, 12) * 10}
        track["self_guided"] = rng.random() < 0.7
        track["sessions"] = rng.randint(0, 2)
        if made and rng.random() < 0.2:
            track["requires"] = [rng.choice(made)["id"]]
        made.append(track)
    goals = {s: {"target": rng.randint(2, 5), "weight": rng.randint(1, 3)} for s in names[:4]}
    pair = {
        "id": "p",
        "levels": {s: rng.randint(0, 2) for s in names},
        "guide": {s: rng.randint(2, 5) for s in names},
        "goals": goals,
        "budget": {"minutes": rng.choice([240, 360, 480]), "sessions": 6},
        "current": rng.sample([t["id"] for t in made], 4),
    }
    return {"tracks": made, "pairs": [pair]}
