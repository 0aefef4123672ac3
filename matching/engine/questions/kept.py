"""A result that was kept as JSON, to be asked about later."""

from collections.abc import Mapping
from typing import Any

from matching.engine.result import Cover, Pair, Result, Unmatched


def read_result(value: Mapping[str, Any]) -> Result:
    """What `Result.as_json` wrote."""
    return Result(
        pairs=tuple(_pair(pair) for pair in value["pairs"]),
        unmatched=tuple(Unmatched(**person) for person in value["unmatched"]),
        **{name: value[name] for name in ("count", "worst", "total", "bound", "optimal")},
    )


def _pair(value: Mapping[str, Any]) -> Pair:
    covers = tuple(
        Cover(cover["skill"], cover["from"], cover["to"], cover["target"])
        for cover in value["covers"]
    )
    return Pair(**{**value, "covers": covers})
