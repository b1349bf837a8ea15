"""Numbers as people write and read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.errors import StudioError
from nnstudio.numbers import format_number, parse_number, set_style, shown_number, shown_short


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("1/3", 1 / 3),
        ("-2e-3", -0.002),
        ("−4", -4.0),
        (" +.25 ", 0.25),
        ("3.", 3.0),
        ("０．５", 0.5),
        ("½", 0.5),
        ("-¾", -0.75),
        ("1,5 / 3", 0.5),
        ("-1/-4", 0.25),
    ],
)
def test_reads_what_people_write(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "  ", "abc", "1/0", "1/2/3", "1,234.5", "1,2,3", "nan", "inf", "1e999", "1_0", "²x"],
)
def test_refuses_in_words(text: str) -> None:
    with pytest.raises(StudioError) as caught:
        parse_number(text)
    assert caught.value.text
    assert caught.value.hint


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.123456, "0.1235"),
        (-1.5, "−1.5"),
        (1234.5678, "1235"),
        (0.00012345, "0.0001234"),
        (1.5e-7, "1.5e−7"),
        (2.5e9, "2.5e9"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
    ],
)
def test_shows_four_digits(value: float, shown: str) -> None:
    assert format_number(value) == shown


def test_shows_decimals_and_comma() -> None:
    assert format_number(0.5, decimals=3) == "0.500"
    assert format_number(-0.0001, decimals=2) == "0.00"
    assert format_number(0.25, comma=True) == "0,25"


@given(st.floats(-1e12, 1e12), st.booleans())
def test_what_is_shown_can_be_read_back(value: float, comma: bool) -> None:
    read = parse_number(format_number(value, digits=6, comma=comma))
    assert read == pytest.approx(value, rel=1e-4, abs=1e-300)


def test_the_reader_chooses_decimals_and_sign():
    try:
        set_style(3, True)
        assert shown_number(-0.5) == "−0,500"
        assert shown_short(1.25) == "1,25"
        assert format_number(-0.5) == "−0.5"
    finally:
        set_style(None, False)
    assert shown_number(-0.5) == "−0.5"
