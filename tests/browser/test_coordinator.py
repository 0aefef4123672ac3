"""The coordinator's story: from a spreadsheet to pairs that go for coffee."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, Visitor
from tests.browser.mailbox import letters_to, read, wait_for_letter

pytestmark = pytest.mark.browser
COORDINATOR = "coordinator@demo.example"

BAD = """email,name,role,expertise,goals
una.browne@harbourandvale.example,Una Browne,mentor,Databases:nine,
"""
GOOD = """email,name,role,seniority_years,languages,interests,expertise,goals
una.browne@harbourandvale.example,Una Browne,mentor,2,en,Opera,Databases:4,
pelle.strand@harbourandvale.example,Pelle Strand,mentee,24,en,Opera,Databases:1,Databases:3!
"""


def upload(page: Page, folder: Path, text: str) -> None:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()


def wait_for_job(page: Page) -> None:
    """The page goes on by itself; the worker does the rest."""
    expect(page.locator("#job").get_by_text("Done", exact=True)).to_be_visible(timeout=60_000)


def test_a_coordinator_brings_people_in_matches_them_and_accepts(
    portal: Portal, visit: Visitor, tmp_path: Path
) -> None:
    page = visit(COORDINATOR)
    page.goto("/en/programmes/new/")
    page.get_by_role("textbox", name="Name", exact=True).fill("Quay school")
    page.get_by_label("Starts").fill("2027-01-11")
    page.get_by_label("Ends").fill("2027-08-11")
    page.locator("main form button[type=submit]").first.click()

    page.goto("/en/programmes/quay-school/import/")
    upload(page, tmp_path, BAD)
    expect(page.locator("main")).to_contain_text("nine")
    expect(page.get_by_role("button", name="Apply it")).to_have_count(0)

    page.goto("/en/programmes/quay-school/import/")
    upload(page, tmp_path, GOOD)
    expect(page.locator("main")).to_contain_text("Pelle Strand")
    page.get_by_role("button", name="Apply it").click()
    expect(page.locator("main")).to_contain_text("Una Browne")

    before = len(letters_to(portal.mail, "pelle.strand@"))
    page.goto("/en/programmes/quay-school/people/")
    page.get_by_role("link", name="Invite 2 people").click()
    page.get_by_role("button", name="Send the invitations").click()
    wait_for_job(page)
    invitation = wait_for_letter(portal.mail, "pelle.strand@", beyond=before)
    assert "/accounts/login/code/" in read(invitation)

    page.goto("/en/programmes/quay-school/board/")
    page.get_by_role("button", name="Run the first round").click()
    wait_for_job(page)
    page.goto("/en/programmes/quay-school/board/")
    suggestion = page.locator(".suggestion")
    expect(suggestion).to_contain_text("Databases")
    page.get_by_role("button", name="Accept Una Browne").click()
    coffee = wait_for_letter(portal.mail, "pelle.strand@", beyond=before + 1)
    assert "Una Browne" in read(coffee)


def test_a_coordinator_reads_why_somebody_is_left_over(visit: Visitor) -> None:
    page = visit(COORDINATOR)
    page.goto("/en/programmes/harbour-and-vale/board/")
    expect(page.locator("aside")).to_contain_text("Violeta Petrova")


def test_a_coordinator_issues_certificates_and_watches(visit: Visitor) -> None:
    page = visit(COORDINATOR)
    page.goto("/en/certificates/programmes/harbour-and-vale/")
    issued = page.locator("section", has=page.locator("#issued"))
    expect(issued).to_contain_text("Tobias Fairweather-Ashcombe")
    expect(issued).not_to_contain_text("Maria do Carmo")
    page.get_by_role("link", name="Issue certificates").click()
    page.get_by_role("dialog").get_by_role("button", name="Issue").click()
    wait_for_job(page)
    page.goto("/en/certificates/programmes/harbour-and-vale/")
    expect(issued).to_contain_text("Maria do Carmo")
    expect(page.get_by_role("link", name="Issue certificates")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Margarethe Lindqvist")
