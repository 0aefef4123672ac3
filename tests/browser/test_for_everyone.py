"""For every eye and hand: without a mouse, without JavaScript, in the dark, on a small phone."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.answers import questions_of
from tests.browser.conftest import Portal, Visitor

pytestmark = pytest.mark.browser

PROGRAMME = "/en/programmes/harbour-and-vale/"
BOARD = (
    "",
    "left-over/",
    "waitlist/",
    "kept/",
    "decisions/",
    "fairness/",
    "rounds/",
    "try/",
    "simulate/",
    "why/",
)
PAGES: dict[str, tuple[str, ...]] = {
    "": ("/", "/en/accounts/login/", "/verify/", "/verify/nobody-has-this-one"),
    "mentee@demo.example": ("/en/desk/", "/en/training/", "/en/certificates/"),
    "mentor@demo.example": ("/en/desk/",),
    "rhys.llewellyn@harbourandvale.example": ("/en/desk/",),
    "coordinator@demo.example": (
        "/en/desk/",
        "/en/programmes/",
        PROGRAMME,
        f"{PROGRAMME}import/",
        f"{PROGRAMME}people/",
        *(f"{PROGRAMME}board/{place}" for place in BOARD),
        f"{PROGRAMME}pairs/",
        f"{PROGRAMME}preparation/",
        f"{PROGRAMME}curriculum/",
        "/en/certificates/programmes/harbour-and-vale/",
        "/styleguide",
    ),
}
#: Pages that are found by going there: (who, link on the desk).
FOUND = (
    ("mentee@demo.example", "The plan with"),
    ("mentor@demo.example", "Prepare, print, run"),
    ("mentor@demo.example", "Margarethe Lindqvist"),
    ("rhys.llewellyn@harbourandvale.example", "Elif Yıldız"),
)


def faults_of(page: Page) -> list[Any]:
    """What axe finds, each fault with the first places where it is."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [
        (page.url, fault["id"], [node["html"][:160] for node in fault["nodes"]][:3])
        for fault in found.response["violations"]
    ]


def pages_of(page: Page, email: str) -> list[str]:
    """The addresses to look at as this person."""
    found = []
    for who, link in FOUND:
        if who == email:
            page.goto("/en/desk/")
            page.get_by_role("link", name=link).first.click()
            found.append(page.url)
    return [*PAGES[email], *found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("email", PAGES)
def test_no_page_has_a_fault_that_axe_can_see(visit: Visitor, email: str, dark: bool) -> None:
    page = visit(email, dark=dark)
    faults = []
    for address in pages_of(page, email):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(address)
            faults += faults_of(page)
    assert faults == [], json.dumps(faults, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("email", PAGES)
def test_nothing_scrolls_sideways_at_320_px(visit: Visitor, email: str) -> None:
    page = visit(email, width=320)
    wide = []
    for address in pages_of(page, email):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_however_long_a_name_signing_out_stands_beside_it(visit: Visitor, width: int) -> None:
    page = visit("mentee@demo.example", width=width)
    page.goto("/en/desk/")
    name = page.locator(".site-account__you span")
    name.evaluate("element => { element.textContent = 'Featherstonehaugh'.repeat(5) }")
    boxes = [name.bounding_box(), page.get_by_role("button", name="Sign out").bounding_box()]
    middles = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert len(middles) == 2
    assert abs(middles[0] - middles[1]) < 2
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_signing_in_and_a_quiz_by_keyboard_alone(portal: Portal, visit: Visitor) -> None:
    page = visit()
    page.goto("/en/accounts/login/")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=login]")
    page.keyboard.type("mentee@demo.example")
    tab_to(page, "input[name=password]")
    page.keyboard.type(portal.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hello, Margarethe")).to_be_visible()

    page.goto("/en/training/social-media/before-you-press-post/")
    for number in range(1, len(questions_of("before-you-press-post")) + 1):
        tab_to(page, f".quiz > li:nth-child({number}) input")
        if page.evaluate("document.activeElement.type") == "text":
            page.keyboard.type("something")
        else:
            page.keyboard.press("Space")
    tab_to(page, "#quiz button")
    page.keyboard.press("Enter")
    expect(page.locator("#quiz")).to_contain_text("are right")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something of this kind, and see that it shows."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate(SHOWS_FOCUS), f"The focus on {selector} cannot be seen."
            return
    raise AssertionError(f"The keyboard does not reach {selector} on {page.url}.")


SHOWS_FOCUS = """() => {
  const looks = (element) => element && getComputedStyle(element);
  const seen = (style) => style && (style.outlineStyle !== "none" || style.boxShadow !== "none");
  const here = document.activeElement;
  return seen(looks(here)) || seen(looks(here.closest("label")));
}"""
