"""What a match costs: seconds and memory, against named peers in the same run.

    make bench-matching            everything, a few minutes
    python benchmarks/match.py growth --draw docs/pictures/matching-cost.svg

Each figure is taken in a process of its own, which is told nothing but its name; the peak of its
memory includes Python and the libraries it loads. Ours is compiled before the clock starts, as it
is once on every machine; how long that takes is printed too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS_PYTHON = ROOT / ".venv-mentor-match" / "bin" / "python"
SIDES = (1_000, 2_000, 4_000, 7_000, 10_000)


def measured(name: str, *arguments: object, python: str | Path = sys.executable) -> dict[str, Any]:
    """What the child process `name` of `children.py` found."""
    script = "mentor_match.py" if name == "mentor_match" else "match_children.py"
    command = [str(python), str(HERE / script), name, *map(str, arguments)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(what: str, found: dict[str, Any]) -> None:
    runs = f" (median of {len(found['seconds'])})" if len(found["seconds"]) > 1 else ""
    print(f"  {what:<34}{median(found['seconds']):9.3f} s{runs}   {found['peak_mb']:6.0f} MB")


def ratio(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    return median(theirs["seconds"]) / median(ours["seconds"])


def solving_alone() -> None:
    print("The solving alone: 4,000 × 4,000 whole scores, objective total, ours with its proof")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("scores", "uniform"):
            matrix = Path(folder) / f"{kind}.npy"
            measured("make_matrix", kind, matrix)
            theirs = measured("scipy", matrix)
            ours = measured("ours", matrix)
            print(f"  {'scores of invented people' if kind == 'scores' else 'drawn evenly'}:")
            shown("scipy linear_sum_assignment", theirs)
            shown("Turnabout", ours)
            same = ours["figures"] == theirs["figures"] and ours["optimal"]
            print(
                f"  {ratio(ours, theirs):.1f} times as fast; same count and total, proved: {same}"
            )
    print(f"  compiling, once on a machine: {measured('compile')['seconds'][0]:.1f} s\n")


def end_to_end() -> None:
    print("End to end, scoring included: 500 mentors × 500 mentees")
    runs = [measured("mentor_match", 500, python=PEERS_PYTHON) for _ in range(3)]
    theirs = runs[0] | {"seconds": [run["seconds"][0] for run in runs]}
    ours = measured("whole", 500, "fair", "one")
    shown("mentor-match 7.0.1, one round", theirs)
    shown("Turnabout", ours)
    print(
        f"  {ratio(ours, theirs):.0f} times as fast; without a partner: "
        f"{500 - ours['figures'][0]} of ours, {500 - theirs['figures'][0]} of theirs; "
        f"proved that nobody more can be placed: {ours['optimal']}\n"
    )


def growth(picture: Path | None) -> None:
    print("All rules, 60 skills, capacities 1–3, objective fair")
    found = []
    for side in SIDES:
        found.append(measured("whole", side, "fair", "several"))
        shown(f"{side:,} × {side:,}", found[-1])
        count, worst, total = found[-1]["figures"]
        print(
            f"    {count:,} pairs, worst {worst:,}, total {total:,}, proved: {found[-1]['optimal']}"
        )
    seconds = [median(one["seconds"]) for one in found]
    pairs = (SIDES[-1] / SIDES[0]) ** 2
    print(
        f"  from {SIDES[0]:,} to {SIDES[-1]:,} a side: {pairs:.0f} times the possible pairs, "
        f"{seconds[-1] / seconds[0]:.0f} times the seconds"
    )
    if picture is not None:
        from match_picture import drawn

        picture.write_text(drawn(SIDES, seconds, [one["peak_mb"] for one in found]))
        print(f"  drawn in {picture}")


def main() -> None:
    parser = argparse.ArgumentParser(description="What a match costs.")
    parser.add_argument("part", nargs="?", choices=("alone", "whole", "growth"))
    parser.add_argument("--draw", type=Path, metavar="SVG")
    asked = parser.parse_args()
    if asked.part in (None, "alone"):
        solving_alone()
    if asked.part in (None, "whole"):
        end_to_end()
    if asked.part in (None, "growth"):
        growth(asked.draw)


if __name__ == "__main__":
    main()
