"""Codes are unguessable, and forgive the hand that copies them from paper."""

import pytest

from curriculum.certificates.codes import make_number, make_token, read_number, read_token


def test_a_token_holds_130_bits_and_no_letter_that_looks_like_a_figure() -> None:
    tokens = {make_token() for _ in range(500)}
    assert len(tokens) == 500
    assert {len(token) for token in tokens} == {26}
    assert not set("".join(tokens)) & set("ilouILOU")


def test_a_number_is_read_back_however_it_was_typed() -> None:
    number = make_number(2026)
    for typed in (
        number,
        number.lower(),
        f"  {number.replace('-', ' ')} ",
        number.replace("-", ""),
        number.replace("-", "–"),
        number.replace("0", "O").replace("1", "l"),
        f"https://mentoring.example.org/verify/{number}/",
    ):
        assert read_number(typed) == number


def test_a_token_is_read_from_an_address() -> None:
    token = make_token()
    assert read_token(f"https://mentoring.example.org/verify/{token}") == token
    assert read_token(token.upper()) == token


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-7K3M-9QTX", "ü" * 26, "../../etc/passwd", "x" * 300]
)
def test_anything_else_is_no_code(text: str) -> None:
    assert read_number(text) is None
    assert read_token(text) is None
