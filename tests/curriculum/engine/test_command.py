"""`python -m curriculum.engine`, as a script or another program calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.curriculum.engine.problems import small_problem, solved

ROOT = Path(__file__).parents[3]


def run(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """In a shell that knows nothing of Django."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [sys.executable, "-m", "curriculum.engine", *arguments],
        input=stdin,
        capture_output=True,
        env=bare,
        timeout=60,
    )


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(small_problem(4, tracks=9, pairs=4)))
    return path


def test_result_on_stdout_and_timings_on_stderr(problem: Path) -> None:
    done = run(str(problem))
    assert done.returncode == 0
    assert json.loads(done.stdout) == solved(json.loads(problem.read_text()))
    assert done.stdout.endswith(b"}\n")
    assert done.stderr.startswith(b"read ")
    assert done.stderr.count(b"\n") == 1


def test_the_same_bytes_whatever_the_machine_is_set_to(problem: Path) -> None:
    plain = run(str(problem)).stdout
    other = run(str(problem), PYTHONHASHSEED="7", LC_ALL="C", PYTHONIOENCODING="utf-16")
    assert other.stdout == plain
    assert run("-", stdin=problem.read_bytes(), PYTHONHASHSEED="1").stdout == plain


def test_ids_in_any_script_come_back(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    ids = ["Zoë", "李", "a\ud800", "two\nlines"]
    pairs = [{"id": id, "budget": {"minutes": 1}} for id in ids]
    path.write_text(json.dumps({"pairs": pairs}))
    done = run(str(path), LC_ALL="C")
    assert [plan["pair"] for plan in json.loads(done.stdout)["plans"]] == ids


def test_every_flaw_has_its_line_and_nothing_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text('{"pairs": [{"id": "p"}, {"id": "p", "budget": {"minutes": true}}], "x": 1}')
    done = run(str(path))
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        "x: is not known here; known are tracks, pairs",
        "pairs[0].budget: is missing",
        'pairs[1].id: "p" is the id of pairs[0] already',
        "pairs[1].budget.minutes: must be a whole number of 0 or more, not true",
    ]


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == f"{tmp_path}: cannot be read: Is a directory\n".encode()
    missing = tmp_path / "missing.json"
    assert run(str(missing)).stderr.endswith(b"cannot be read: No such file or directory\n")
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert run(str(broken)).stderr.startswith(f"{broken}: is not JSON: ".encode())


def test_anything_but_one_file_is_answered_with_how_to_call_it() -> None:
    for arguments in ((), ("a.json", "b.json"), ("--quick",)):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stderr.startswith(b"usage: ")
    assert run("--help").stdout.startswith(b"usage: ")


def test_the_engine_brings_no_framework_along() -> None:
    code = (
        "import sys, curriculum.engine; "
        "print(sorted({name.split('.')[0] for name in sys.modules} "
        "& {'django', 'wagtail', 'numpy', 'scipy', 'ortools', 'random'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60)
    assert done.stdout == b"[]\n"
