"""The prices that go with a match, checked by somebody who knows nothing of how it was found."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from matching.engine import read_problem, solve_with_evidence
from tests.matching.engine.checker import proof_complaints
from tests.matching.engine.people import some_problem
from tests.matching.engine.strategies import problems
from tests.matching.engine.test_command import run

Json = dict[str, Any]


def solved_with_evidence(problem: Json) -> tuple[Json, Json]:
    result, evidence = solve_with_evidence(read_problem(problem))
    return result.as_json(), evidence.as_json()


@given(problems())
def test_prices_prove_whatever_was_asked(problem: Json) -> None:
    assert proof_complaints(problem, *solved_with_evidence(problem)) == []


@pytest.mark.parametrize("objective", ["fair", "total"])
def test_prices_prove_a_programme_of_sixty(objective: str) -> None:
    problem = some_problem(3, 40, 60, objective=objective)
    result, _evidence = solved_with_evidence(problem)
    problem["locked"] = [[pair["mentor"], pair["mentee"]] for pair in result["pairs"][::4]]
    assert proof_complaints(problem, *solved_with_evidence(problem)) == []


def test_a_worse_match_is_not_proved_by_them() -> None:
    problem = some_problem(4, 20, 20)
    result, evidence = solved_with_evidence(problem)
    for figure in ("count", "worst", "total"):
        worse = result | {figure: result[figure] - 1}
        assert proof_complaints(problem, worse, evidence), figure


def test_each_price_matters() -> None:
    problem = some_problem(4, 20, 20)
    result, evidence = solved_with_evidence(problem)
    dear = copy.deepcopy(evidence)
    dear["total"]["mentors"][problem["mentors"][0]["id"]] += 1
    assert proof_complaints(problem, result, dear) == ["the prices allow a higher total"]


def test_the_command_writes_them(tmp_path: Path) -> None:
    problem, prices = tmp_path / "problem.json", tmp_path / "prices.json"
    problem.write_text(json.dumps(some_problem(5, 12, 9)))
    done = run("--prices", str(prices), str(problem))
    assert done.returncode == 0
    assert done.stdout == run(str(problem)).stdout
    complaints = proof_complaints(
        json.loads(problem.read_text()), json.loads(done.stdout), json.loads(prices.read_text())
    )
    assert complaints == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(some_problem(5, 3, 3)))
    done = run("--prices", str(tmp_path / "none" / "prices.json"), str(problem))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"prices.json: cannot be written" in done.stderr
