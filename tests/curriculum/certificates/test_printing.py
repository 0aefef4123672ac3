"""The press: fetches nothing, can be ended, and makes files that outlive the portal."""

import base64
import http.server
import json
import re
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from curriculum.certificates.models import Award
from curriculum.certificates.printing.press import Press, PrintFailed, Sheet
from curriculum.certificates.services.pictures import draw_qr
from curriculum.certificates.services.printing import lay_out

NUMBER = "2026-7K3M-9QTX-H4VB"
TOKEN = "3kqx9fwm2k7rtzb7dypx0a1abc"


def make_award(**changed: Any) -> Award:
    facts: dict[str, Any] = {
        "version": 1,
        "language": "en",
        "programme_name": "Digital, both ways",
        "programme_starts_on": "2026-01-10",
        "programme_ends_on": "2026-12-10",
        "organisation_name": "Harbour & Vale",
        "accent": "",
        "signatory_name": "Ingrid Solheim-Ødegård",
        "signatory_title": "Chief People Officer",
        "logo": "",
        "signature": "",
        "number": NUMBER,
        "verify_url": f"https://mentoring.example.org/verify/{TOKEN}",
        "short_url": f"https://mentoring.example.org/verify/{NUMBER}",
        "issued_on": "2026-10-14",
        "person_name": "Zuzana Křížová",
        "role": "mentee",
        "role_label": "mentee",
        "partners": [{"name": "Łukasz Wiśniewski", "role": "mentor"}],
        "sessions_held": 6,
        "minutes": 360,
        "hours": 6.0,
        "first_held_on": "2026-03-03",
        "last_held_on": "2026-10-02",
        "skills": [
            {"skill": "Databases", "level": 3, "sentence": "Joins two tables.", "as": "mentee"}
        ],
    }
    facts |= changed
    return Award(number=NUMBER, token=TOKEN, facts=facts, rule={"rule": {}, "met": {}})


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as one:
        yield one


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_of(pdf: PdfReader) -> str:
    return " ".join(pdf.pages[0].extract_text().split())


def svg(inside: str) -> str:
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="90" height="30">{inside}<rect width="9" height="9"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and every address that anyone asked it for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_picture_that_asks_for_other_places_gets_nothing(
    press: Press, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    base, asked = listener
    secret = tmp_path / "secret.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<text id="t" y="9">TOPSECRET</text></svg>'
    )
    logo = svg(
        f'<image href="{base}/image.png" width="9" height="9"/>'
        f'<image xlink:href="file:///etc/passwd" width="9" height="9"/>'
        f'<image href="file://{secret}" width="9" height="9"/>'
        f'<use href="{base}/use.svg#t"/><use href="file://{secret}#t"/>'
        f'<style>@import url("{base}/style.css"); rect {{ fill: url({base}/paint.svg#a) }}</style>'
    )
    pdf = read(press.print(lay_out(make_award(logo=logo, signature=f"{base}/signature.png"))))
    assert asked == []
    assert "TOPSECRET" not in words_of(pdf)
    assert "root:" not in words_of(pdf)
    assert len(pdf.pages) == 1


def test_no_way_around_the_bundled_folder(press: Press, tmp_path: Path) -> None:
    """Neither dots in a path nor a stylesheet lead out of the folder of the certificate."""
    from curriculum.certificates.printing.press import STYLESHEET
    from curriculum.certificates.printing.worker import make_fetcher

    fetcher = make_fetcher(STYLESHEET.parent.resolve())
    fetcher.fetch(STYLESHEET.as_uri()).close()
    for url in (
        "file:///etc/passwd",
        f"{STYLESHEET.parent.as_uri()}/../../models/awards.py",
        f"{STYLESHEET.parent.as_uri()}/%2e%2e/%2e%2e/models/awards.py",
        "file://example.org/etc/passwd",
        "ftp://example.org/x",
        "HTTP://example.org/x",
    ):
        with pytest.raises(ValueError, match=r"fetched|certificate|protocol"):
            fetcher.fetch(url)


def test_names_are_words_and_never_markup(press: Press) -> None:
    name = '<img src="file:///etc/passwd"> & <b>Bo</b>'
    pdf = read(
        press.print(
            lay_out(
                make_award(
                    person_name=name,
                    partners=[{"name": "</p><script>1</script>", "role": "mentor"}],
                )
            )
        )
    )
    words = words_of(pdf).replace(" ", "")
    assert name.replace(" ", "") in words
    assert "</p><script>1</script>" in words


