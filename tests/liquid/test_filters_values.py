"""The filters for JSON, dates, defaults and properties."""

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from applying import NOW, apply, findings, run
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.run import LimitReached, Limits

TOKYO = ZoneInfo("Asia/Tokyo")


# -- JSON --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("plain", "plain"),
        ('say "no"', r"say \"no\""),
        ("back\\slash", r"back\\slash"),
        ("a\nb\rc\td\be\ff", r"a\nb\rc\td\be\ff"),
        ("\x00\x1f", r"\u0000\u001f"),
        ("\x7f/<>&'é😀\u2028", "\x7f/<>&'é😀\u2028"),
        (7, "7"),
        (True, "true"),
        (None, ""),
        (["a"], r"[\"a\"]"),
    ],
)
def test_json_escape_adds_no_quotes_around(value, escaped):
    assert apply("json_escape", value) == escaped


@given(st.text())
def test_what_json_escape_gives_reads_back_inside_quotes(text):
    assert json.loads(f'"{apply("json_escape", text)}"') == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2.0, "x", null, true]}', {"a": [1, 2.0, "x", None, True]}),
        ("[]", []),
        ('"x"', "x"),
        ("7", 7),
        (" null ", None),
        (7, 7),
    ],
)
def test_json_parse_gives_the_value(text, value):
    assert apply("json_parse", text) == value
    assert findings("json_parse", text) == []


@pytest.mark.parametrize(
    "text",
    ["{'a': 1}", "[1,]", "NaN", "-Infinity", "", None, "x", "[" * 10_000, '"\n"', "9" * 5000],
)
def test_what_is_no_json_gives_nil_and_a_finding(text):
    assert apply("json_parse", text) is None
    assert findings("json_parse", text) == ["json-parse-failed"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([{"id": "1", "n": 2.0}], '[{"id":"1","n":2.0}]'),
        ({"é": None, "b": [True, False]}, '{"é":null,"b":[true,false]}'),
        ('say "no"\n', r'"say \"no\"\n"'),
        (None, "null"),
        (7, "7"),
        (range(1, 3), '"1..2"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), '"2026-01-02T03:04:05.000Z"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=TOKYO), '"2026-01-02T03:04:05.000+09:00"'),
    ],
)
def test_as_json_string_writes_without_blanks(value, text):
    assert apply("as_json_string", value) == text


def test_as_json_string_refuses_what_json_has_no_number_for():
    with pytest.raises(Fault, match="not allowed in JSON"):
        apply("as_json_string", [float("nan")])


def test_as_json_string_stops_at_the_limit_before_the_text_is_made():
    with pytest.raises(LimitReached, match="filter_result_chars"):
        apply("as_json_string", ["x" * 60] * 9, in_run=run(Limits(filter_result_chars=100)))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_json_goes_there_and_back(value):
    assert apply("json_parse", apply("as_json_string", value)) == value


# -- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "pattern", "result"),
    [
        ("2026-01-31T10:00:00-05:00", "%F %T %z", "2026-01-31 10:00:00 -0500"),
        ("2026-01-31T10:00:00-05:00", "%s", "1769871600"),
        ("now", "%F %T", "2026-09-02 15:04:05"),
        ("today", "%A", "Wednesday"),
        (0, "%Y", "1970"),
        ("86400", "%F", "1970-01-02"),
        ("2026-01-31", None, "2026-01-31"),
        ("2026-01-31", "", "2026-01-31"),
        ("2026-01-31", "on the day", "on the day"),
        ("no date", "%Y", "no date"),
        ("", "%Y", ""),
        (None, "%Y", None),
        (1.5, "%Y", 1.5),
        (True, "%Y", True),
        ([1], "%Y", [1]),
        (datetime(2026, 1, 31, 10, tzinfo=TOKYO), "%R %z", "10:00 +0900"),
    ],
)
def test_date(value, pattern, result):
    assert apply("date", value, pattern) == result


