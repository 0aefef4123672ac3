"""Milliseconds and queries of the matching board, with few people and with many.

    python benchmarks/board.py [PEOPLE [TIMES]]

Fills a database of its own, on SQLite or wherever DATABASE_URL leads, with a programme of 500
people and one of PEOPLE (10,000): half a suggestion for each, and half of them left over. Prints
for each page the median and the worst of TIMES (30) answers, the mean time at work, and what the
many cost against the few. Time at work is that of the processor, here and in a PostgreSQL on the
same machine: on one with other work to do it is the truer figure. Then one line of JSON. A page
over 300 ms ends it with 1.
"""

import json
import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

FEW, MOST_MS = 500, 300
MANY, TIMES = (*map(int, sys.argv[1:3]), *(10_000, 30)[len(sys.argv[1:3]) :])
FIRST = ("Amira", "Basil", "Chen", "Dagny", "Emeka", "Fatima", "Goran", "Hana", "Ines", "Jonas")
LAST = ("Haddad", "Okafor", "Wei", "Lindqvist", "Nwosu", "Zahra", "Petrov", "Sato", "Costa", "Berg")
JOBS = ("Analyst", "Head of Sales", "Chief of Staff", "Developer", "Nurse manager", "Controller")
DEPARTMENTS = tuple(f"Department {n}" for n in range(40))
SKILLS = tuple(f"Skill {n}" for n in range(30))


def fill(people: int):
    """A programme in which every mentor and mentee with a match has, or could have, several."""
    from matching.models import Expertise, Goal, Participant, Programme
    from portal.models import Skill, User

    chance = random.Random(people)
    programme = Programme.objects.create(
        name=f"Programme of {people}",
        slug=f"programme-{people}",
        starts_on=date(2027, 1, 10),
        ends_on=date(2027, 8, 10),
    )
    users = User.objects.bulk_create(
        [
            User(
                name=f"{chance.choice(FIRST)} {chance.choice(LAST)} {n}",
                email=f"p{n}-{people}@example.org",
                password="!",
            )
            for n in range(people)
        ],
        batch_size=500,
    )
    rows = Participant.objects.bulk_create(
        [
            Participant(
                programme=programme,
                person=user,
                role="mentor" if n % 4 == 0 or n >= people * 3 // 4 else "mentee",
                department=chance.choice(DEPARTMENTS),
                job_title=chance.choice(JOBS),
                interests=chance.sample(("Jazz", "Chess", "Opera", "Hiking", "Bread"), 2),
                capacity=4,
            )
            for n, user in enumerate(users)
        ],
        batch_size=500,
    )
    skills = list(Skill.objects.filter(name__in=SKILLS))
    known = [(row, skill) for row in rows for skill in chance.sample(skills, 3)]
    Expertise.objects.bulk_create(
        [
            Expertise(participant=row, skill=skill, level=4 if row.role == "mentor" else 1)
            for row, skill in known
        ],
        batch_size=500,
    )
    Goal.objects.bulk_create(
        [
            Goal(participant=row, skill=skill, baseline=1, target=4)
            for row, skill in known
            if row.role == "mentee"
        ],
        batch_size=500,
    )
    keep(programme, rows, chance)
    return programme


def keep(programme, rows, chance) -> None:
    """A round as the engine would leave it: as large, and kept by the same service."""
    from matching.models import Round
    from matching.services.rounds_kept import keep_round

    half = len(rows) // 2
    matched, alone = rows[:half], rows[half:]
    mentors = [row for row in matched if row.role == "mentor"]
    mentees = [row for row in matched if row.role == "mentee"]
    pairs = set()
    for n in range(half):
        turn = n // len(mentees)
        pairs.add((mentors[(n + turn) % len(mentors)].pk, mentees[n % len(mentees)].pk))
    result = {
        "pairs": [pair_in_result(mentor, mentee, chance) for mentor, mentee in sorted(pairs)],
        "unmatched": [unmatched_in_result(row, chance) for row in alone],
        "count": len(pairs),
        "worst": 20_000,
        "total": 50_000 * len(pairs),
        "bound": 50_000 * len(pairs),
        "optimal": True,
    }
    problem = {"mentors": [], "mentees": [], "padding": ["x" * 800 for _ in rows]}
    keep_round(Round(programme=programme, problem=problem, result=result))


