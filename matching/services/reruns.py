"""A kept round, run again: does it come to the same? Nothing is changed by asking."""

from dataclasses import asdict
from typing import Any

from matching.comparing import compare_pairs
from matching.engine import MalformedProblemError, read_problem, solve
from matching.figures import digest, engine_print, figures_of, problem_file, result_file
from matching.models import Round

MOST_TOLD = 50


def run_again(kept: Round) -> dict[str, Any]:
    """Whether the answer is the same to the byte, and if not, what differs; plain JSON.

    `is_intact` tells whether problem and result still have the fingerprints they were kept with;
    `refused` is what the engine has against the problem, `engine` same, changed or unknown.
    """
    found: dict[str, Any] = {
        "is_same": False,
        "is_intact": _is_intact(kept),
        "refused": "",
        "engine": _engine_then(kept),
        "changed": 0,
        "changes": [],
    }
    try:
        again = solve(read_problem(kept.problem)).as_json()
    except MalformedProblemError as refusal:
        return found | {"refused": str(refusal.faults[0])}
    _leave_out_held(again, kept)
    compared = compare_pairs(kept.result["pairs"], again["pairs"])
    return found | {
        "is_same": digest(result_file(again)) == kept.result_digest,
        "digest": digest(result_file(again)),
        "then": asdict(figures_of(kept.result, kept.held)),
        "now": asdict(figures_of(again, kept.held)),
        "changed": len(compared.changes),
        "changes": [asdict(change) for change in compared.changes[:MOST_TOLD]],
    }


def _is_intact(kept: Round) -> bool:
    return (digest(problem_file(kept.problem)), digest(result_file(kept.result))) == (
        kept.problem_digest,
        kept.result_digest,
    )


def _engine_then(kept: Round) -> str:
    if not kept.engine:
        return "unknown"
    return "same" if kept.engine == engine_print() else "changed"


def _leave_out_held(again: dict[str, Any], kept: Round) -> None:
    """Rounds before fingerprints were kept without the people whom other pairs hold."""
    held = set(kept.held)
    told = {person["id"] for person in kept.result["unmatched"]}
    if not kept.engine and not told & held:
        again["unmatched"] = [one for one in again["unmatched"] if one["id"] not in held]
