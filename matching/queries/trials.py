"""Two outcomes beside each other, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.comparing import compare_pairs
from matching.models import Programme
from matching.queries.names import names_of
from matching.queries.rounds import MOST_SHOWN, ChangeInWords, describe_changes, ids_in_changes
from matching.round_wording import score_in_words
from matching.rules import WEIGHTS, RuleInWords, RuleSet, differences


@dataclass(frozen=True)
class FigureRow:
    label: str
    first: str
    second: str
    difference: str


@dataclass(frozen=True)
class TrialPage:
    """`changes` are the first of `changed` mentees whose mentor differs; `said` is the whole in a
    sentence, for who does not see it; `differs` says where the second set differs from the first.
    """

    rows: list[FigureRow]
    differs: list[RuleInWords]
    changed: int
    changes: list[ChangeInWords]
    why_none: list[str]
    said: str
    weights_differ: bool


def describe_trial(
    programme: Programme, sets: Sequence[RuleSet], outcomes: Sequence[Mapping[str, Any]]
) -> TrialPage:
    """One query, for names."""
    first, second = outcomes
    compared = compare_pairs(first["pairs"], second["pairs"])
    shown = compared.changes[:MOST_SHOWN]
    changed = len(compared.changes)
    return TrialPage(
        rows=_rows(first, second),
        differs=differences(sets[1], sets[0]),
        changed=changed,
        changes=describe_changes(shown, names_of(programme, ids_in_changes(shown))),
        why_none=[first["why_none"], second["why_none"]],
        said=_said(first, second, changed),
        weights_differ=any(getattr(sets[0], name) != getattr(sets[1], name) for name in WEIGHTS),
    )


def _rows(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[FigureRow]:
    whole = (("count", _("Pairs")), ("left_over", _("Left over")))
    scores = (
        ("worst", _("Worst pair, in points")),
        ("median", _("Middle pair, in points")),
        ("total", _("All pairs, in points")),
    )
    rows = [
        FigureRow(label, str(first[name]), str(second[name]), _signed(second[name] - first[name]))
        for name, label in whole
    ]
    for name, label in scores:
        one, other = first[name], second[name]
        apart = "" if one is None or other is None else _signed((other - one) / 1000, 1)
        rows.append(FigureRow(label, score_in_words(one), score_in_words(other), apart))
    one, other = [
        _("%(covered)d of %(open)d")
        % {"covered": each["goals_covered"], "open": each["goals_open"]}
        for each in (first, second)
    ]
    more = second["goals_covered"] - first["goals_covered"]
    return [*rows, FigureRow(_("Goals that a mentor can lift"), one, other, _signed(more))]


def _signed(value: float, places: int = 0) -> str:
    if round(value, places) == 0:
        return "0"
    sign = "+" if value > 0 else "−"
    return sign + number_format(round(abs(value), places), places)


def _said(first: Mapping[str, Any], second: Mapping[str, Any], changed: int) -> str:
    told = [
        _("Pairs: %(first)s and %(second)s."),
        _("Left over: %(first)s and %(second)s."),
        _("Worst pair: %(first)s and %(second)s points."),
    ]
    values = [(first[name], second[name]) for name in ("count", "left_over")]
    values.append((score_in_words(first["worst"]), score_in_words(second["worst"])))
    said = [
        text % {"first": one, "second": other}
        for text, (one, other) in zip(told, values, strict=True)
    ]
    text = ngettext(
        "%(n)d mentee has another mentor.", "%(n)d mentees have another mentor.", changed
    )
    return " ".join([*said, text % {"n": changed}])
