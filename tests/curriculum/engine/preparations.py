"""Problems whose goal tracks hang on preparations that lift no goal, in four shapes."""

import random
from collections.abc import Callable

from tests.curriculum.engine.problems import Json, pair, track

Shape = Callable[[random.Random, int], list[Json]]


def shared(rng: random.Random, count: int) -> list[Json]:
    """Each goal track requires a few of the same preparations."""
    ready = [track(f"p{n:02}", (f"base {n}", 0, 1), minutes=30) for n in range(count // 2)]
    names = [one["id"] for one in ready]
    for n in range(count - len(ready)):
        skill, low = _goal(n), n // 4 % 2
        needs = sorted(rng.sample(names, min(len(names), 3)))
        ready.append(track(f"t{n:02}", (skill, low, low + 1), minutes=30, requires=needs))
    return ready


def deep(rng: random.Random, count: int) -> list[Json]:
    """Preparations stand in chains of their own."""
    tracks: list[Json] = []
    for n in range(count // 2):
        facts = {"requires": [rng.choice(tracks)["id"]]} if n > 1 else {}
        minutes = rng.choice([20, 30, 45])
        tracks.append(track(f"p{n:02}", (f"base {n}", 0, 1), minutes=minutes, **facts))
    for n in range(count - len(tracks)):
        low, before = n // 4 % 5, rng.choice(tracks[: count // 2])["id"]
        minutes = rng.choice([20, 30, 45, 60])
        one = track(f"t{n:02}", (_goal(n), low, low + 1), minutes=minutes, requires=[before])
        tracks.append(one)
    return tracks


def helpers(rng: random.Random, count: int) -> list[Json]:
    """Goal tracks ask for other skills, each of which two tracks or more can give."""
    names = [f"helper {n}" for n in range(max(count // 4, 2))]
    tracks = []
    for n in range(count):
        if n < count // 2:
            outcomes = [(names[n % len(names)], 0, rng.choice([1, 1, 2]))]
        else:
            low = n // 4 % 3
            outcomes = [(_goal(n), low, low + 1)]
            outcomes += [(name, 1, 2) for name in rng.sample(names, 2)]
        tracks.append(track(f"t{n:02}", *outcomes, minutes=rng.choice([30, 45, 60])))
    return tracks


def crossed(rng: random.Random, count: int) -> list[Json]:
    """Tracks lift several goals, and ask for levels on each: even circles come up."""
    tracks = []
    for n in range(count):
        outcomes = []
        for skill in rng.sample(["goal 0", "goal 1", "goal 2", "goal 3"], rng.choice([1, 2, 2])):
            low = rng.choice([0, 0, 1, 2, 3])
            outcomes.append((skill, low, low + 1))
        facts = {"sessions": rng.randint(0, 2), "interests": rng.sample(["a", "b"], 1)}
        tracks.append(track(f"t{n:02}", *outcomes, minutes=rng.choice([30, 60]), **facts))
    return tracks


def _goal(number: int) -> str:
    return f"goal {number % 4}"


SHAPES: dict[str, Shape] = {
    "shared": shared,
    "deep": deep,
    "helpers": helpers,
    "crossed": crossed,
}


def problem(shape: str, seed: int, count: int) -> Json:
    rng = random.Random(seed)
    tracks = SHAPES[shape](rng, count)
    goals = {
        f"goal {n}": {"target": rng.randint(2, 5), "weight": rng.randint(1, 3)} for n in range(4)
    }
    minutes = int(sum(one["minutes"] for one in tracks) * rng.choice([0.3, 0.45, 0.6]))
    names = [one["id"] for one in tracks]
    learner = pair(
        minutes,
        rng.choice([None, count // 2]),
        goals=goals,
        interests=["a"],
        current=rng.sample(names, count // 3),
        locked=rng.sample(names, 1) if rng.random() < 0.3 else [],
    )
    return {"tracks": tracks, "pairs": [learner]}
