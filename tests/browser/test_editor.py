"""The content editor's story: write a module, put it in a track, publish, see it live."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
EDITOR = "editor@demo.example"
TITLE = "Reading a bar chart in a lift"
TRACK = "Questions to figures"


def test_an_editor_writes_a_module_puts_it_in_a_track_and_sees_it_live(visit: Visitor) -> None:
    page = visit(EDITOR)
    page.goto("/admin/training_modules/")
    page.get_by_role("link", name="Add module").first.click()
    page.get_by_role("button", name="Choose a page").click()
    page.locator(".modal").get_by_role("link", name="Digital tools", exact=True).click()
    page.get_by_role("button", name="Create a new module").click()
    page.locator("input[name=title]").fill(TITLE)
    page.locator("input[name=minutes]").fill("6")
    publish(page)

    page.goto("/admin/training_tracks/")
    page.get_by_role("link", name=TRACK).first.click()
    page.get_by_role("button", name="Add a module or session plan").click()
    page.get_by_role("button", name="Choose a page").last.click()
    chooser = page.locator(".modal")
    chooser.get_by_label("Search term").fill(TITLE)
    chooser.get_by_role("link", name=TITLE, exact=True).click()
    expect(chooser).to_have_count(0)
    publish(page)

    page.goto("/en/training/digital-tools/questions-to-figures/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")
