"""The laws of the look: contrast in both themes, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

ROOT = Path(settings.BASE_DIR)
SHEETS = ROOT / "portal/static/portal/css"
GROUNDS = ("paper", "surface", "sunk")
STATES = ("accent", "second", "good", "careful", "wrong")


def read_themes() -> dict[str, dict[str, str]]:
    """The colours by name in each block of tokens.css that sets a scheme, in their order."""
    blocks = re.findall(r"color-scheme: (\w+);(.*?)}", (SHEETS / "tokens.css").read_text(), re.S)
    names = ("light", "dark by system", "dark by choice")
    return {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
        for name, (_, body) in zip(names, blocks, strict=True)
    }


def measure_luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, of #rrggbb."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    light, dark = sorted((measure_luminance(one), measure_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def list_text_pairs() -> list[tuple[str, str]]:
    words = ("ink", "soft", *STATES)
    pairs = [(word, ground) for word in words for ground in GROUNDS]
    pairs += [(state, f"{state}-wash") for state in STATES]
    pairs += [(word, f"{state}-wash") for word in ("ink", "soft") for state in STATES]
    pairs += [("accent-strong", ground) for ground in GROUNDS]
    return [*pairs, ("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-wrong", "wrong")]


def list_shape_pairs() -> list[tuple[str, str]]:
    shapes = ("edge", "band", "accent")
    return [(shape, ground) for shape in shapes for ground in ("paper", "surface")]


@pytest.mark.parametrize("theme", ["light", "dark by system"])
def test_text_reads_well_on_every_ground(theme: str) -> None:
    colours = read_themes()[theme]
    measured = {
        pair: measure_contrast(colours[pair[0]], colours[pair[1]]) for pair in list_text_pairs()
    }
    assert {pair: round(value, 2) for pair, value in measured.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark by system"])
def test_controls_and_pictures_stand_out_from_their_ground(theme: str) -> None:
    colours = read_themes()[theme]
    measured = {
        pair: measure_contrast(colours[pair[0]], colours[pair[1]]) for pair in list_shape_pairs()
    }
    assert {pair: round(value, 2) for pair, value in measured.items() if value < 3} == {}


def test_dark_is_the_same_whether_the_system_or_the_person_chose_it() -> None:
    themes = read_themes()
    assert themes["dark by system"] == themes["dark by choice"]
    assert themes["light"].keys() == themes["dark by choice"].keys()


def test_colours_are_decided_in_one_sheet() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)")
    others = [path for path in SHEETS.glob("*.css") if path.name not in {"tokens.css", "print.css"}]
    assert len(others) > 5
    assert [path.name for path in others if colour.search(path.read_text())] == []


@pytest.mark.parametrize(
    "path",
    [path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts],
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_no_template_carries_style_or_script_in_itself(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_every_file_that_a_sheet_names_is_there() -> None:
    named = [
        (path.parent / name).resolve()
        for path in SHEETS.glob("*.css")
        for name in re.findall(r"url\(\"([^\"]+)\"\)", path.read_text())
    ]
    assert named
    assert [str(path) for path in named if not path.exists()] == []


def test_a_letter_fetches_nothing_and_stays_readable_in_the_dark() -> None:
    letter = CSSInliner(load_remote_stylesheets=False).inline(
        render_to_string("mail/base.html", {"base_url": "https://mentoring.example.org"})
    )
    assert "prefers-color-scheme: dark" in letter
    assert not re.search(r"<link|<img|url\(|@import", letter)
    assert re.search(r"<body style=\"[^\"]*color: #15242c", letter)
