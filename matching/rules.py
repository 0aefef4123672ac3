"""A set of rules and weights: what a programme has, a round went by and a trial varies."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import STANDARD_WEIGHTS, Rules
from matching.enums import Objective, StyleRule
from matching.models import Programme
from matching.models.programmes import CRITERIA

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RULES = (
    "mentor_is_junior",
    "shared_language",
    "working_hours_overlap",
    "minimum_score",
    "style",
    "objective",
)
WEIGHTS = tuple(f"weight_{name}" for name in CRITERIA)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The fields of a programme that the engine goes by, under the same names."""

    mentor_is_junior: bool
    shared_language: bool
    working_hours_overlap: int
    minimum_score: int
    style: str
    objective: str
    weight_skill_gap: int
    weight_interests: int
    weight_wishes: int
    weight_distance: int
    weight_way_of_working: int

    @property
    def most_points(self) -> int:
        return self.as_programme().most_points

    def as_programme(self) -> Programme:
        """A programme of nothing but these, not to be saved."""
        return Programme(**asdict(self))

    def in_problem(self) -> dict[str, Any]:
        """As the engine's problem holds them."""
        return {
            "rules": {name: getattr(self, name) for name in RULES if name != "objective"},
            "weights": {name: getattr(self, f"weight_{name}") for name in CRITERIA},
            "objective": self.objective,
        }

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        """In one line, for an address; `rules_in_text` reads it."""
        return "~".join(str(int(v) if isinstance(v, bool) else v) for v in asdict(self).values())


NAMES = tuple(field.name for field in fields(RuleSet))


def rules_of(programme: Programme) -> RuleSet:
    return RuleSet(**{name: getattr(programme, name) for name in NAMES})


def rules_in(problem: Mapping[str, Any]) -> RuleSet:
    """The rules that a problem holds, completed by the engine's own defaults."""
    given = problem.get("rules") or {}
    weights = problem.get("weights")
    if weights is None:
        weights = {name: getattr(STANDARD_WEIGHTS, name) for name in CRITERIA}
    values = {
        name: given.get(name, getattr(Rules(), name)) for name in RULES if name != "objective"
    }
    values |= {f"weight_{name}": weights.get(name, 0) for name in CRITERIA}
    return RuleSet(**values, objective=problem.get("objective") or Objective.FAIR)


def rules_in_text(text: str) -> RuleSet | None:
    """What `as_text` wrote; None for anything else."""
    parts = text.split("~")
    if len(parts) != len(NAMES):
        return None
    values: dict[str, Any] = dict(zip(NAMES, parts, strict=True))
    try:
        for name in set(NAMES) - {"style", "objective"}:
            values[name] = int(values[name])
        values["style"], values["objective"] = (
            StyleRule(values["style"]).value,
            Objective(values["objective"]).value,
        )
    except ValueError:
        return None
    for name in ("mentor_is_junior", "shared_language"):
        values[name] = bool(values[name])
    return RuleSet(**values)


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """`other` is the value of the set it is held against, where that differs."""

    name: str
    label: "StrOrPromise"
    value: str
    other: str = ""


def in_words(rules: RuleSet, than: RuleSet | None = None) -> list[RuleInWords]:
    """Each rule and weight; with `than`, what that one says where it says something else."""
    found = []
    for name in NAMES:
        value, other = getattr(rules, name), getattr(than, name) if than else None
        told = _value_in_words(name, other) if than and other != value else ""
        label = getattr(Programme._meta.get_field(name), "verbose_name")  # noqa: B009
        found.append(RuleInWords(name, label, _value_in_words(name, value), told))
    return found


def differences(rules: RuleSet, than: RuleSet) -> list[RuleInWords]:
    return [one for one in in_words(rules, than) if one.other]


def _value_in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "style":
        return str(StyleRule(value).label)
    if name == "objective":
        return str(Objective(value).label)
    if name == "working_hours_overlap":
        return ngettext("%(n)d hour", "%(n)d hours", value) % {"n": value}
    return ngettext("%(n)d point", "%(n)d points", value) % {"n": value}
