"""Values become text as Ruby prints them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.printing import DEEPEST, MOST_PRINTED, to_string, to_text
from b2bkit.liquid.run import LimitReached

SUMMER = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        ("as it is", "as it is"),
        (0, "0"),
        (-7, "-7"),
        (10**30, "1" + "0" * 30),
        (2.0, "2.0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (0.0001, "0.0001"),
        (0.00001, "1.0e-05"),
        (1.25e-7, "1.25e-07"),
        (123456789012345.0, "123456789012345.0"),
        (1e15, "1.0e+15"),
        (-1.5e15, "-1.5e+15"),
        (9007199254740992.0, "9.007199254740992e+15"),
        (1234567890123456.8, "1234567890123456.8"),
        (1e16, "1.0e+16"),
        (6.5e100, "6.5e+100"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (float("nan"), "NaN"),
        (range(2, 6), "2..5"),
        (date(2026, 1, 31), "2026-01-31"),
        (SUMMER, "2026-07-01 09:30:00 UTC"),
        (SUMMER.astimezone(ZoneInfo("America/New_York")), "2026-07-01 05:30:00 -0400"),
        (SUMMER.astimezone(timezone(timedelta(hours=5, minutes=30))), "2026-07-01 15:00:00 +0530"),
    ],
)
def test_single_values_print_alike_in_outputs_and_text_filters(value, text):
    assert to_text(value) == text
    assert to_string(value) == text


@pytest.mark.parametrize(
    ("value", "in_output", "in_text_filter"),
    [
        ([], "", "[]"),
        (["a", "b"], "ab", '["a", "b"]'),
        ([1, [2, [3.5]], None, True], "123.5true", "[1, [2, [3.5]], nil, true]"),
        (("key", 1), "key1", '["key", 1]'),
        ({}, "{}", "{}"),
        ({"a": 1, "b": None}, '{"a"=>1, "b"=>nil}', '{"a"=>1, "b"=>nil}'),
        ([{"a": [1, "x"]}], '{"a"=>[1, "x"]}', '[{"a"=>[1, "x"]}]'),
        ([SUMMER], "2026-07-01 09:30:00 UTC", "[2026-07-01 09:30:00 UTC]"),
    ],
)
def test_an_array_is_joined_in_an_output_and_bracketed_in_a_text_filter(
    value, in_output, in_text_filter
):
    assert to_text(value) == in_output
    assert to_string(value) == in_text_filter


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('say "no"', r'"say \"no\""'),
        ("back\\slash", r'"back\\slash"'),
        ("a\nb\tc\rd", r'"a\nb\tc\rd"'),
        ("\x07\b\v\f\x1b\x01", r'"\a\b\v\f\e\u0001"'),
        ("#{x} #$y #@z # w", r'"\#{x} \#$y \#@z # w"'),
        ("né 色 😀", '"né 色 😀"'),
        ("a\u2028b", r'"a\u2028b"'),
        ("no\u00a0break", '"no\u00a0break"'),
    ],
)
def test_text_inside_an_array_is_quoted_as_ruby_inspects_it(text, quoted):
    assert to_string([text]) == f"[{quoted}]"


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("print_", [to_text, to_string])
def test_data_deeper_than_the_limit_is_refused_by_name(print_):
    assert print_(nested(DEEPEST - 1)) in ("", "[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(LimitReached, match="data_nesting"):
        print_(nested(DEEPEST))


@pytest.mark.parametrize("print_", [to_text, to_string])
def test_an_array_that_repeats_one_long_text_is_refused_before_it_fills_the_memory(print_):
    with pytest.raises(LimitReached, match="printed_chars"):
        print_(["x" * 1000] * (MOST_PRINTED // 1000 + 1))


@pytest.mark.parametrize(
    "value",
    [10**5000, [10**5000], range(10**5000, 10**5000 + 1)],
    ids=["alone", "in an array", "in a range"],
)
def test_a_number_of_more_digits_than_python_prints_is_refused_by_name(value):
    with pytest.raises(LimitReached, match="number_digits"):
        to_text(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_float_reads_back_as_itself_and_always_has_a_point(number):
    text = to_text(number)
    assert float(text) == number
    assert "." in text