def test_the_file_claims_pdf_a_3a_and_keeps_its_word(press: Press) -> None:
    pdf = read(press.print(lay_out(make_award(logo=draw_qr("a logo")))))
    root = pdf.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r'pdfaid:part="3"|<pdfaid:part>3<', xmp)
    assert re.search(r'pdfaid:conformance="A"|<pdfaid:conformance>A<', xmp)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert root["/OutputIntents"]
    assert root["/AF"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Certificate for Zuzana Křížová: Digital, both ways"
    for font in pdf.pages[0]["/Resources"]["/Font"].values():
        for part in font.get_object()["/DescendantFonts"]:
            descriptor = part.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_the_record_travels_inside_without_the_pictures(press: Press) -> None:
    pdf = read(press.print(lay_out(make_award(logo=svg("")))))
    record = json.loads(pdf.attachments[f"{NUMBER}.json"][0])
    assert record["person_name"] == "Zuzana Křížová"
    assert record["skills"][0]["sentence"] == "Joins two tables."
    assert not {"logo", "signature"} & record.keys()


def test_the_qr_code_and_the_printed_address_lead_to_the_same_page(press: Press) -> None:
    pdf = read(press.print(lay_out(make_award())))
    links = {a.get_object()["/A"]["/URI"] for a in pdf.pages[0]["/Annots"]}
    assert links == {f"https://mentoring.example.org/verify/{TOKEN}"}
    assert f"mentoring.example.org/verify/{NUMBER}" in words_of(pdf).replace(" ", "")
    assert draw_qr("x").startswith("data:image/svg+xml")
    drawn = base64.b64decode(draw_qr(links.pop()).split(",")[1]).decode()
    assert drawn.count("<path") == 1


def test_the_same_facts_make_the_same_file(press: Press) -> None:
    award = make_award(logo=svg(""))
    with Press() as other:
        assert press.print(lay_out(award)) == other.print(lay_out(award))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "mentor"}, "Has taught a mentee who can now show"),
        ({"role": "mentee"}, "Can now show"),
        ({"role": "both"}, "level 3 of 5, learnt"),
        ({"last_held_on": "2027-01-05"}, "between 3 March 2026 and 5 January 2027"),
        ({}, "between 3 March and 2 October 2026"),
        ({"sessions_held": 1, "last_held_on": "2026-03-03"}, "on 3 March 2026"),
    ],
)
def test_the_words_fit_the_facts(press: Press, changed: dict[str, Any], words: str) -> None:
    assert words in words_of(read(press.print(lay_out(make_award(**changed)))))


def test_nine_skills_stay_on_one_page_and_none_is_lost(press: Press) -> None:
    sentence = "Leads a change in small steps, says what would show that it works, and checks it. "
    skills = [
        {"skill": f"Skill {n}", "level": 3, "sentence": sentence * 2, "as": "mentee"}
        for n in range(9)
    ]
    pdf = read(press.print(lay_out(make_award(skills=skills))))
    assert len(pdf.pages) == 1
    words = words_of(pdf)
    assert all(f"Skill {n}" in words for n in range(9))


WORKERS = {
    "sleeps": "import time; time.sleep(60)",
    "dies": "import sys; sys.stdin.buffer.read(8); sys.exit(3)",
    "answers in part": (
        "import sys, time; sys.stdin.buffer.read(8);"
        " sys.stdout.buffer.write((99).to_bytes(8, 'big') + b'+half'); sys.stdout.flush();"
        " time.sleep(60)"
    ),
}


@pytest.mark.parametrize("habit", WORKERS)
def test_a_press_that_hangs_is_ended(habit: str, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(WORKERS[habit])
    with Press(seconds_allowed=1.5, worker=worker) as press:
        with pytest.raises(PrintFailed):
            press.print(Sheet(html="<p>", identifier="x", made_at="2026-01-01T00:00:00"))
        assert press._process is None


def test_after_a_failure_the_next_sheet_is_printed(press: Press) -> None:
    bad = Sheet(html="<p>Hello", identifier="x", made_at="not a date", attachments=())
    with pytest.raises(PrintFailed, match="Invalid isoformat"):
        press.print(bad)
    assert press.print(lay_out(make_award())).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "host", ["localhost:8000", "mentoring.example.org", "reverse-mentoring.people.example.org"]
)
def test_the_number_never_breaks_inside_however_long_the_address(press: Press, host: str) -> None:
    """It is typed by hand: both times it is printed, it stands on one line."""
    award = make_award(short_url=f"https://{host}/verify/{NUMBER}")
    printed = read(press.print(lay_out(award))).pages[0].extract_text()
    assert printed.count(NUMBER) == 2
