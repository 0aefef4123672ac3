"""`python -m matching.engine`, as a script or another program calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matching.engine.people import solved, some_problem

ROOT = Path(__file__).parents[3]


Done = subprocess.CompletedProcess[bytes]


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    """In a shell that knows nothing of Django."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [sys.executable, "-m", "matching.engine", *arguments],
        input=stdin,
        capture_output=True,
        env=bare,
        timeout=60,
    )


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(some_problem(5, 12, 9)))
    return path


def test_result_on_stdout_and_timings_on_stderr(problem: Path) -> None:
    done = run(str(problem))
    assert done.returncode == 0
    assert json.loads(done.stdout) == solved(json.loads(problem.read_text()))
    assert done.stdout.endswith(b"}\n")
    assert done.stderr.startswith(b"read ")


def test_the_same_bytes_whatever_the_machine_is_set_to(problem: Path) -> None:
    plain = run(str(problem)).stdout
    other = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONIOENCODING": "utf-16"}
    assert run(str(problem), **other).stdout == plain
    assert run("-", stdin=problem.read_bytes(), OMP_NUM_THREADS="1").stdout == plain


def test_ids_in_any_script_come_back(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    ids = ["Zoë", "李", "a\ud800"]
    people = {"mentors": [{"id": id} for id in ids], "mentees": []}
    path.write_text(json.dumps(people))
    done = run(str(path), LC_ALL="C")
    assert [person["id"] for person in json.loads(done.stdout)["unmatched"]] == sorted(ids)


@pytest.mark.parametrize("arguments", [[], ["a.json", "b.json"], ["--prices"], ["-x"]])
def test_anything_but_one_file_is_answered_with_the_usage(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: python -m matching.engine")
    assert done.stderr.count(b"\n") == 1


def test_help_is_no_error() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith(b"usage: ")


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        done = run(str(path))
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().startswith(f"{path}: cannot be read: ")
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{", 1),
        ("[]", 1),
        ('{"mentors": [{"id": "a", "capacity": NaN}], "mentees": [{}], "x\\ny": 1}', 3),
        ('{"mentors": [{"id": "\\ud800", "meets": "\\ud800\\n"}], "mentees": []}', 1),
    ],
)
def test_a_malformed_problem_is_one_line_a_problem(tmp_path: Path, text: str, lines: int) -> None:
    path = tmp_path / "problem.json"
    path.write_text(text)
    done = run(str(path), LC_ALL="C")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == lines
    assert b"Traceback" not in done.stderr


def test_the_engine_brings_no_django(problem: Path) -> None:
    look = "import sys, matching.engine; print([name for name in sys.modules if 'django' in name])"
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, env=bare)
    assert done.stdout == b"[]\n"
