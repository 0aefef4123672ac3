"""The matching board: deciding, taking back, asking why, trying before deciding."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, Visitor
from tests.browser.mailbox import read, wait_for_letter
from tests.browser.test_coordinator import COORDINATOR, upload, wait_for_job

pytestmark = pytest.mark.browser

PEOPLE = """email,name,role,seniority_years,department,languages,interests,expertise,goals
{0}ada@harbourandvale.example,Ada Quill,mentor,2,Sales,en,Opera,Databases:4,
{0}bo@harbourandvale.example,Bo Wren,mentor,3,Legal,en,Chess,Databases:3,
{0}cleo@harbourandvale.example,Cleo Marsh,mentee,24,Legal,en,Opera,Databases:1,Databases:4!
{0}dov@harbourandvale.example,Dov Lind,mentee,22,Sales,en,Chess,Databases:1,Databases:3
{0}eve@harbourandvale.example,Eve Stone,mentee,20,Sales,en,Chess,Databases:1,Databases:2
"""


def open_programme(page: Page, name: str, folder: Path) -> str:
    """A programme with two mentors and three mentees, and its first round; its address."""
    page.goto("/en/programmes/new/")
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_label("Starts").fill("2027-01-11")
    page.get_by_label("Ends").fill("2027-08-11")
    page.locator("main form button[type=submit]").first.click()
    slug = name.lower().replace(" ", "-")
    home = f"/en/programmes/{slug}/"
    page.goto(f"{home}import/")
    upload(page, folder, PEOPLE.format(f"{slug}."))
    page.get_by_role("button", name="Apply it").click()
    expect(page.locator("main")).to_contain_text("Ada Quill")
    page.goto(f"{home}board/")
    page.get_by_role("button", name="Run the first round").click()
    wait_for_job(page)
    page.goto(f"{home}board/")
    return home


def test_a_coordinator_takes_decisions_back(portal: Portal, visit: Visitor, tmp_path: Path) -> None:
    page = visit(COORDINATOR)
    home = open_programme(page, "Tern school", tmp_path)
    expect(page.locator(".suggestion")).to_have_count(2)

    page.get_by_role("button", name="Keep together").first.click()
    expect(page.get_by_role("button", name="Let go")).to_have_count(1)

    page.get_by_role("button", name="Accept Bo Wren").click()
    wait_for_letter(portal.mail, "tern-school.bo@", beyond=0)
    page.locator("#messages").get_by_role("button", name="Undo").click()
    withdrawn = wait_for_letter(portal.mail, "tern-school.bo@", beyond=1)
    assert "coffee" in read(withdrawn)
    page.goto(f"{home}board/")
    expect(page.locator(".suggestion")).to_have_count(2)
    page.goto(f"{home}board/decisions/")
    expect(page.locator("main")).to_contain_text("Bo Wren")


def test_a_coordinator_asks_why_and_tries_what_would_help(visit: Visitor, tmp_path: Path) -> None:
    page = visit(COORDINATOR)
    home = open_programme(page, "Heron school", tmp_path)
    aside = page.locator("aside")
    expect(aside).to_contain_text("took on one pair more")
    page.goto(f"{home}board/why/")
    page.get_by_label("Mentor", exact=True).select_option(label="Bo Wren · Legal")
    page.get_by_label("Mentee", exact=True).select_option(label="Cleo Marsh · Legal")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main")).to_contain_text("The whole match")

    page.goto(f"{home}board/")
    aside.get_by_role("link", name="Try it").first.click()
    expect(page.locator("main")).to_contain_text("1 pair more")
    page.locator("main form button[type=submit]").first.click()
    wait_for_job(page)
    page.goto(f"{home}board/")
    expect(page.locator(".suggestion")).to_have_count(3)


def test_sliders_compare_two_sets_in_place_and_save_nothing(visit: Visitor) -> None:
    page = visit(COORDINATOR)
    page.goto("/en/programmes/harbour-and-vale/board/try/")
    second = page.locator(".trial-set").nth(1)
    weight = second.locator("input[type=range]").first
    before = weight.input_value()
    with page.expect_response(lambda answer: "/board/try/" in answer.url):
        weight.focus()
        for _ in range(5):
            page.keyboard.press("ArrowLeft")
    expect(page.locator("#trial-said")).not_to_be_empty()
    page.goto("/en/programmes/harbour-and-vale/board/try/")
    assert (
        page.locator(".trial-set").nth(1).locator("input[type=range]").first.input_value() == before
    )


def test_a_spreadsheet_is_tried_and_nobody_comes_in(visit: Visitor, tmp_path: Path) -> None:
    page = visit(COORDINATOR)
    page.goto("/en/programmes/harbour-and-vale/board/simulate/")
    file = tmp_path / "tried.csv"
    file.write_text(PEOPLE.format("tried."), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Try it").click()
    wait_for_job(page)
    page.get_by_role("link", name="See whom it pairs").click()
    expect(page.locator("main")).to_contain_text("Cleo Marsh")
    page.goto("/en/programmes/harbour-and-vale/people/?search=Cleo")
    expect(page.locator("main")).not_to_contain_text("Cleo Marsh")
