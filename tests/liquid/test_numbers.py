"""Text and values are read as numbers, and numbers rounded, as Ruby Liquid does."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.numbers import MOST_DIGITS, next_whole, rounded, to_integer, to_number
from b2bkit.liquid.run import LimitReached


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        (1.10, Decimal("1.1")),
        ("42", 42),
        ("0042", 42),
        ("-42", -42),
        ("+42", 42),
        ("4.20", Decimal("4.20")),
        ("-4.2", Decimal("-4.2")),
        ("\t 4.2\n", Decimal("4.2")),
        ("  42  ", 42),
        ("42nd street", 42),
        ("4.2km", 4),
        ("+4.2", 4),
        ("4.", 4),
        (".5", 0),
        ("1e3", 1),
        ("1_000", 1000),
        ("1__000", 1),
        ("- 5", 0),
        ("٣", 0),
        ("word", 0),
        ("", 0),
        (None, 0),
        (True, 0),
        (False, 0),
        ([1], 0),
        ({"a": 1}, 0),
    ],
)
def test_leading_digits_count_and_anything_else_is_zero(value, number):
    assert to_number(value) == number
    assert type(to_number(value)) is type(number)


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), ("3", 3), (" -3 ", -3), ("1_0", 10), ("0x1F", 31), ("0b101", 5), ("017", 15)],
)
def test_a_length_is_read_strictly_as_ruby_reads_literals(value, number):
    assert to_integer(value) == number


@pytest.mark.parametrize("value", [None, "", "three", "3.0", 3.0, True, [3], "08", "1__0", "3 4"])
def test_a_length_that_is_no_whole_number_is_a_fault(value):
    with pytest.raises(Fault, match="invalid integer") as caught:
        to_integer(value)
    assert caught.value.said == "invalid integer"


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [
        (0.5, 0, 1),
        (-0.5, 0, -1),
        (1.5, 0, 2),
        (4.5, 0, 5),
        (4.49, 0, 4),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (-2.675, 2, -2.68),
        (2.5, 3, 2.5),
        (7, 2, 7),
        ("3.14159", 3, 3.142),
        (1e23, 0, 10**23),
        (1250, -2, 1300),
        (-1250, -2, -1300),
        (1249.99, -2, 1200),
        (50, -2, 100),
        (49, -2, 0),
        (4, -2, 0),
        (4, -400, 0),
        (0.1, 4000, 0.1),
    ],
)
def test_half_rounds_away_from_zero_and_places_decide_the_kind(value, places, result):
    assert rounded(value, places) == result
    assert type(rounded(value, places)) is type(result)


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(1.2, 2, 1), (-1.2, -1, -2), (3, 3, 3), ("2.0", 2, 2), (1e23, 10**23, 10**23), (None, 0, 0)],
)
def test_the_next_whole_number_is_exact(value, up, down):
    assert next_whole(value, up=True) == up
    assert next_whole(value, up=False) == down


@pytest.mark.parametrize(("value", "said"), [(float("inf"), "Infinity"), (float("nan"), "NaN")])
def test_what_is_not_finite_cannot_be_rounded(value, said):
    for attempt in (lambda: rounded(value), lambda: next_whole(value, up=True)):
        with pytest.raises(Fault) as caught:
            attempt()
        assert caught.value.said == said


@pytest.mark.parametrize("text", ["9" * (MOST_DIGITS + 1), "1." + "1" * MOST_DIGITS])
def test_text_of_too_many_digits_is_refused_by_name(text):
    with pytest.raises(LimitReached, match="number_digits"):
        to_number(text)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(-3, 4))
def test_rounding_stays_within_half_a_unit_of_the_place(number, places):
    result = Decimal(str(rounded(str(number), places)))
    assert abs(result - number) <= Decimal(1).scaleb(-places) / 2


@given(st.text(max_size=40))
def test_any_text_is_a_number(text):
    assert isinstance(to_number(text), (int, Decimal))
