"""The mentee's story: ten minutes on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answers import answer_quiz
from tests.browser.conftest import Portal, Visitor
from tests.browser.mailbox import letters_to, read, wait_for_letter

pytestmark = pytest.mark.browser
MENTEE = "mentee@demo.example"
# What she reads next in the sample, and where it stands in her plan.
NEXT, NEXT_TITLE = "queries-that-answer", "Queries that answer"


def open_next_module(page: Page) -> None:
    page.goto("/en/desk/")
    page.get_by_role("link", name="The plan with").click()
    page.get_by_role("link", name=NEXT_TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEXT_TITLE)


def test_a_mentee_says_yes_to_the_next_meeting_in_one_tap(visit: Visitor) -> None:
    page = visit(MENTEE, width=390)
    page.goto("/en/desk/")
    page.get_by_role("button", name="I will be there").click()
    page.goto("/en/desk/")
    expect(page.get_by_text("Both of you said yes")).to_be_visible()


def test_a_mentee_learns_from_a_wrong_answer_and_passes(visit: Visitor) -> None:
    page = visit(MENTEE, width=390)
    open_next_module(page)
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("#quiz")).to_contain_text("0 of")
    # A first failure gives no answer away.
    expect(page.locator("#quiz")).not_to_contain_text("The answer:")
    expect(page.get_by_role("button", name="Mark as done")).to_have_count(0)
    answer_quiz(page, NEXT)
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("#quiz .notice__title")).to_contain_text("Passed:")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_text(f"“{NEXT_TITLE}” is done.")).to_be_visible()
    page.get_by_role("link", name="The plan with").click()
    item = page.locator("li", has=page.get_by_role("link", name=NEXT_TITLE)).last
    expect(item).to_contain_text("Done")


def test_a_quiz_is_passed_without_javascript(visit: Visitor) -> None:
    page = visit(MENTEE, js=False)
    page.goto("/en/training/social-media/what-for-and-for-whom/")
    answer_quiz(page, "what-for-and-for-whom")
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("#quiz .notice__title")).to_contain_text("Passed:")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_text("is done.")).to_be_visible()


def test_a_mentee_signs_in_with_a_code_from_the_mail_and_answers_after_coffee(
    portal: Portal, visit: Visitor
) -> None:
    address = "rhys.llewellyn@harbourandvale.example"
    before = len(letters_to(portal.mail, address))
    page = visit(width=390)
    page.goto("/en/accounts/login/")
    page.get_by_label("Email address").first.fill(address)
    page.get_by_role("button", name="Send me a code").click()
    letter = wait_for_letter(portal.mail, address, beyond=before)
    page.get_by_label("Code").fill(code_in(read(letter)))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Elif Yıldız").first.click()
    expect(page.get_by_role("heading", name="How to reach each other")).to_have_count(0)
    page.get_by_role("button", name="Yes, go on together").click()
    expect(page.get_by_role("heading", name="How to reach each other")).to_be_visible()
    expect(page.get_by_role("link", name="elif.yildiz@harbourandvale.example")).to_be_visible()


def code_in(text: str) -> str:
    """The code stands on a line of its own, indented."""
    [code] = re.findall(r"^ +([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", text, re.MULTILINE)
    return str(code)
