"""The filters that reckon with numbers and dress them up."""

from itertools import product

import pytest
from applying import apply, findings
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.printing import to_text
from b2bkit.liquid.run import LimitReached


@pytest.mark.parametrize(
    ("name", "value", "operand", "result"),
    [
        ("plus", 40, 2, 42),
        ("plus", "40", "2", 42),
        ("plus", "007", 1, 8),
        ("plus", "3 apples", 4, 7),
        ("plus", 0.7, 0.1, 0.8),
        ("plus", "0.7", 0, 0.7),
        ("plus", 1, 2.0, 3.0),
        ("plus", None, 5, 5),
        ("plus", 5, None, 5),
        ("plus", True, True, 0),
        ("plus", "words", 5, 5),
        ("plus", 2**63, 1, 2**63 + 1),
        ("minus", 10, 42, -32),
        ("minus", 0.3, 0.1, 0.2),
        ("minus", "5", "2.5", 2.5),
        ("times", 6, 7, 42),
        ("times", 1.1, 1.1, 1.21),
        ("times", 3, "1.5", 4.5),
        ("times", 5, None, 0),
        ("divided_by", 7, 2, 3),
        ("divided_by", -7, 2, -4),
        ("divided_by", 7, -2, -4),
        ("divided_by", 7, 2.0, 3.5),
        ("divided_by", "7", "2", 3),
        ("divided_by", 1.0, 3, 1 / 3),
        ("divided_by", 100, 86400.0, 100 / 86400),
        ("modulo", 7, 3, 1),
        ("modulo", -7, 3, 2),
        ("modulo", 7, -3, -2),
        ("modulo", 7.5, 2, 1.5),
        ("modulo", -0.5, 2, 1.5),
        ("modulo", 1e300, 0.3, 0.1),
        ("at_least", 3, 5, 5),
        ("at_least", 7, 5, 7),
        ("at_least", "2.5", 2, 2.5),
        ("at_least", None, -1, 0),
        ("at_most", 3, 5, 3),
        ("at_most", 7, "5.5", 5.5),
        ("round", 2.345, 2, 2.35),
        ("round", 2.5, None, 3),
        ("round", 2.345, "1", 2.3),
        ("round", 2.345, 1.9, 2.3),
        ("round", 1234, -2, 1200),
    ],
)
def test_filters_of_two_numbers(name, value, operand, result):
    assert apply(name, value, operand) == result
    assert type(apply(name, value, operand)) is type(result)


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("abs", -5, 5),
        ("abs", "-5.5", 5.5),
        ("abs", None, 0),
        ("ceil", 4.1, 5),
        ("ceil", "4.1", 5),
        ("ceil", -4.1, -4),
        ("floor", 4.9, 4),
        ("floor", -4.1, -5),
        ("floor", "many", 0),
        ("round", 4.5, 5),
        ("round", -4.5, -5),
        ("round", "4.4", 4),
        ("round", 3, 3),
    ],
)
def test_filters_of_one_number(name, value, result):
    assert apply(name, value) == result
    assert type(apply(name, value)) is type(result)


@pytest.mark.parametrize(
    ("name", "values", "zeros"),
    [
        ("divided_by", (5, 0, "5"), (0, "0", "", "none", None, False)),
        ("modulo", (5, 0, 5.5), (0, 0.0, "0", "", "none", None, False)),
    ],
)
def test_division_by_zero_is_a_fault_in_rubys_words(name, values, zeros):
    for value, zero in product(values, zeros):
        with pytest.raises(Fault, match="Liquid error: divided by 0") as caught:
            apply(name, value, zero)
        assert caught.value.said == "divided by 0"


@pytest.mark.parametrize(
    ("value", "zero", "text"),
    [
        (5, 0.0, "Infinity"),
        (5.5, 0, "Infinity"),
        (-5, "0.0", "-Infinity"),
        ("5.5", None, "Infinity"),
        (0, 0.0, "NaN"),
    ],
)
def test_a_float_divided_by_zero_is_infinite_and_leaves_a_finding(value, zero, text):
    assert to_text(apply("divided_by", value, zero)) == text
    assert findings("divided_by", value, zero) == ["divided-by-zero"]


def test_infinity_is_rounded_to_decimals_only():
    assert apply("round", float("inf"), 2) == float("inf")
    with pytest.raises(Fault, match="Infinity"):
        apply("round", float("inf"))


@pytest.mark.parametrize(("value", "operand"), [(-2.5, 2.5), ("-70", "-0.5"), (0, -1.5)])
def test_no_remainder_has_no_sign(value, operand):
    assert to_text(apply("modulo", value, operand)) == "0.0"


def test_multiplying_again_and_again_ends_at_the_limit_for_digits():
    value = 10
    for _ in range(12):
        value = apply("times", value, value)
    assert value == 10**4096
    with pytest.raises(LimitReached, match="number_digits"):
        apply("times", value, value)


def test_infinity_goes_through_without_breaking():
    infinite = float("inf")
    assert apply("plus", infinite, 1) == infinite
    assert str(apply("minus", infinite, infinite)) == "nan"
    assert apply("at_least", apply("minus", infinite, infinite), 1) != 1
    assert apply("times", 1e308, 10.0) == infinite


@given(st.integers(), st.integers().filter(bool))
def test_whole_numbers_divide_as_in_python(left, right):
    assert apply("divided_by", left, right) == left // right
    assert apply("modulo", left, right) == left % right
    assert apply("divided_by", str(left), str(right)) == left // right


@given(st.decimals(-(10**6), 10**6, places=2), st.decimals(-(10**6), 10**6, places=2))
def test_money_adds_up_to_the_cent(left, right):
    assert apply("plus", str(left), float(right)) == float(left + right)
    assert apply("minus", float(left), str(right)) == float(left - right)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3.00"),
        (19.9, "19.90"),
        (19.999, "20.00"),
        (0.125, "0.13"),
        (-0.125, "-0.13"),
        (1234567.5, "1234567.50"),
        ("3.5", "3.50"),
        ("1,250.50", "1,250.50"),
        ("free", "free"),
        (None, ""),
        (True, "true"),
        (1e22, "10000000000000000000000.00"),
    ],
)
def test_money_shows_two_decimals_and_leaves_alone_what_is_no_number(value, text):
    assert apply("money", value) == text


@pytest.mark.parametrize(("value", "ids"), [("3.5", ["money-of-text"]), (3.5, []), (None, [])])
def test_money_of_text_leaves_a_finding(value, ids):
    assert findings("money", value) == ids


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (12, "12"),
        (999, "999"),
        (1000, "1,000"),
        (-1000, "-1,000"),
        (-100, "-100"),
        (9876543210, "9,876,543,210"),
        (9876.54321, "9,876.54321"),
        (1000.0, "1,000.0"),
        (1e20, "1.0e+20"),
        ("9876", "9,876"),
        ("many", "many"),
        (None, ""),
        (True, "true"),
    ],
)
def test_number_with_delimiter_sets_commas_left_of_the_point(value, text):
    assert apply("number_with_delimiter", value) == text


@given(st.integers())
def test_number_with_delimiter_agrees_with_python(number):
    assert apply("number_with_delimiter", number) == f"{number:,}"
