"""Problems as hypothesis draws them: small, with something of everything, shrinking to bare ids.

People come from a fixed store: drawing each of their facts would take most of the time.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

MENTORS = ("ada", "bo", "cy", "both")
MENTEES = ("x", "y", "z", "both")
# Someone on both sides has one manager; "w" is not in the file.
MANAGERS = {"ada": "x", "bo": "cy", "both": "ada", "x": "bo", "y": "w", "z": "cy"}
CRITERIA = ("skill_gap", "interests", "wishes", "distance", "way_of_working")
PEOPLE_IN_STORE = 60


def _variant(id: str, number: int) -> Json:
    """The higher the number, the more is known of the person."""
    draw = Random(f"{id} {number}")

    def some(*names: str) -> list[str]:
        return draw.sample(names, draw.randint(0, len(names)))

    skills = ("law", "art", "chess")
    facts: Json = {
        "capacity": draw.choice([1, 2, 2, 3]),
        "levels": {skill: draw.randint(0, 5) for skill in some(*skills)},
        "goals": {
            skill: {"target": draw.randint(1, 5), "weight": draw.randint(1, 3)}
            for skill in some(*skills)
        },
        "interests": some("tea", "Tea", "maps ", "law", "chess", ""),
        "department": draw.choice(["", "sales", "law"]),
        "location": draw.choice(["", "Oslo", "Lima"]),
        "meets": draw.choice(["online", "in_person", "either", ""]),
        "style": draw.choice(["quiet", "Outgoing", "either", ""]),
        "utc_offset": draw.choice([-8, -1.5, 0, 2.5, 9]),
        "languages": some("en", "EN ", "de", ""),
        "seniority": draw.choice([0, 1, 2.5, 3]),
    }
    known = [key for key in facts if draw.random() < number / PEOPLE_IN_STORE]
    return {"id": id, "manager": MANAGERS.get(id, "")} | {key: facts[key] for key in known}


STORE = {
    id: [_variant(id, number) for number in range(PEOPLE_IN_STORE)] for id in (*MENTORS, *MENTEES)
}


@st.composite
def problems(draw: st.DrawFn) -> Json:
    mentors, mentees = _side(draw, MENTORS), _side(draw, MENTEES)
    known = [person["id"] for person in mentors + mentees]
    pairs = [[m["id"], n["id"]] for m in mentors for n in mentees]
    for person in draw(st.lists(st.sampled_from(mentors + mentees), max_size=3)) if known else ():
        person["wishes"] = [draw(st.sampled_from(known))]
    found: Json = {"mentors": mentors, "mentees": mentees}
    found["objective"] = draw(st.sampled_from(["fair", "total"]))
    if pairs and draw(st.booleans()):
        found["forbidden"] = draw(st.lists(st.sampled_from(pairs), max_size=3))
    if draw(st.booleans()):
        found["rules"] = draw(st.sampled_from(RULES))
    if draw(st.booleans()):
        found["weights"] = {name: draw(st.sampled_from([0, 1, 7, 50])) for name in CRITERIA[::2]}
    return found


def _side(draw: st.DrawFn, ids: tuple[str, ...]) -> list[Json]:
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, min_size=0, max_size=len(ids)))
    return [dict(draw(st.sampled_from(STORE[id]))) for id in chosen]


RULES: list[Json] = [
    {"minimum_score": 0},
    {"minimum_score": 12.5, "shared_language": False},
    {"mentor_is_junior": False, "style": "ignore"},
    {"working_hours_overlap": 4, "minimum_score": 5, "style": "complementary"},
    {
        "mentor_is_junior": False,
        "shared_language": False,
        "working_hours_overlap": 0,
        "minimum_score": 0,
    },
]