@pytest.mark.parametrize(
    ("value", "pattern", "ids"),
    [
        ("2026-01-31", "%Y", []),
        (1_700_000_000, "%Y", []),
        (None, "%Y", []),
        ("", "%Y", []),
        ("no date", "%Y", ["date-unreadable"]),
        ("no date", "", []),
        (1_700_000_000_000, "%Y", ["date-in-milliseconds"]),
        ("1700000000000", "%Y", ["date-in-milliseconds"]),
        ("9" * 5000, "%Y", ["date-in-milliseconds"]),
        ("²", "%Y", ["date-unreadable"]),
        ("03/04/2026", "%Y", ["date-day-first"]),
        ("10:30", "%H", ["date-filled-from-the-clock"]),
    ],
)
def test_a_date_that_is_not_what_it_seems_leaves_a_finding(value, pattern, ids):
    assert findings("date", value, pattern) == ids


@pytest.mark.parametrize(
    ("value", "zone", "result"),
    [
        ("2026-01-31T10:00:00Z", "Asia/Tokyo", datetime(2026, 1, 31, 19, tzinfo=TOKYO)),
        ("now", "Asia/Tokyo", NOW.astimezone(TOKYO)),
        (0, -5, datetime(1969, 12, 31, 19, tzinfo=timezone(timedelta(hours=-5)))),
        ("2026-01-31T10:00:00Z", "+05:30", datetime(2026, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_time_zone_moves_the_clock_and_keeps_the_instant(value, zone, result):
    moved = apply("time_zone", value, zone)
    assert moved == result
    assert apply("date", moved, "%s") == apply("date", value, "%s")


def test_one_instant_in_two_zones_prints_two_clocks():
    for zone, clock in (("Asia/Tokyo", "17:00 JST"), ("America/New_York", "03:00 EST")):
        moved = apply("time_zone", "2026-01-31T08:00:00Z", zone)
        assert apply("date", moved, "%R %Z") == clock


@pytest.mark.parametrize(
    ("value", "zone", "ids"),
    [
        ("now", "Mars/Olympus", ["time-zone-unknown"]),
        ("now", None, ["time-zone-unknown"]),
        ("now", "", ["time-zone-unknown"]),
        ("no date", "Asia/Tokyo", ["date-unreadable"]),
        (None, "Asia/Tokyo", []),
        ("9999-12-31T23:00Z", "Asia/Tokyo", []),
    ],
)
def test_without_a_moment_or_a_zone_the_value_stays_as_it_is(value, zone, ids):
    assert apply("time_zone", value, zone) == value
    assert findings("time_zone", value, zone) == ids


def test_a_pattern_that_prints_too_much_is_stopped_at_the_limit():
    tight = run(Limits(filter_result_chars=1000))
    with pytest.raises(LimitReached, match="filter_result_chars"):
        apply("date", 0, "%1024d", in_run=tight)


# -- default and property_accessor -------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (None, "d"),
        (False, "d"),
        ("", "d"),
        ([], "d"),
        ({}, "d"),
        (" ", " "),
        (0, 0),
        (0.0, 0.0),
        (True, True),
        ([None], [None]),
        (range(3, 1), range(3, 1)),
    ],
)
def test_default_replaces_nil_false_and_empty(value, result):
    assert apply("default", value, "d") == result


def test_default_keeps_false_where_it_is_allowed():
    assert apply("default", False, "d", allow_false=True) is False
    assert apply("default", False, "d", allow_false=False) == "d"
    assert apply("default", False, "d", allow_false=None) == "d"
    assert apply("default", None, "d", allow_false=True) == "d"
    assert apply("default", "", "d", allow_false=True) == "d"
    assert apply("default", None) == ""
    assert apply("default", None, "d", something_else=1) == "d"


@pytest.mark.parametrize(
    ("value", "key", "result"),
    [
        ({"two words": 1}, "two words", 1),
        ({"a": None}, "a", None),
        ({"a": 1}, "b", None),
        ({"a": 1}, None, None),
        ({"1": "x"}, 1, None),
        (["a"], 0, None),
        ("text", "t", None),
        (None, "a", None),
    ],
)
def test_property_accessor_looks_into_hashes_only(value, key, result):
    assert apply("property_accessor", value, key) == result
