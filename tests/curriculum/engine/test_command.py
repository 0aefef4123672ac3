"""`python -m curriculum.engine`: the same bytes each time, and bad input told line by line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from curriculum.engine import MalformedProblemError, read_problem
from tests.curriculum.engine.problems import small_problem

ROOT = Path(__file__).resolve().parents[3]


def run(path: Path | str) -> subprocess.CompletedProcess[str]:
    """Without settings, environment or database."""
    return subprocess.run(
        [sys.executable, "-m", "curriculum.engine", str(path)],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "random"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_problem_gives_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(small_problem(7)))
    first, second = run(file), run(file)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert set(json.loads(first.stdout)) == {"plans", "errors"}


def test_a_file_that_is_not_there_is_told() -> None:
    answer = run("nowhere.json")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nowhere.json" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_malformed_problem_exits_2_with_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text('{"tracks": [{"id": "t", "minutes": 0}], "pairs": [{"id": 3}]}')
    answer = run(file)
    assert (answer.returncode, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert [line.split(":")[0] for line in sorted(lines)] == [
        "pairs[0].budget",
        "pairs[0].id",
        "tracks[0].minutes",
        "tracks[0].outcomes",
    ]


def good() -> dict[str, Any]:
    outcome = {"skill": "SQL", "from": 1, "to": 2}
    tracks = [{"id": "t", "outcomes": [outcome], "minutes": 30}]
    pair = {"id": "p", "budget": {"minutes": 60}, "goals": {"SQL": {"target": 2}}}
    return {"tracks": tracks, "pairs": [pair]}


def test_the_good_problem_is_good() -> None:
    assert read_problem(json.dumps(good()))


@pytest.mark.parametrize(
    ("where", "value", "path"),
    [
        (("extra",), 1, "extra"),
        (("tracks", 0, "colour"), "red", "tracks[0].colour"),
        (("tracks", 0, "minutes"), 0, "tracks[0].minutes"),
        (("tracks", 0, "minutes"), True, "tracks[0].minutes"),
        (("tracks", 0, "minutes"), 1.5, "tracks[0].minutes"),
        (("tracks", 0, "minutes"), None, "tracks[0].minutes"),
        (("tracks", 0, "id"), "", "tracks[0].id"),
        (("tracks", 0, "outcomes"), [], "tracks[0].outcomes"),
        (("tracks", 0, "outcomes", 0, "to"), 1, "tracks[0].outcomes[0]"),
        (("tracks", 0, "outcomes", 0, "to"), 6, "tracks[0].outcomes[0].to"),
        (("tracks", 0, "outcomes", 0, "from"), 5, "tracks[0].outcomes[0].from"),
        (("tracks", 0, "requires"), ["x"], "tracks[0].requires[0]"),
        (("tracks", 0, "requires"), ["t"], "tracks[0].requires"),
        (("tracks", 0, "self_guided"), "yes", "tracks[0].self_guided"),
        (("pairs", 0, "goals", "SQL", "target"), 0, "pairs[0].goals"),
        (("pairs", 0, "goals", "SQL", "weight"), 4, "pairs[0].goals"),
        (("pairs", 0, "levels"), {"SQL": 6}, "pairs[0].levels"),
        (("pairs", 0, "budget", "minutes"), -1, "pairs[0].budget.minutes"),
        (("pairs", 0, "budget"), {}, "pairs[0].budget.minutes"),
        (("pairs", 0, "locked"), ["x"], "pairs[0].locked[0]"),
        (("pairs", 0, "current"), ["t", "t"], "pairs[0].current[1]"),
        (("pairs", 0, "minutes_left"), {"x": 1}, "pairs[0].minutes_left"),
        (("pairs", 0, "minutes_left"), {"t": 0}, "pairs[0].minutes_left"),
    ],
)
def test_each_fault_is_told_with_its_place(where: tuple[Any, ...], value: Any, path: str) -> None:
    problem = good()
    place: Any = problem
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    with pytest.raises(MalformedProblemError) as refused:
        read_problem(json.dumps(problem))
    assert len(refused.value.flaws) == 1
    assert str(refused.value).startswith(path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"tracks": [], "tracks": [], "pairs": []}', '{"tracks": NaN}', "\xff"],
)
def test_what_is_no_problem_at_all_is_refused(text: str) -> None:
    with pytest.raises(MalformedProblemError):
        read_problem(text.encode("latin-1"))


def test_two_tracks_of_one_id_are_refused() -> None:
    problem = good()
    problem["tracks"] *= 2
    with pytest.raises(MalformedProblemError, match=r"tracks\[1\]\.id"):
        read_problem(json.dumps(problem))


def test_a_circle_of_requirements_is_refused() -> None:
    problem = good()
    twin = {**problem["tracks"][0], "id": "u", "requires": ["t"]}
    problem["tracks"] = [{**problem["tracks"][0], "requires": ["u"]}, twin]
    with pytest.raises(MalformedProblemError, match="requires"):
        read_problem(json.dumps(problem))


def test_nothing_to_plan_is_no_fault() -> None:
    assert read_problem('{"tracks": [], "pairs": []}')
