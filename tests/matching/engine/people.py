"""Invented people, and the engine asked about them as the portal and the command ask it."""

import json
from random import Random
from typing import Any

from matching.engine import solve
from matching.engine.reading import read_json

Json = dict[str, Any]

# Nothing but what a test says: no rule bars anybody and no score is too low.
LENIENT = {
    "mentor_is_junior": False,
    "shared_language": False,
    "working_hours_overlap": 0,
    "minimum_score": 0,
}


def person(id: str, **facts: Any) -> Json:
    return {"id": id, **facts}


def goals(**targets: int) -> Json:
    return {skill: {"target": target} for skill, target in targets.items()}


def problem(mentors: list[Json], mentees: list[Json], **rest: Any) -> Json:
    return {"mentors": mentors, "mentees": mentees, "rules": LENIENT, **rest}


def solved(problem: Json) -> Json:
    """The result as JSON, through the text of the problem."""
    return solve(read_json(json.dumps(problem).encode(), "problem.json")).as_json()


def pairs_of(result: Json) -> list[tuple[str, str]]:
    return [(pair["mentor"], pair["mentee"]) for pair in result["pairs"]]


def by_table(
    table: dict[str, str], mentors: dict[str, int], mentees: dict[str, int], **rest: Any
) -> Json:
    """A problem whose scores are written as a table: a row a mentor, a column a mentee.

    A digit is the score in points, a dot a pair that is barred. It is made of goals of weight 1:
    the mentee wants nine skills of their own, and the mentor knows as many of them as the digit.
    """
    learners = list(mentees)
    barred = [
        [mentor, mentee]
        for mentor, row in table.items()
        for mentee, cell in zip(learners, row, strict=True)
        if cell == "."
    ]
    known = {
        mentor: {
            f"{mentee}-{k}": 1
            for mentee, cell in zip(learners, row, strict=True)
            for k in range(0 if cell == "." else int(cell))
        }
        for mentor, row in table.items()
    }
    wanted = {mentee: {f"{mentee}-{k}": {"target": 1} for k in range(9)} for mentee in learners}
    return problem(
        [person(id, capacity=places, levels=known[id]) for id, places in mentors.items()],
        [person(id, capacity=places, goals=wanted[id]) for id, places in mentees.items()],
        weights={"skill_gap": 9},
        forbidden=barred,
        **rest,
    )


def some_problem(seed: int, mentors: int, mentees: int, **rest: Any) -> Json:
    """A problem of any size with something of everything in it; the same for the same seed."""
    draw = Random(seed)
    mentor_ids = [f"mentor-{k}" for k in range(mentors)]
    mentee_ids = [f"mentee-{k}" for k in range(mentees)]
    return {
        "mentors": [_somebody(draw, id, (0, 12), mentee_ids) for id in mentor_ids],
        "mentees": [_somebody(draw, id, (5, 30), mentor_ids) for id in mentee_ids],
        **rest,
    }


def _somebody(draw: Random, id: str, years: tuple[int, int], others: list[str]) -> Json:
    skills = [f"skill {k}" for k in range(8)]
    facts: Json = {
        "id": id,
        "capacity": draw.randint(1, 3),
        "seniority": draw.randint(*years),
        "manager": draw.choice([*others, "", "", "", "", "someone else"]),
        "department": draw.choice(["sales", "law", "design", ""]),
        "location": draw.choice(["Oslo", "Lima", ""]),
        "utc_offset": draw.choice([-8, -3.5, 0, 1, 5.75, 9]),
        "languages": draw.sample(["en", "De", " fr "], draw.randint(0, 2)),
        "meets": draw.choice(["online", "in_person", "either"]),
        "style": draw.choice(["quiet", "outgoing", "either"]),
        "interests": draw.sample(["chess", "Tea", "rowing", "maps"], draw.randint(0, 4)),
        "levels": {skill: draw.randint(0, 5) for skill in draw.sample(skills, 5)},
        "goals": {
            skill: {"target": draw.randint(1, 5), "weight": draw.randint(1, 3)}
            for skill in draw.sample(skills, draw.randint(0, 3))
        },
        "wishes": draw.sample(others, min(len(others), draw.randint(0, 2))),
    }
    for key in ("seniority", "utc_offset"):
        if draw.random() < 0.2:
            del facts[key]
    return facts
