"""Files that are broken, strange or meant to harm: each ends in a sentence, soon and cheaply."""

import io
import tracemalloc
import zipfile
from datetime import date, time

import pytest
from openpyxl import Workbook

from matching.services.imports.problems import FileRefused, Offer
from matching.services.imports.reading import Table, read_table
from matching.services.imports.rows import read_rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = "email,name,role\n"
BROKEN = "This workbook cannot be read"


def refusal(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_table(content)
    return caught.value


def told(content: bytes) -> str:
    return " | ".join(
        f"{fault.row}/{fault.column}: {fault.problem}" for fault in refusal(content).problems
    )


def problems_of(content: bytes) -> list[tuple[int, str, str]]:
    _people, problems = read_rows(read_table(content), {}, may_create_skills=True)
    return [(one.row, one.column, one.problem) for one in problems]


def links(*kinds: str) -> str:
    pairs = [kind.split("=") for kind in kinds]
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def xlsx(rows: str, *, shared: str = "", styles: str = "", states: str = "visible") -> bytes:
    """A workbook as another program may write it; `rows` stands in each of its sheets."""
    sheets = states.split()
    listed = "".join(
        f'<sheet name="S{n}" state="{state}" r:id="r{n + 2}"/>' for n, state in enumerate(sheets)
    )
    kinds = [f"worksheet=sheet{n}.xml" for n in range(len(sheets))]
    parts = {
        "_rels/.rels": links("officeDocument=xl/book.xml"),
        "xl/book.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/book.xml.rels": links("sharedStrings=texts.xml", "styles=styles.xml", *kinds),
        "xl/texts.xml": shared or f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": styles or f'<styleSheet xmlns="{MAIN}"/>',
    }
    for n, state in enumerate(sheets):
        body = rows if state == "visible" else "<row><c><v>1</v></c></row>"
        parts[f"xl/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return kept.getvalue()


def text(value: str, more: str = "") -> str:
    return f'<c t="inlineStr"{more}><is><t>{value}</t></is></c>'


NAMES = f"<row>{text('email')}{text('name')}{text('role')}</row>"
SHARED = (
    f'<sst xmlns="{MAIN}"><si><t>a@example.org</t></si>'
    "<si><r><t>Ami</t></r><r><t>ra</t></r><rPh><t>AMIRA</t></rPh></si></sst>"
)


def row(name: str, more: str = "") -> str:
    return f"<row>{text('a@example.org')}{name}{text('mentor')}{more}</row>"


def test_a_workbook_of_another_program_is_read_as_it_shows() -> None:
    """Texts kept apart, in pieces and spoken aloud; cells and rows without their place."""
    body = NAMES + f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>{text("mentor")}</row>'
    (line,) = read_table(xlsx(body, shared=SHARED)).lines
    assert (line.number, line.cells) == (
        2,
        {"email": "a@example.org", "name": "Amira", "role": "mentor"},
    )


def test_cells_stand_where_they_say_and_rows_keep_their_numbers() -> None:
    body = (
        NAMES + f'<row r="9">{text("mentor", chr(32) + "r=" + chr(34) + "C9" + chr(34))}</row>'
        f"{row(text('A_x000D_B'))}"
    )
    lines = read_table(xlsx(body)).lines
    assert [(line.number, line.cells["email"], line.cells["name"]) for line in lines] == [
        (9, "", ""),
        (10, "a@example.org", "A B"),
    ]


def test_a_hidden_sheet_is_not_the_list() -> None:
    content = xlsx(NAMES + row(text("Amira")), states="hidden visible")
    assert [line.cells["name"] for line in read_table(content).lines] == ["Amira"]


def test_a_day_where_a_text_is_wanted_is_told() -> None:
    book = Workbook()
    book.active.append(["email", "name", "role", "department", "location", "seniority_years"])
    book.active.append(["a@example.org", date(2026, 3, 1), "mentor", time(10, 30), "Ops", 3.5])
    kept = io.BytesIO()
    book.save(kept)
    dates = "This cell holds a date or an hour. Format it as text and write it again."
    assert problems_of(kept.getvalue()) == [(2, "department", dates), (2, "name", dates)]


def test_an_own_format_of_days_is_known() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>'
        '<numFmt numFmtId="164" formatCode="d.m.yy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    body = NAMES + row('<c s="1"><v>46000</v></c>') + row('<c s="0"><v>46000</v></c>')
    found = problems_of(xlsx(body, styles=styles))
    assert [(number, column) for number, column, _said in found] == [(2, "name"), (3, "email")]


@pytest.mark.parametrize(
    "cell",
    [
        "<c><f>1+1</f></c>",
        '<c t="str"><f>A1</f><v>Amira</v></c>',
        '<c><f t="shared" si="0"/><v>2</v></c>',
    ],
)
def test_a_formula_is_never_worked_out_with_or_without_its_last_result(cell: str) -> None:
    assert problems_of(xlsx(NAMES + row(cell))) == [
        (2, "name", "This cell holds a formula. Put its value there instead.")
    ]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(NAMES + row('<c t="e"><v>#REF!</v></c>')),
        f"{HEADER}a@example.org,#n/a,mentor\n".encode(),
    ],
)
def test_an_error_of_the_spreadsheet_is_no_name(content: bytes) -> None:
    ((number, column, said),) = problems_of(content)
    assert (number, column) == (2, "name")
    assert said.startswith("This cell holds an error of the spreadsheet.")


