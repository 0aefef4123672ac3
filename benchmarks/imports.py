"""Seconds and peak memory of a participants file, by rows: dry run, a page of it, applying, again.

    python benchmarks/imports.py [ROWS ...]          (1000 and 20000 unless said otherwise)

Each file, once as CSV and once as XLSX, has a process and an empty SQLite database of its own.
Seconds are those of the processor, so that a busy machine tells the same. Memory is what the
process held at most, less what it held before it opened the file. The peer in the same run is the
plainest reading there is: `csv.DictReader`, or openpyxl's read-only rows. The last line is JSON,
with how the cost grows from the smallest file to the largest: at 1.0 a row costs the same in both.
Linux only.
"""

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

SKILLS = [f"Skill {n}" for n in range(40)]
CITIES = ("Rotterdam", "London", "Lisbon", "Gdańsk", "Athens", "Oslo", "Bengaluru")
STEPS = (
    "plain reading",
    "dry run",
    "page of the review",
    "applying",
    "dry run once applied",
    "a change to everyone",
)


def people(rows: int, *, moved: bool = False) -> list[list[str]]:
    """Invented people, half of them mentors, each with three skills and two goals."""
    from matching.services.imports.columns import COLUMNS

    table = [list(COLUMNS)]
    for n in range(rows):
        known = ";".join(f"{SKILLS[(n * 7 + k * 11) % 40]}:{(n + k) % 5 + 1}" for k in range(3))
        goals = ";".join(
            f"{SKILLS[(n * 5 + k * 13 + 3) % 40]}:{(n + k + moved) % 3 + 3}" for k in range(2)
        )
        table.append(
            [
                f"person.{n}@example.org",
                f"Person Number {n}",
                "mentor" if n % 2 else "mentee",
                f"Department {n % 25}",
                f"{'Other job' if moved else 'Job'} {n % 60}",
                CITIES[n % len(CITIES)],
                str(n % 40),
                f"person.{n // 9}@example.org" if n // 9 != n else "",
                "Europe/London",
                "en;nl",
                "either",
                "quiet" if n % 3 else "outgoing",
                "cycling;jazz;open data",
                known,
                goals,
                "1",
            ]
        )
    return table


def write_file(table: list[list[str]], kind: str, path: Path) -> None:
    if kind == "csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table)
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append(row)
    book.save(path)


def read_plainly(content: bytes, kind: str) -> int:
    if kind == "csv":
        return len(list(csv.DictReader(io.StringIO(content.decode()))))
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return len([[cell.value for cell in row] for row in sheet.iter_rows()])


def held() -> float:
    """What the process held at most so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(step: Callable[[], Any]) -> dict[str, float]:
    started = time.process_time()
    step()
    return {"seconds": round(time.process_time() - started, 3), "peak_mb": round(held(), 1)}


def child(path: Path, kind: str) -> None:
    """One file in a process of its own; prints what each step took as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from matching.models import Participant, Programme
    from matching.services.imports.applying import import_participants, make_programme
    from matching.services.imports.uploads import Upload, find_upload, keep_upload, make_review
    from portal.models import User

    # Nothing that waits in this house is touched.
    settings.STORAGES["private"]["OPTIONS"]["location"] = path.parent / "private"
    call_command("migrate", verbosity=0)
    make_programme("benchmark").save()
    content = path.read_bytes()

    def run(apply: bool = False, content: bytes = content) -> None:
        plan = import_participants(content, "benchmark", may_create_skills=True, apply=apply)
        assert plan.is_clean, plan.problems[:3]

    boss = User.objects.create_superuser("boss@example.org", name="Boss")
    client = Client()
    client.force_login(boss)
    programme = Programme.objects.get()

    def open_page() -> None:
        page = client.get("/en/programmes/benchmark/import/review/?page=3", HTTP_HOST="localhost")
        assert page.status_code == 200, page.status_code

    told = {"before": {"seconds": 0.0, "peak_mb": round(held(), 1)}}
    told["plain reading"] = measure(lambda: read_plainly(content, kind))
    told["dry run"] = measure(run)
    keep_upload(programme, boss, Upload(content, path.name, may_create_skills=True))
    upload = find_upload(programme, boss)
    assert upload is not None
    make_review(programme, boss, upload)
    open_page()
    told["page of the review"] = measure(open_page)
    told["applying"] = measure(lambda: run(apply=True))
    assert Participant.objects.count() == len(people(0)) - 1 + int(path.stem)
    told["dry run once applied"] = measure(run)
    moved = (path.parent / f"{path.stem}.moved.{kind}").read_bytes()
    told["a change to everyone"] = measure(lambda: run(apply=True, content=moved))
    print(json.dumps(told))


def run_child(path: Path, kind: str, scratch: Path) -> dict[str, dict[str, float]]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{scratch / f'{path.name}.sqlite3'}",
        "MEDIA_ROOT": str(scratch / "media"),
    }
    done = subprocess.run(
        [sys.executable, __file__, "--child", str(path), kind],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    told: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(sizes: list[int]) -> None:
    told: dict[str, dict[int, dict[str, dict[str, float]]]] = {"csv": {}, "xlsx": {}}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for kind, by_size in told.items():
            for rows in sizes:
                path = scratch / f"{rows}.{kind}"
                write_file(people(rows), kind, path)
                write_file(people(rows, moved=True), kind, scratch / f"{rows}.moved.{kind}")
                steps = by_size[rows] = run_child(path, kind, scratch)
                before = steps.pop("before")["peak_mb"]
                for name in STEPS:
                    one = steps[name]
                    one["peak_mb"] = round(one["peak_mb"] - before, 1)
                    print(
                        f"{rows:>6,} rows {kind:<4} {name:<20} {one['seconds']:>7.2f} s"
                        f" {one['peak_mb']:>6.0f} MB  {one['seconds'] / rows * 1000:.3f} ms a row",
                        flush=True,
                    )
    least, most = min(sizes), max(sizes)
    growth = {
        kind: {
            name: round(
                by_size[most][name]["seconds"]
                / max(by_size[least][name]["seconds"], 0.001)
                / (most / least),
                2,
            )
            for name in STEPS
        }
        for kind, by_size in told.items()
    }
    print(json.dumps({"sizes": sizes, "files": told, "growth": growth}))


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(Path(sys.argv[2]), sys.argv[3])
    else:
        main([int(one) for one in sys.argv[1:]] or [1_000, 20_000])
