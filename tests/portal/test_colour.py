"""An organisation's accent is shifted just as far as reading it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.colour import ENOUGH, INK_DARK, PAPER_DARK, PAPER_LIGHT, WHITE, contrast, readable_on

COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == pytest.approx(ratio, abs=0.01)


@given(COLOURS)
def test_every_accent_becomes_readable_by_day_and_by_night(colour: str) -> None:
    assert contrast(readable_on(PAPER_LIGHT, colour, INK_DARK), PAPER_LIGHT) >= ENOUGH
    assert contrast(readable_on(PAPER_DARK, colour, WHITE), PAPER_DARK) >= ENOUGH


def test_a_readable_accent_stays_as_it_is() -> None:
    assert readable_on(PAPER_LIGHT, "#b93a10", INK_DARK) == "#b93a10"
