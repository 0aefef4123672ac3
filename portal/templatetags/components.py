"""Geometry for the pictures that the components draw: arcs, rings, bars, bands.

Each tag takes figures and returns a frozen dataclass of ready attribute values (strings and
numbers in SVG user units); the markup, and the same figures as text, stay in templates/components.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Any

from django import template

register = template.Library()

TOP_LEVEL = 5
GAUGE_CENTRE = (60.0, 60.0)
GAUGE_START = 150.0
GAUGE_SWEEP = 240.0
ASKED_RADIUS = 52.0
REACHED_RADIUS = 42.0
TONES = ("ink", "accent", "second", "edge")


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class GoalArcs:
    """A goal on a scale from 0 to 5, drawn in a box of 120 by 100 units."""

    scale: str
    asked: str
    reached: str
    levels: tuple[Point, ...]
    now: Point


@dataclass(frozen=True)
class Ring:
    """How much of a circle is drawn: its circumference, and the dash that leaves the rest open."""

    length: float
    drawn: float
    percent: int

    @property
    def dashes(self) -> str:
        return f"{self.drawn} {self.length}"


@dataclass(frozen=True)
class BarPart:
    label: str
    value: float
    start: float
    width: float
    tone: str


@dataclass(frozen=True)
class Stage:
    """One stage of a flow; `band` runs from its own height to the next one's, in 100 by 40."""

    label: str
    count: int
    url: str
    note: str
    waiting: bool
    share: float
    band: str


@dataclass(frozen=True)
class Cell:
    text: object
    label: str = ""
    href: str = ""
    state: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def point_on_circle(centre: tuple[float, float], radius: float, degrees: float) -> Point:
    """Degrees run clockwise from three o'clock, as SVG's y axis points down."""
    angle = radians(degrees)
    return Point(
        round(centre[0] + radius * cos(angle), 2), round(centre[1] + radius * sin(angle), 2)
    )


def arc_path(centre: tuple[float, float], radius: float, start: float, end: float) -> str:
    """The `d` of an arc clockwise from start to end, in degrees; empty when it has no length."""
    if end - start < 0.01:
        return ""
    first, last = (point_on_circle(centre, radius, angle) for angle in (start, end))
    large = 1 if end - start > 180 else 0
    return f"M{first.x:g} {first.y:g}A{radius:g} {radius:g} 0 {large} 1 {last.x:g} {last.y:g}"


def gauge_angle(level: float, top: float) -> float:
    return GAUGE_START + GAUGE_SWEEP * min(max(level, 0), top) / top


