"""The compiled loops: kept where they are found anew, and made anew when they change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matching.engine import kernels
from tests.matching.engine.test_command import ROOT

MODULES = sorted(Path(kernels.__file__).parent.glob("[!_]*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_all_parts_of_a_kernel_stand_in_its_file(module: Path) -> None:
    """What is kept on disk is stale when a part changes that stands in another file."""
    lines = module.read_text().splitlines()
    imported = [line for line in lines if line.startswith("from matching.")]
    assert all(line.startswith("from matching.engine.kernels import ") for line in imported)


def test_where_nothing_can_be_kept_the_engine_still_solves(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(
        '{"mentors": [{"id": "ada", "levels": {"law": 3}}],'
        ' "mentees": [{"id": "bo", "goals": {"law": {"target": 3}}}]}'
    )
    nowhere = {"NUMBA_CACHE_DIR": "/dev/null/nowhere", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "matching.engine", str(problem)],
        capture_output=True,
        env={"PATH": os.environ["PATH"]} | nowhere,
        timeout=120,
    )
    assert b'"count": 1' in done.stdout
    assert not (tmp_path / "nowhere").exists()
