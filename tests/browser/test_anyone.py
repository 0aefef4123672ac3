"""A certificate: whoever earned it has it, whoever is shown it can check it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_certificate_is_downloaded_and_verified_by_anyone(visit: Visitor) -> None:
    holder = visit("tobias.fairweather@harbourandvale.example", width=390)
    holder.goto("/en/certificates/")
    link = holder.get_by_role("link", name="Download the certificate")
    answer = holder.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.")
    address = holder.locator("a[href*='/verify/']").first.get_attribute("href")
    anyone = visit()
    anyone.goto(str(address))
    expect(anyone.get_by_text("Tobias Fairweather-Ashcombe").first).to_be_visible()
    expect(anyone.get_by_text("Social media presence").first).to_be_visible()
    outsider = visit("mentee@demo.example")
    assert outsider.request.get(str(link.get_attribute("href"))).status == 404


def test_an_unknown_certificate_is_told_kindly(visit: Visitor) -> None:
    anyone = visit()
    answer = anyone.request.get("/verify/nobody-has-this-one")
    assert answer.status == 404
    assert "certificate" in answer.text().lower()