def pair_in_result(mentor: int, mentee: int, chance) -> dict:
    gap = chance.randrange(5_000, 40_000)
    covers = [
        {"skill": skill, "from": 1, "to": 4, "target": 4} for skill in chance.sample(SKILLS, 3)
    ]
    return {
        "mentor": str(mentor),
        "mentee": str(mentee),
        "score": gap + 30_000,
        "parts": {"skill_gap": gap, "interests": 20_000, "distance": 10_000},
        "covers": covers,
        "locked": False,
    }


def unmatched_in_result(row, chance) -> dict:
    nobody = chance.random() < 0.3
    return {
        "id": str(row.pk),
        "side": row.role,
        "cause": "no_allowed_partner" if nobody else "others_fit_better",
        "detail": {"no_language": 7, "teaches_nothing": 900} if nobody else {},
    }


def pages_of(programme) -> dict[str, str]:
    from django.urls import reverse

    from matching.queries.suggestions import departments_of, latest_round, skills_covered

    board = reverse("programmes:board", args=[programme.slug])
    left = reverse("programmes:left_over", args=[programme.slug])
    department = departments_of(programme)[0].replace(" ", "+")
    skill = skills_covered(latest_round(programme))[0][0]
    return {
        "first page": board,
        "last page": f"{board}?page=100000",
        "search": f"{board}?search=amira+haddad",
        "department": f"{board}?department={department}",
        "skill": f"{board}?skill={skill}",
        "score": f"{board}?band=strong",
        "kept together": f"{board}?state=kept",
        "decided": f"{board}?state=decided",
        "by name": f"{board}?sort=name",
        "weakest": f"{board}?sort=weakest",
        "left over": left,
        "left over, last": f"{left}?page=100000",
        "left over, search": f"{left}?search=amira",
        "left over, group": f"{left}?can=others_better",
        "before accepting all": reverse("programmes:ask_to_accept", args=[programme.slug]),
        "decisions": reverse("programmes:decisions", args=[programme.slug]),
        "kept lists": reverse("programmes:kept", args=[programme.slug]),
    }


def seconds_at_work() -> float:
    """Of the processor, for this process and the server of its connection, if that is here."""
    from django.db import connection

    here = time.process_time()
    if connection.vendor != "postgresql":
        return here
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not server.exists():
        return here
    user, system = server.read_text().rpartition(")")[2].split()[11:13]
    return here + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def measure(client, url: str) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200, url
    queries, taken = len(asked), []
    worked = seconds_at_work()
    for _ in range(TIMES):
        started = time.perf_counter()
        client.get(url)
        taken.append((time.perf_counter() - started) * 1000)
    busy = (seconds_at_work() - worked) * 1000 / TIMES
    return {
        "ms": round(median(taken), 1),
        "worst_ms": round(max(taken), 1),
        "busy_ms": round(busy, 1),
        "queries": queries,
    }


def compare(many: int) -> dict[str, dict[str, float]]:
    from django.contrib.auth.models import Group
    from django.test import Client
    from wagtail.models import Locale

    from portal.models import Skill, User

    locale, _made = Locale.objects.get_or_create(language_code="en")
    for name in SKILLS:
        Skill.objects.create(name=name, locale=locale)
    cora = User.objects.create_user("cora@example.org", name="Cora")
    cora.groups.add(Group.objects.get(name="Coordinators"))
    client = Client()
    client.force_login(cora)
    few_pages, many_pages = (pages_of(fill(people)) for people in (FEW, many))
    told = {}
    for name, url in many_pages.items():
        few, one = measure(client, few_pages[name]), measure(client, url)
        one["ratio"] = round(one["ms"] / few["ms"], 2)
        told[name] = one | {"few_ms": few["ms"], "few_queries": few["queries"]}
        print(
            f"{name:22} {one['ms']:7.1f} ms, worst {one['worst_ms']:7.1f}, "
            f"at work {one['busy_ms']:6.1f}; "
            f"{one['queries']:3} queries; with {FEW}: {few['ms']:6.1f} ms, "
            f"{few['queries']:3} queries; ratio {one['ratio']:.2f}",
            flush=True,
        )
    return told


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    with tempfile.TemporaryDirectory() as scratch:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{scratch}/board.sqlite3"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            told = compare(MANY)
        finally:
            connection.creation.destroy_test_db("", verbosity=0)
    slowest = max(page["ms"] for page in told.values())
    print(json.dumps({"database": connection.vendor, "people": MANY, "pages": told}))
    return int(slowest > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