def entities(place: str) -> str:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{steps}]>{place}'


@pytest.mark.parametrize(
    "content",
    [
        xlsx(NAMES, shared=entities(f'<sst xmlns="{MAIN}"><si><t>&e9;</t></si></sst>')),
        xlsx(
            NAMES,
            shared='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            f'<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>',
        ),
        xlsx(NAMES, styles=entities(f'<styleSheet xmlns="{MAIN}"/>')),
        xlsx(NAMES + f"<row><c r='{'A' * 3_000_000}1'/></row>"),
        xlsx(NAMES + "<x>" * 200 + "</x>" * 200),
        xlsx(NAMES + "<row>" + "<c/>" * 1_500_000 + "</row>"),
        xlsx(NAMES + "<row><c r='ZZZZ1'><v>1</v></c></row>"),
        xlsx(NAMES + f"<row><c r='{'A' * 900_000}1'><v>1</v></c></row>"),
        xlsx(NAMES + f"<row r='{'9' * 900_000}'><c><v>{'9' * 30_000}</v></c></row>" * 2 + "<c"),
        xlsx(NAMES + "<row><c>"[:-1]),
        xlsx(NAMES, states=""),
    ],
    ids=[
        "a billion laughs",
        "a file of this machine",
        "laughs in the styles",
        "a tag of megabytes",
        "nested deeply",
        "a row of a million cells",
        "a column beyond the last",
        "a column of a million letters",
        "numbers of a million digits",
        "torn XML",
        "no sheet",
    ],
)
def test_a_workbook_made_to_harm_is_refused_and_fills_no_memory(content: bytes) -> None:
    tracemalloc.start()
    try:
        assert BROKEN in told(content)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 24 * 1024 * 1024


def test_a_million_rows_before_the_first_name_are_not_waited_for() -> None:
    content = xlsx(f"<row>{text('x')}</row>" * 300_000)
    assert "The first row must name the columns" in told(content)


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    blanks = 5_000_000
    content = xlsx(NAMES, shared=f'<sst xmlns="{MAIN}">' + " " * blanks + "</sst>")
    size = len(f'<sst xmlns="{MAIN}"></sst>') + blanks
    lying = content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != content
    assert BROKEN in told(lying)


def ole(inside: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside.encode("utf-16-le") + b"\x00" * 512


def other_zip(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as book:
        for name in names:
            book.writestr(name, "hello")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "1/: This is a PDF."),
        (ole("Workbook"), "1/: This is an old Excel file (.xls)."),
        (ole("EncryptedPackage"), "1/: This workbook has a password. Take the password off"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "1/: This is a picture."),
        (b"<html><table><tr><td>email</td></tr></table></html>", "1/: This is a web page"),
        (other_zip("mimetype", "content.xml"), "1/: This is an OpenDocument sheet."),
        (other_zip("hello.txt"), f"1/: {BROKEN}"),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 100, "neither CSV in UTF-8 nor XLSX"),
        (b"\x00" * 1000, "neither CSV in UTF-8 nor XLSX"),
        (b"\x00" + HEADER.encode() + b"a@example.org,A,mentor\n", "1/: There are characters here"),
        (HEADER.encode("utf-16")[:-1], "This file breaks off, or is torn."),
        (HEADER.encode() + b"a@example.org," + b"x" * 10_000_000, "2/: A cell here is far longer"),
        (HEADER.encode() + b'a@example.org,"A,mentor\n', "2/: The quotation marks do not close"),
        (
            HEADER.encode() + b'a@example.org,"A"x,mentor\n',
            "2/: A quotation mark stands in the mid",
        ),
        (b"Email,EMAIL,name,role\n", "1/email: This column stands here twice."),
        ((",".join(f"c{n}" for n in range(1000)) + "\n").encode(), "1/: The first row must name"),
    ],
)
def test_what_is_no_list_of_people_is_called_what_it_is(content: bytes, said: str) -> None:
    assert said in told(content)


