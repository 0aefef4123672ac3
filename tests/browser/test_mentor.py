"""The mentor's story: prepare, meet, write down, agree what is next."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_mentor_runs_the_session_to_its_end(visit: Visitor) -> None:
    page = visit("mentor@demo.example")
    page.goto("/en/desk/")
    expect(
        page.get_by_role("heading", name="Session 3 of 6 with Margarethe Lindqvist")
    ).to_be_visible()
    page.get_by_role("link", name="Prepare, print, run").click()
    page.get_by_role("button", name="Run the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check-in")

    notes = page.get_by_label("Notes, for the two of you only")
    with page.expect_response(lambda answer: answer.url.endswith("/notes/") and answer.ok):
        notes.fill("She brought the freight figures.")
    page.reload()
    expect(notes).to_have_value("She brought the freight figures.")

    while page.get_by_role("button", name="Next:").count():
        page.get_by_role("button", name="Next:").click()
    page.get_by_role("button", name="Finish the session").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Next session").fill(in_two_weeks())
    page.get_by_role("button", name="Mark as held").click()
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    page.get_by_role("group", name="Was it useful?").get_by_label("4").check()
    page.get_by_role("group", name="Could you be candid?").get_by_label("5").check()
    page.get_by_role("button", name="Send").click()
    page.goto("/en/desk/")
    expect(page.get_by_text("Session 4 of 6 with Margarethe Lindqvist").first).to_be_visible()


def test_the_mentee_reads_the_notes_and_a_coordinator_does_not(visit: Visitor) -> None:
    mentee = visit("mentee@demo.example", width=390)
    mentee.goto("/en/desk/")
    mentee.get_by_role("link", name="The plan with").click()
    mentee.get_by_role("link", name="First queries together").first.click()
    expect(mentee.get_by_text("She brought the freight figures.")).to_be_visible()
    coordinator = visit("coordinator@demo.example")
    answer = coordinator.request.get(mentee.url)
    assert answer.status == 404


def test_a_session_runs_without_javascript(visit: Visitor) -> None:
    page = visit("mentor@demo.example", js=False)
    page.goto("/en/desk/")
    page.get_by_role("link", name="Prepare, print, run").click()
    page.get_by_role("button", name="Run the session").click()
    page.get_by_label("Notes, for the two of you only").fill("Written without a script.")
    page.get_by_role("button", name="Next:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Last commitment")
    notes = page.get_by_label("Notes, for the two of you only")
    expect(notes).to_have_value("Written without a script.")


def in_two_weeks() -> str:
    return f"{datetime.now() + timedelta(days=14):%Y-%m-%dT10:00}"
