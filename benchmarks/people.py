"""Invented people for the benchmarks: of every form that the engine's contract knows."""

import sys
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from matching.engine import MEETS, STYLES, Goal, Person, Problem

SKILLS = [f"Skill {number:02}" for number in range(60)]
DEPARTMENTS = [f"Department {number}" for number in range(12)]
PLACES = [f"Place {number}" for number in range(8)]
INTERESTS = [f"Interest {number}" for number in range(30)]
LANGUAGES = ["en", "de", "fr", "es", "zh"]
ZONES = [-8, -5, 0, 0, 1, 1, 1, 5.5, 8]


def people(
    side: int, *, objective: str = "fair", capacities: tuple[int, ...] = (1, 2, 3)
) -> Problem:
    """So many mentors and as many mentees, the same on every run; every rule has work to do."""
    draw = Random(side)
    mentors = [_person(draw, f"m{number}", side, capacities) for number in range(side)]
    mentees = [_person(draw, f"n{number}", side, capacities) for number in range(side)]
    for person in mentors:
        skills = draw.sample(SKILLS, draw.randint(4, 10))
        person |= {"seniority": draw.randint(0, 12)}
        person |= {"levels": {skill: draw.randint(1, 5) for skill in skills}}
    for person in mentees:
        wanted = draw.sample(SKILLS, draw.randint(2, 4))
        levels = {skill: draw.randint(0, 2) for skill in wanted}
        goals = {s: Goal(draw.randint(levels[s] + 1, 5), draw.randint(1, 3)) for s in wanted}
        person |= {"seniority": draw.randint(6, 35), "levels": levels, "goals": goals}
    for persons, letter in ((mentors, "n"), (mentees, "m")):
        for person in persons[::2]:
            person["wishes"] = tuple({f"{letter}{draw.randrange(side)}" for _ in range(3)})
    forbidden = {
        (f"m{draw.randrange(side)}", f"n{draw.randrange(side)}") for _ in range(side // 10)
    }
    return Problem(
        mentors=[Person(**person) for person in mentors],
        mentees=[Person(**person) for person in mentees],
        forbidden=sorted(forbidden),
        objective=objective,
    )


def _person(draw: Random, id: str, side: int, capacities: tuple[int, ...]) -> dict[str, Any]:
    return {
        "id": id,
        "capacity": draw.choice(capacities),
        "department": draw.choice(DEPARTMENTS),
        "location": draw.choice(PLACES),
        "utc_offset": draw.choice(ZONES),
        "languages": ("en" if draw.random() < 0.85 else "de", draw.choice(LANGUAGES)),
        "meets": draw.choice(MEETS),
        "style": draw.choice(STYLES),
        "interests": tuple(draw.sample(INTERESTS, 4)),
        "manager": f"n{draw.randrange(side)}" if draw.random() < 0.9 else "",
    }