def people_of(content: bytes) -> Table:
    table = read_table(content)
    assert table.problems == ()
    return table


@pytest.mark.parametrize(
    "content",
    [
        "email\tname\trole\na@example.org\tZoë 🎉\tmentor\n".encode("utf-16"),
        "email,name,role\ra@example.org,Zoë 🎉,mentor\r".encode(),
        "sep=;\r\nemail;name;role\r\na@example.org;Zoë 🎉;mentor\r\n".encode(),
        "\ufeffemail,name,role\na@example.org,Zoë 🎉,mentor".encode(),
    ],
    ids=["Unicode text of Excel", "ends of lines of old Macs", "Excel’s own first line", "a mark"],
)
def test_ways_of_saving_that_can_be_told_for_certain_are_read(content: bytes) -> None:
    (line,) = people_of(content).lines
    assert line.cells == {"email": "a@example.org", "name": "Zoë 🎉", "role": "mentor"}


def test_names_from_right_to_left_are_kept() -> None:
    (line,) = people_of(f"{HEADER}a@example.org,محمد \u200fעדי,mentor\n".encode()).lines
    assert line.cells["name"] == "محمد \u200fעדי"


def test_columns_after_many_that_mean_nothing_are_found() -> None:
    book = Workbook()
    book.active.append([*(f"c{n}" for n in range(1000)), "email", "name", "role"])
    book.active.append([*("x" for _ in range(1000)), "a@example.org", "A", "mentor"])
    kept = io.BytesIO()
    book.save(kept)
    table = people_of(kept.getvalue())
    assert (len(table.unknown), table.lines[0].cells["role"]) == (1000, "mentor")


def test_the_columns_named_once_more_are_one_problem_and_not_four() -> None:
    content = f"{HEADER}a@example.org,A,mentor\nEmail,Name,Role\n".encode()
    assert problems_of(content) == [(3, "", "This row names the columns once more. Delete it.")]


def test_a_row_that_ends_early_does_not_empty_what_it_leaves_out() -> None:
    content = b"email,name,role,department,location\na@example.org,A,mentor,Ops\n"
    (line,) = people_of(content).lines
    assert line.cells == {
        "email": "a@example.org",
        "name": "A",
        "role": "mentor",
        "department": "Ops",
    }


BAD = 'email,name,role\nb@example.org,"B\n\nC",mentor\na@example.org,Zoë Müller,mentor\n'


def test_a_bad_byte_is_told_by_row_and_column_and_how_else_it_would_read() -> None:
    refused = refusal(BAD.encode("cp1252"))
    assert [(fault.row, fault.column) for fault in refused.problems] == [(3, "name")]
    assert refused.offer == Offer("cp1252", "Zoë Müller")
    table = read_table(BAD.encode("cp1252"), "cp1252")
    assert table.lines[1].cells["name"] == "Zoë Müller"


def test_another_reading_is_not_offered_where_it_gives_nonsense() -> None:
    content = f"{HEADER}a@example.org,Zo?,mentor\n".encode()
    for nonsense in (b"\x81", b"\xff\x07"):
        assert refusal(content.replace(b"?", nonsense)).offer is None


def test_only_an_encoding_that_was_offered_is_ever_used() -> None:
    with pytest.raises(FileRefused):
        read_table(BAD.encode("cp1252"), "utf-7")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1+2", "@SUM(1)"])
def test_a_text_that_begins_like_a_formula_is_kept_as_text(start: str) -> None:
    assert (
        people_of(f"{HEADER}a@example.org,{start},mentor\n".encode()).lines[0].cells["name"]
        == start
    )
