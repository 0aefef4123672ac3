"""The mentor's story: prepare, meet, write down, agree what is next."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Portal, Visitor, sign_in

pytestmark = pytest.mark.browser


def test_a_mentor_runs_the_session_to_its_end(visit: Visitor) -> None:
    page = visit("mentor@demo.example")
    page.goto("/en/desk/")
    expect(
        page.get_by_role("heading", name="Session 3 of 6 with Margarethe Lindqvist")
    ).to_be_visible()
    page.get_by_role("link", name="Prepare, print, run").click()
    # It is tomorrow's: whoever presses the evening before may have meant to look.
    page.locator("summary", has_text="Run the session").click()
    page.get_by_role("button", name="Start it now").click()
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
    start_a_session(page)
    page.get_by_label("Notes, for the two of you only").fill("Written without a script.")
    page.get_by_role("button", name="Next:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Last commitment")
    notes = page.get_by_label("Notes, for the two of you only")
    expect(notes).to_have_value("Written without a script.")


def in_two_weeks() -> str:
    return f"{datetime.now() + timedelta(days=14):%Y-%m-%dT10:00}"


def test_notes_that_cannot_be_saved_say_so_and_two_windows_keep_both(
    portal: Portal, browser: Browser
) -> None:
    """Without `visit`: a browser that is offline complains, and should."""
    context = browser.new_context(base_url=portal.url)
    first = context.new_page()
    sign_in(first, "mentor@demo.example", portal.password)
    run = start_a_session(first)
    notes, saved = first.get_by_label("Notes, for the two of you only"), first.locator("#saved")
    before = notes.input_value()

    context.set_offline(True)
    notes.fill(f"{before}\nIn a tunnel.")
    expect(saved).to_contain_text("Not saved. Your words are still here; we try again.")
    first.get_by_role("button", name="Next:").click()
    expect(saved).to_contain_text("Not saved.")
    expect(notes).to_have_value(f"{before}\nIn a tunnel.")
    context.set_offline(False)
    expect(saved).to_contain_text("Saved at")

    second = context.new_page()
    second.goto(run)
    second.get_by_label("Notes, for the two of you only").fill("From the second window.")
    expect(second.locator("#saved")).to_contain_text("Saved at")
    notes.fill("From the first window.")
    expect(saved).to_contain_text("Both texts are kept")
    expect(notes).to_have_value(
        "From the second window.\n\n— written in another window —\nFrom the first window."
    )

    # A page to sign in is no answer to what was sent.
    context.clear_cookies(name="sessionid")
    notes.fill("After signing out.")
    expect(saved).to_contain_text("you are signed out")
    sign_in(second, "mentor@demo.example", portal.password)
    first.get_by_role("button", name="Next:").click()
    first.wait_for_url("**/run/?part=2")
    expect(notes).to_have_value("After signing out.")
    context.close()


def start_a_session(page: Page) -> str:
    """Whatever runs, or the next one; gives the address where it runs."""
    page.goto("/en/desk/")
    page.get_by_role("link", name="Prepare, print, run").click()
    going = page.get_by_role("button", name="Go on with the session")
    if not going.count():
        if page.locator("summary", has_text="Run the session").count():
            page.locator("summary", has_text="Run the session").click()
            going = page.get_by_role("button", name="Start it now")
        else:
            going = page.get_by_role("button", name="Run the session")
    going.click()
    page.wait_for_url("**/run/")
    return page.url
