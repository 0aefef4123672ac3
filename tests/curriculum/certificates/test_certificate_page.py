"""The page that people frame: all its facts on one sheet, readable by machines and by ear."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import segno
from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

# WeasyPrint leaves the colour profile of PDF/A open for the garbage collector to close.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

SHEET = Path(settings.BASE_DIR) / "curriculum/certificates/static/certificates/certificate.css"
SENTENCE = (
    "Leads an assistant through a change in small steps, says beforehand what would show that "
    "it works, and reviews every line before keeping it."
)
LONG_NAME = "Maria-Magdalena Papadopoulou-Österreicher von Hohenlohe-Ruiz"


def make_award(**changed: Any) -> SimpleNamespace:
    facts: dict[str, Any] = {
        "person_name": "Zuzana Křížová",
        "role_label": "Mentor",
        "programme_name": "Digital, both ways",
        "organisation_name": "Harbour & Vale",
        "partner_names": ["Łukasz Wiśniewski"],
        "skills": [{"skill": "Databases", "level": 3, "sentence": SENTENCE}],
        "sessions_held": 6,
        "hours": 6.5,
        "issued_on": datetime.date(2026, 10, 14),
        "signatory_name": "Ingrid Solheim-Ødegård",
        "signatory_title": "Chief People Officer",
        "number": "TA-2026-0042",
        "verify_url": "https://mentoring.example.org/verify/3kQx9fWm2LrTzB7dYp0a1A",
    }
    return SimpleNamespace(**{**facts, **changed})


def make_longest() -> SimpleNamespace:
    return make_award(
        person_name=LONG_NAME,
        programme_name="Reverse mentoring for the extended leadership team, spring and summer",
        partner_names=["Zuzana Křížová", "Maximilian-Alexander Brandstätter-Wiśniewski"],
        skills=[
            {"skill": f"AI coding assistants {n}", "level": 4, "sentence": SENTENCE}
            for n in range(6)
        ],
    )


def print_award(award: SimpleNamespace) -> PdfReader:
    qr = segno.make(award.verify_url).svg_data_uri(omitsize=True)
    page = render_to_string("certificates/certificate.html", {"award": award, "qr_data_uri": qr})
    fonts = FontConfiguration()
    sheet = CSS(SHEET, font_config=fonts)
    pdf = HTML(string=page).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3a"
    )
    return PdfReader(BytesIO(pdf))


def read_words(pdf: PdfReader) -> str:
    return " ".join(pdf.pages[0].extract_text().split())


def test_every_fact_is_printed_with_the_letters_of_each_name() -> None:
    words = read_words(print_award(make_award()))
    for fact in ("Zuzana Křížová", "Mentor", "6 sessions", "Łukasz Wiśniewski", "6.5 hours"):
        assert fact in words
    for fact in ("14 October 2026", "TA-2026-0042", "Ingrid Solheim-Ødegård", "level 3 of 5"):
        assert fact in words
    assert "https" not in words


@pytest.mark.parametrize("award", [make_award(skills=[]), make_longest()], ids=["none", "longest"])
def test_the_page_stays_one_whatever_it_has_to_hold(award: SimpleNamespace) -> None:
    pdf = print_award(award)
    assert len(pdf.pages) == 1
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 595)


def test_six_long_sentences_end_above_the_signature() -> None:
    lowest: dict[str, float] = {}

    def note(text: str, _: Any, place: list[float], *__: Any) -> None:
        for word in ("keeping", "Ingrid"):
            if word in text:
                lowest[word] = max(lowest.get(word, 0), place[5])

    print_award(make_longest()).pages[0].extract_text(visitor_text=note)
    # CSS pixels from the top; the signature takes 16 mm, some 60 pixels, above its name.
    assert lowest["keeping"] < lowest["Ingrid"] - 60


def test_a_reader_for_the_blind_finds_language_title_and_headings() -> None:
    pdf = print_award(make_award())
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Certificate for Zuzana Křížová: Digital, both ways"
    tags = dict(walk_tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/Figure"} <= tags.keys()
    assert tags["/Figure"]


def walk_tags(node: Any) -> list[tuple[str, object]]:
    found = [(node["/S"], node.get("/Alt"))] if "/S" in node else []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        thing = kid.get_object()
        if hasattr(thing, "get"):
            found += walk_tags(thing)
    return found


def test_only_the_bundled_fonts_are_used() -> None:
    fonts = print_award(make_longest()).pages[0]["/Resources"]["/Font"]
    names = {fonts[key].get_object()["/BaseFont"].split("+")[-1] for key in fonts}
    assert names
    assert {name for name in names if "Turnabout" not in name} == set()
