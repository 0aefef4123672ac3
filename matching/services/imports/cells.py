"""What one cell says: each function takes its text and gives its value, or raises `CellRefused`."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from matching.services.imports.columns import GoalCell
from portal.zones import known_zones

LONGEST_NAME = 200
LONGEST_SKILL = 120
LONGEST_INTEREST = 100
MOST_YEARS = Decimal("999.99")
MOST_PAIRS = 1_000
UNSAID_LEVEL = 3
Value = TypeVar("Value")

GOAL_TAIL = re.compile(r"(?P<target>\d+)(?P<marks>!*)")


class CellRefused(Exception):
    """Says in words what is wrong with the cell and what to write instead, each fault by itself.

    `skills` are those that the cell names all the same, so that unknown ones are told too.
    """

    def __init__(self, *problems: str, skills: Iterable[str] = ()) -> None:
        self.problems = problems
        self.skills = tuple(skills)
        super().__init__(" ".join(problems))


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CellRefused(_("“%(text)s” is not an email address.") % {"text": text}) from None
    if len(text) > 254:
        raise CellRefused(_("This address is longer than 254 characters."))
    return text.lower()


def read_text(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise CellRefused(_("This is longer than %(most)d characters.") % {"most": LONGEST_NAME})
    return text


def read_choice(choices: type[StrEnum]) -> Callable[[str], str]:
    """A reader of one of the words of `choices`, in any case."""

    def read(text: str) -> str:
        words = [str(word) for word in choices]
        if text.lower() in words:
            return text.lower()
        raise CellRefused(
            _("“%(text)s” is none of: %(words)s.") % {"text": text, "words": ", ".join(words)}
        )

    return read


def read_years(text: str) -> Decimal:
    try:
        years = Decimal(text) if re.fullmatch(r"[+-]?\d*\.?\d+\.?", text) else None
    except InvalidOperation:
        years = None
    if years is None or not 0 <= years <= MOST_YEARS:
        raise CellRefused(
            _("“%(text)s” is not a number of years from 0. Write 4 or 4.5.") % {"text": text}
        )
    if years != years.quantize(Decimal("0.01")):
        raise CellRefused(_("Years take at most two decimals: 4.25."))
    # Without the sign that a nought may carry.
    return abs(years.quantize(Decimal("0.01")))


def read_capacity(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MOST_PAIRS):
        raise CellRefused(
            _("“%(text)s” is not a number of pairs from 1 to %(most)d.")
            % {"text": text, "most": MOST_PAIRS}
        )
    return int(text)


def read_zone(text: str) -> str:
    if text not in known_zones():
        raise CellRefused(
            _("“%(text)s” is not a time zone. Write it as Europe/London.") % {"text": text}
        )
    return text


def split_list(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(";")) if part]


def read_languages(text: str) -> tuple[str, ...]:
    codes = [code.lower() for code in split_list(text)]
    strange = [code for code in codes if not re.fullmatch(r"[a-z]{2}", code)]
    if strange:
        text = _("“%(code)s” is not a language of two letters. Write en;de.")
        raise CellRefused(*(text % {"code": code} for code in dict.fromkeys(strange)))
    return tuple(dict.fromkeys(codes))


def read_interests(text: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for interest in split_list(text):
        if len(interest) > LONGEST_INTEREST:
            raise CellRefused(
                _("An interest here is longer than %(most)d characters. Put ; between interests.")
                % {"most": LONGEST_INTEREST}
            )
        found.setdefault(interest.casefold(), interest)
    return tuple(found.values())


def read_expertise(text: str, skills: Mapping[str, str]) -> dict[str, int]:
    """Levels by skill. `skills` maps names that exist, without case, to how they are written."""
    return _read_skills(text, skills, _read_level)


def read_goals(text: str, skills: Mapping[str, str]) -> dict[str, GoalCell]:
    """Goals by skill: the level wanted, and one more of weight for each exclamation mark."""
    return _read_skills(text, skills, _read_goal)


def _read_skills(
    text: str, skills: Mapping[str, str], read_tail: Callable[[str, str | None], Value]
) -> dict[str, Value]:
    """What `read_tail` makes of each part of the list, by skill; raises all faults at once."""
    found: dict[str, Value] = {}
    named: dict[str, str] = {}
    faults: list[str] = []
    for part in split_list(text):
        name, tail = _split_skill(part, skills)
        try:
            name = _skill_name(name, part, skills)
            if name.casefold() in named:
                faults.append(_("“%(part)s”: this skill stands here twice.") % {"part": part})
            named.setdefault(name.casefold(), name)
            found[name] = read_tail(part, tail)
        except CellRefused as refusal:
            faults += refusal.problems
    if faults:
        raise CellRefused(*dict.fromkeys(faults), skills=named.values())
    return found


def _read_level(part: str, tail: str | None) -> int:
    if tail is None:
        return UNSAID_LEVEL
    if not re.fullmatch(r"[0-5]", tail):
        raise CellRefused(_("“%(part)s”: a level is a number from 0 to 5.") % {"part": part})
    return int(tail)


def _read_goal(part: str, tail: str | None) -> GoalCell:
    found = GOAL_TAIL.fullmatch((tail or "").replace(" ", ""))
    if not found or found["target"] not in {"1", "2", "3", "4", "5"}:
        raise CellRefused(
            _("“%(part)s”: a goal needs its level from 1 to 5, as in Databases:4.") % {"part": part}
        )
    if len(found["marks"]) > 2:
        raise CellRefused(
            _("“%(part)s”: a goal takes at most two exclamation marks.") % {"part": part}
        )
    return GoalCell(int(found["target"]), 1 + len(found["marks"]))


def _split_skill(part: str, skills: Mapping[str, str]) -> tuple[str, str | None]:
    """Name and what stands after its last colon. A name may hold a colon itself: known ones win."""
    if part.casefold() in skills or ":" not in part:
        return part, None
    name, _colon, tail = part.rpartition(":")
    return name.strip(), tail.strip()


def _skill_name(name: str, part: str, skills: Mapping[str, str]) -> str:
    if not name:
        raise CellRefused(_("“%(part)s” names no skill.") % {"part": part})
    if len(name) > LONGEST_SKILL:
        raise CellRefused(
            _("“%(part)s…” is too long for a skill. Put ; between skills.") % {"part": part[:40]}
        )
    return skills.get(name.casefold(), name)