def as_number(value: object) -> float:
    """Templates pass what they have: a number, its text, nothing. Nothing counts as none."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0.0


@register.simple_tag
def goal_arcs(start: object, target: object, now: object, top: int = TOP_LEVEL) -> GoalArcs:
    """Two arcs that pass each other: what was asked for outside, what was reached inside.

    Someone who fell below where they started gets no inner arc, only the dot where they are.
    """
    first, last, here = (gauge_angle(level, top) for level in map(as_number, (start, target, now)))
    return GoalArcs(
        scale=arc_path(GAUGE_CENTRE, ASKED_RADIUS, GAUGE_START, GAUGE_START + GAUGE_SWEEP),
        asked=arc_path(GAUGE_CENTRE, ASKED_RADIUS, first, last),
        reached=arc_path(GAUGE_CENTRE, REACHED_RADIUS, first, here),
        levels=tuple(
            point_on_circle(GAUGE_CENTRE, ASKED_RADIUS, gauge_angle(level, top))
            for level in range(top + 1)
        ),
        now=point_on_circle(GAUGE_CENTRE, REACHED_RADIUS, here),
    )


@register.simple_tag
def ring(value: object, total: object, radius: float = 54) -> Ring:
    """The share of a circle that value of total fills, never less than none or more than all."""
    percent = share_percent(value, total)
    length = round(2 * pi * radius, 2)
    return Ring(length=length, drawn=round(length * percent / 100, 2), percent=round(percent))


@register.simple_tag
def share_percent(value: object, total: object) -> float:
    """value of total in percent, 0 to 100; 0 when there is nothing to divide."""
    whole = as_number(total)
    if whole <= 0:
        return 0.0
    return round(min(max(as_number(value) / whole, 0), 1) * 100, 2)


@register.simple_tag
def score_parts(parts: Iterable[Mapping[str, Any]], total: object = 0) -> list[BarPart]:
    """Lay the parts of a score end to end in a bar of 100 units.

    Each part is a mapping of label and value, and of a tone where the same thing is to look the
    same in every bar; else tones go by the place. The whole bar stands for `total`, or for the sum
    of the parts when no total is given, so that what a pair does not reach stays open.
    """
    listed = [
        (
            str(part["label"]),
            max(as_number(part["value"]), 0),
            str(part.get("tone") or TONES[place % len(TONES)]),
        )
        for place, part in enumerate(parts)
    ]
    whole = max(as_number(total), sum(value for _, value, _ in listed)) or 1
    laid: list[BarPart] = []
    start = 0.0
    for label, value, tone in listed:
        width = round(value / whole * 100, 2)
        laid.append(BarPart(label, value, round(start, 2), width, tone))
        start += width
    return laid


@register.simple_tag
def flow_stages(stages: Sequence[Mapping[str, Any]]) -> list[Stage]:
    """Give each stage its share of the largest and the band that leads on to the next."""
    counts = [int(as_number(stage.get("count"))) for stage in stages]
    most = max(counts, default=0) or 1
    shares = [count / most for count in counts]
    followed = [*shares[1:], shares[-1]] if shares else []
    return [
        Stage(
            label=str(stage["label"]),
            count=count,
            url=str(stage.get("url") or ""),
            note=str(stage.get("note") or ""),
            waiting=bool(stage.get("waiting")),
            share=round(share * 100, 1),
            band=band_points(share, following),
        )
        for stage, count, share, following in zip(stages, counts, shares, followed, strict=True)
    ]


def band_points(share: float, following: float) -> str:
    """A band around the middle of a box 100 by 40; even nobody leaves a thread to follow.

    It runs half a unit over each side, so that no seam shows between two stages.
    """
    left, right = (max(part * 20, 0.75) for part in (share, following))
    corners = [(-0.5, 20 - left), (60, 20 - left), (100.5, 20 - right)]
    corners += [(100.5, 20 + right), (60, 20 + left), (-0.5, 20 + left)]
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


@register.filter
def initials(name: object) -> str:
    """First letters of the first and the last word of a name; a middle dot for no name."""
    words = [word for word in str(name or "").replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return "·"
    ends = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


@register.simple_tag
def lay_table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Table:
    """Give each cell the name of its column, and each column the side its figures stand on.

    A cell is plain text or a mapping of text, href, number and state. A row longer than the head
    keeps its cells, without a name.
    """
    laid = [
        tuple(
            make_cell(cell, str(head[place]) if place < len(head) else "")
            for place, cell in enumerate(row)
        )
        for row in rows
    ]
    first: tuple[Cell, ...] = laid[0] if laid else ()
    columns = tuple(
        Cell(text=str(name), number=place < len(first) and first[place].number)
        for place, name in enumerate(head)
    )
    return Table(columns=columns, rows=tuple(laid))


def make_cell(cell: object, label: str) -> Cell:
    if not isinstance(cell, Mapping):
        return Cell(text=cell, label=label)
    return Cell(
        text=cell.get("text", ""),
        label=label,
        href=str(cell.get("href") or ""),
        state=str(cell.get("state") or ""),
        number=bool(cell.get("number")),
    )


@register.filter
def hold_end(sentence: object) -> str:
    """Ties the last three words together, so that no line of a centred text holds just one."""
    words = str(sentence or "").split()
    if len(words) < 6:
        return " ".join(words)
    return " ".join([*words[:-3], "\u00a0".join(words[-3:])])


@register.filter
def bare_address(url: object) -> str:
    """An address as people read and type it: without the scheme, without a slash at the end."""
    return str(url or "").split("://", 1)[-1].rstrip("/")
