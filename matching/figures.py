"""What a round's answer comes to in figures, and the fingerprints by which it is known again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from matching import engine
from matching.engine import CODES, CRITERIA

PAIR = ("mentor", "mentee", "score", "parts", "covers", "locked")
COVER = ("skill", "from", "to", "target")
PERSON = ("id", "side", "cause", "detail")
RESULT = ("pairs", "unmatched", "count", "worst", "total", "bound", "optimal")
# What a compiler leaves beside the source differs from machine to machine.


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores in thousandths of a point. Standing pairs count in none of these."""

    count: int
    worst: int | None
    total: int
    bound: int
    is_optimal: bool
    median: int | None
    left_over: int


def figures_of(result: Mapping[str, Any], held: Iterable[str] = ()) -> Figures:
    """`held` are ids of people whom the result leaves over although a pair holds them."""
    spared = set(held)
    return Figures(
        count=result["count"],
        worst=result["worst"],
        total=result["total"],
        bound=result["bound"],
        is_optimal=result["optimal"],
        median=median_of(pair["score"] for pair in result["pairs"] if not pair["locked"]),
        left_over=sum(person["id"] not in spared for person in result["unmatched"]),
    )


def median_of(scores: Iterable[int]) -> int | None:
    """The middle score; between two, halfway, and a half thousandth up."""
    ranked = sorted(scores)
    if not ranked:
        return None
    middle = len(ranked) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle] + 1) // 2


def result_file(result: Mapping[str, Any]) -> bytes:
    """The result to the byte as `python -m matching.engine` writes it.

    A database may give the keys of JSON back in another order.
    """
    ordered = _only(RESULT, result)
    ordered["pairs"] = [
        _only(PAIR, pair)
        | {
            "parts": _only(CRITERIA, pair["parts"]),
            "covers": [_only(COVER, cover) for cover in pair["covers"]],
        }
        for pair in result["pairs"]
    ]
    ordered["unmatched"] = [
        _only(PERSON, person) | {"detail": _only(CODES, person["detail"])}
        for person in result["unmatched"]
    ]
    return json.dumps(ordered, indent=1).encode("ascii") + b"\n"


def problem_file(problem: Mapping[str, Any]) -> bytes:
    """The problem for `python -m matching.engine`, its keys in the order of the alphabet."""
    return json.dumps(problem, indent=1, sort_keys=True).encode("ascii") + b"\n"


def _only(keys: Iterable[str | None], value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in keys if key is not None and key in value}


def digest(content: bytes) -> str:
    """SHA-256, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=1)
def engine_print() -> str:
    """A fingerprint of the engine's source: two engines that are alike answer alike."""
    folder = Path(engine.__file__).parent
    read = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        read.update(f"{file.relative_to(folder)}\n".encode())
        read.update(file.read_bytes())
    return read.hexdigest()
