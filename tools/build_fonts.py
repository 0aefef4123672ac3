"""Rebuild the bundled fonts from the npm packages that carry them.

    npm pack @fontsource-variable/newsreader @fontsource-variable/commissioner
    (unpack each into FOLDER/newsreader and FOLDER/commissioner)
    python tools/build_fonts.py FOLDER

Needs fonttools and brotli. Writes, for the screen, variable woff2 cut to the weights and sizes the
stylesheet uses; for the certificate, static files beside its sheet, because variable fonts come out
of PDF renderers in the wrong weight.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.otlLib.builder import buildSingleSubstSubtable
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SCREEN_FONTS = ROOT / "portal/static/portal/fonts"
PRINT_FONTS = ROOT / "curriculum/certificates/static/certificates/fonts"

# What the names of people across Europe need beyond Latin-1, and the marks the pages set.
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC]
PUNCTUATION = [*range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2022, 0x2026, 0x2030, 0x2032]
PUNCTUATION += [0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193]
PUNCTUATION += [0x2212, 0x2215, 0x202F, 0x2009, 0x2260, 0x2264, 0x2265]
EXTENDED = [
    *range(0x100, 0x250),
    *range(0x2B0, 0x2C6),
    *range(0x300, 0x330),
    *range(0x1E00, 0x1F00),
]
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "calt", "tnum", "pnum", "lnum", "onum"]
FEATURES += ["case", "frac", "sups", "ordn", "rvrn"]

# (package, file stem, axis limits, name of the result)
SCREEN = [
    ("newsreader", "opsz-normal", {"wght": (400, 650), "opsz": (16, 72)}, "newsreader"),
    ("newsreader", "opsz-italic", {"wght": 400, "opsz": (16, 72)}, "newsreader-italic"),
    ("commissioner", "wght-normal", {"wght": (400, 700)}, "commissioner"),
]
PRINT = [
    ("newsreader", "opsz-normal", {"wght": 400, "opsz": 72}, "TurnaboutDisplay-Regular"),
    ("newsreader", "opsz-normal", {"wght": 500, "opsz": 18}, "TurnaboutText-Medium"),
    ("newsreader", "opsz-italic", {"wght": 400, "opsz": 18}, "TurnaboutText-Italic"),
    ("commissioner", "wght-normal", {"wght": 400}, "TurnaboutSans-Regular"),
    ("commissioner", "wght-normal", {"wght": 600}, "TurnaboutSans-SemiBold"),
]


def cut(font: TTFont, unicodes: list[int]) -> TTFont:
    """Keep only these characters and the typographic features the pages use."""
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    return font


def add_tabular_figures(font: TTFont) -> None:
    """Figures of one width, each the font's own figure set in the middle of it.

    Commissioner has proportional figures only. The width follows the weight axis where there is
    one; HVAR goes, as it does not know the new glyphs and the outlines carry the same widths.
    """
    figures = {digit: font.getBestCmap()[ord(digit)] for digit in "0123456789"}
    light = {name: font["hmtx"][name][0] for name in figures.values()}
    heavy = light
    if "fvar" in font:
        axis = font["fvar"].axes[0]
        extreme = instantiateVariableFont(deepcopy(font), {axis.axisTag: axis.maxValue})
        heavy = {name: extreme["hmtx"][name][0] for name in figures.values()}
        if "HVAR" in font:
            del font["HVAR"]
    wide, wider = max(light.values()), max(heavy.values())
    order = [*font.getGlyphOrder(), *(f"{name}.tnum" for name in figures.values())]
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for name in figures.values():
        shift = (wide - light[name]) // 2
        font["glyf"].glyphs[f"{name}.tnum"] = compose(name, shift)
        font["hmtx"][f"{name}.tnum"] = (wide, font["hmtx"][name][1] + shift)
        if "fvar" in font:
            moved = (wider - heavy[name]) // 2 - shift
            points = [(moved, 0), (0, 0), (wider - wide, 0), (0, 0), (0, 0)]
            font["gvar"].variations[f"{name}.tnum"] = [
                TupleVariation({font["fvar"].axes[0].axisTag: (0.0, 1.0, 1.0)}, points)
            ]
    add_substitution(font, "tnum", {name: f"{name}.tnum" for name in figures.values()})


def compose(name: str, shift: int) -> Glyph:
    part = GlyphComponent()
    part.glyphName, part.x, part.y, part.flags = name, shift, 0, ROUND_XY_TO_GRID
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, [part]
    return glyph


def add_substitution(font: TTFont, tag: str, mapping: dict[str, str]) -> None:
    table = font["GSUB"].table
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    substitution = buildSingleSubstSubtable(mapping)
    # The subsetter passes over a table that does not name its format, and over uncounted lookups.
    substitution.Format = 2
    lookup.SubTable = [substitution]
    lookup.SubTableCount = 1
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    feature = otTables.Feature()
    feature.FeatureParams = None
    feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    feature.LookupCount = 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, feature
    table.FeatureList.FeatureRecord.append(record)
    place = len(table.FeatureList.FeatureRecord) - 1
    for script in table.ScriptList.ScriptRecord:
        languages = [record.LangSys for record in script.Script.LangSysRecord]
        for language in [script.Script.DefaultLangSys, *languages]:
            language.FeatureIndex.append(place)


def source(folder: Path, package: str, script: str, stem: str) -> TTFont:
    return TTFont(
        folder / package / "files" / f"{package}-{script}-{stem}.woff2", recalcTimestamp=False
    )


def build_screen(folder: Path) -> None:
    for package, stem, limits, name in SCREEN:
        for script, unicodes in (("latin", LATIN + PUNCTUATION), ("latin-ext", EXTENDED)):
            font = instantiateVariableFont(source(folder, package, script, stem), limits)
            if package == "commissioner" and script == "latin":
                add_tabular_figures(font)
            font = cut(font, unicodes)
            font.flavor = "woff2"
            font.save(SCREEN_FONTS / f"{name}-{script}.woff2")


def build_print(folder: Path) -> None:
    for package, stem, limits, name in PRINT:
        with TemporaryDirectory() as scratch:
            parts = []
            for script in ("latin", "latin-ext"):
                font = instantiateVariableFont(source(folder, package, script, stem), limits)
                if package == "commissioner" and script == "latin":
                    add_tabular_figures(font)
                font.flavor = None
                parts.append(f"{scratch}/{script}.ttf")
                font.save(parts[-1])
            merged = Merger().merge(parts)
            # The same input gives the same bytes.
            merged.recalcTimestamp = False
            merged["head"].created = merged["head"].modified = 0
            rename(merged, name)
            cut(merged, LATIN + PUNCTUATION + EXTENDED).save(PRINT_FONTS / f"{name}.ttf")


def rename(font: TTFont, name: str) -> None:
    """One family name a file, so that no installed font of the same family is taken instead."""
    family, _, style = name.partition("-")
    for record in (1, 4, 16):
        font["name"].setName(f"{family} {style}" if record == 4 else family, record, 3, 1, 0x409)
    for record in (2, 17):
        font["name"].setName(style, record, 3, 1, 0x409)
    font["name"].setName(name, 6, 3, 1, 0x409)


if __name__ == "__main__":
    build_screen(Path(sys.argv[1]))
    build_print(Path(sys.argv[1]))
