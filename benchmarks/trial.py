"""Seconds from letting go of a slider to the answer: two sets of rules compared in place.

    python benchmarks/trial.py [PEOPLE]

Fills a database of its own with invented people (500 unless told), half of them mentors, and asks
the page as htmx does, each time with another weight. The ratio is that of the whole request to the
two solves in it: what gathering, comparing and writing the page add. Ends with one line of JSON.
"""

import json
import os
import random
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

SKILLS = ("Databases", "Cloud", "Assistants", "Video", "Statistics", "Podcasts", "Design", "Code")
INTERESTS = ("jazz", "chess", "cycling", "gardens", "films", "running", "cooking", "history")
ZONES = ("Europe/London", "Europe/Berlin", "Asia/Kolkata", "America/New_York")
DEPARTMENTS = ("Finance", "Data", "Sales", "People", "Legal")
TIMES = 9


def main(people: int) -> None:
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/trial.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        asked, solved = measure(make_programme(people))
    whole, engine = median(asked), median(solved)
    print(f"{people} people, {TIMES} times: {whole:.3f} s from request to response")
    print(f"of it the engine, twice:  {engine:.3f} s; ratio {whole / engine:.2f}")
    told = {"people": people, "seconds": round(whole, 3), "slowest": round(max(asked), 3)}
    print(json.dumps(told | {"engine": round(engine, 3), "ratio": round(whole / engine, 2)}))


def measure(programme) -> tuple[list[float], list[float]]:
    """Seconds of each request, and of the two solves alone."""
    from django.test import Client
    from django.urls import reverse

    from matching.forms.trials import sets_as_query
    from matching.queries.problem import gather_problem
    from matching.rules import RuleSet, rules_of
    from matching.services.solving import solve_gathered
    from portal.models import User

    client = Client(headers={"host": "localhost", "HX-Request": "true"})
    client.force_login(User.objects.create_superuser(email="cora@example.org", password=None))
    rules = rules_of(programme)
    page = reverse("programmes:try", args=[programme.slug])
    asked, solved = [], []
    for weight in range(21, 21 + 5 * TIMES, 5):
        other = RuleSet(**(rules.as_json() | {"weight_interests": weight}))
        started = time.perf_counter()
        answer = client.get(f"{page}?{sets_as_query(rules, other)}")
        asked.append(time.perf_counter() - started)
        assert answer.status_code == 200, answer.status_code
        assert b'id="outcome"' in answer.content
        gathered = gather_problem(programme)
        started = time.perf_counter()
        for one in (rules, other):
            solve_gathered(gathered, one)
        solved.append(time.perf_counter() - started)
    return asked, solved


def make_programme(people: int):
    from matching.models import Programme
    from matching.services.imports.applying import import_participants
    from matching.services.imports.columns import COLUMNS

    draw = random.Random(2027)
    rows = [person(draw, number) for number in range(people)]
    lines = [COLUMNS, *([str(row.get(column, "")) for column in COLUMNS] for row in rows)]
    content = "\n".join(map(",".join, lines)).encode()
    plan = import_participants(content, "bench", may_create_skills=True, apply=True)
    assert plan.is_clean, plan.problems[:3]
    programme = Programme.objects.get(slug="bench")
    programme.starts_on, programme.ends_on = date(2027, 1, 10), date(2027, 8, 10)
    programme.save()
    return programme


def person(draw: random.Random, number: int) -> dict[str, object]:
    """Half of them know things, the other half want to learn them; drawn alike each time."""
    is_mentor = number % 2 == 0
    levels = {skill: draw.randint(2, 5) if is_mentor else 1 for skill in draw.sample(SKILLS, 4)}
    goals = {skill: draw.randint(2, 5) for skill in draw.sample(SKILLS, 3)}
    return {
        "email": f"p{number}@example.org",
        "name": f"Person {number}",
        "role": "mentor" if is_mentor else "mentee",
        "department": draw.choice(DEPARTMENTS),
        "location": draw.choice(ZONES),
        "seniority_years": draw.randint(0, 8) if is_mentor else draw.randint(6, 30),
        "time_zone": draw.choice(ZONES),
        "languages": "en",
        "interests": ";".join(draw.sample(INTERESTS, 3)),
        "expertise": ";".join(f"{skill}:{level}" for skill, level in levels.items()),
        "goals": "" if is_mentor else ";".join(f"{skill}:{n}" for skill, n in goals.items()),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
