"""Text, numbers and times are read as the moments that Ruby's Time.parse makes of them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from applying import NOW
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.date_text import LONGEST
from b2bkit.liquid.dates import offset_of, read, time_zone


def moment_of(value):
    reading = read(value, lambda: NOW)
    return None if reading is None else reading.moment.isoformat()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31", "2026-01-31T00:00:00+00:00"),
        ("2026-01-31T08:09", "2026-01-31T08:09:00+00:00"),
        ("2026-01-31T08:09:10", "2026-01-31T08:09:10+00:00"),
        ("2026-01-31 08:09:10", "2026-01-31T08:09:10+00:00"),
        ("2026-01-31T08:09:10Z", "2026-01-31T08:09:10+00:00"),
        ("2026-01-31T08:09:10.5Z", "2026-01-31T08:09:10.500000+00:00"),
        ("2026-01-31T08:09:10.123456789Z", "2026-01-31T08:09:10.123456+00:00"),
        ("2026-01-31T08:09:10+02:00", "2026-01-31T08:09:10+02:00"),
        ("2026-01-31T08:09:10-0330", "2026-01-31T08:09:10-03:30"),
        ("2026-01-31T08:09-05:00", "2026-01-31T08:09:00-05:00"),
        ("2026-01-31 08:09:10 UTC", "2026-01-31T08:09:10+00:00"),
        ("2026-01-31 8:09:10 UTC", "2026-01-31T08:09:10+00:00"),
        ("2026-01-31 08:09:10 +0100", "2026-01-31T08:09:10+01:00"),
        ("2026-01-31t08:09:10z", "2026-01-31T08:09:10+00:00"),
        ("  2026-01-31  ", "2026-01-31T00:00:00+00:00"),
        ("20260131T080910Z", "2026-01-31T08:09:10+00:00"),
        ("20260131T0809", "2026-01-31T08:09:00+00:00"),
        ("2026-031", "2026-01-31T00:00:00+00:00"),
    ],
)
def test_iso_8601(text, moment):
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("January 31, 2026", "2026-01-31T00:00:00+00:00"),
        ("Jan 31 2026", "2026-01-31T00:00:00+00:00"),
        ("jan. 31st, 2026", "2026-01-31T00:00:00+00:00"),
        ("31 January 2026", "2026-01-31T00:00:00+00:00"),
        ("31 Jan 26", "2026-01-31T00:00:00+00:00"),
        ("31-Jan-2026", "2026-01-31T00:00:00+00:00"),
        ("Jan-31-2026", "2026-01-31T00:00:00+00:00"),
        ("31/Jan/2026", "2026-01-31T00:00:00+00:00"),
        ("Sat, 31 Jan 2026 08:09:10 GMT", "2026-01-31T08:09:10+00:00"),
        ("Sat, 31 Jan 2026 08:09:10 -0800", "2026-01-31T08:09:10-08:00"),
        ("Sat Jan 31 08:09:10 2026", "2026-01-31T08:09:10+00:00"),
        ("Sat Jan 31 08:09:10 EST 2026", "2026-01-31T08:09:10-05:00"),
        ("2026-01-31 8:09 pm", "2026-01-31T20:09:00+00:00"),
        ("2026-01-31 at 8pm", "2026-01-31T20:00:00+00:00"),
        ("2026-01-31 12:09 AM", "2026-01-31T00:09:00+00:00"),
        ("2026-01-31 12:09 p.m.", "2026-01-31T12:09:00+00:00"),
        ("2026/1/31", "2026-01-31T00:00:00+00:00"),
        ("31/1/2026", "2026-01-31T00:00:00+00:00"),
        ("31.1.2026", "2026-01-31T00:00:00+00:00"),
        ("31-01-2026", "2026-01-31T00:00:00+00:00"),
        ("2026.01.31", "2026-01-31T00:00:00+00:00"),
        ("26/1/31", "2026-01-31T00:00:00+00:00"),
        ("January 2026", "2026-01-01T00:00:00+00:00"),
        ("H30.04.30", "2018-04-30T00:00:00+00:00"),
        ("2026-01-31 10:00 Central Standard Time", "2026-01-31T10:00:00+00:00"),
        ("2026-01-31 10:00 Europe/Paris", "2026-01-31T10:00:00+00:00"),
    ],
)
def test_loose_forms(text, moment):
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-30", "2026-03-02T00:00:00+00:00"),
        ("2026-06-31T10:00Z", "2026-07-01T10:00:00+00:00"),
        ("2026-12-31T24:00", "2027-01-01T00:00:00+00:00"),
        ("2026-12-31T24:00-05:00", "2027-01-01T00:00:00-05:00"),
        ("2026-06-30T23:59:60Z", "2026-07-01T00:00:00+00:00"),
    ],
)
def test_what_runs_over_goes_on_to_the_next_day(text, moment):
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10:30", "2026-09-02T10:30:00+00:00"),
        ("5pm", "2026-09-02T17:00:00+00:00"),
        ("10:30 -0800", "2026-09-02T10:30:00-08:00"),
        ("January 31", "2026-01-31T00:00:00+00:00"),
        ("31 January", "2026-01-31T00:00:00+00:00"),
        ("31st of January", "2026-01-01T00:00:00+00:00"),
        ("the 15th", "2026-09-15T00:00:00+00:00"),
        ("3/4", "2026-03-04T00:00:00+00:00"),
        ("May", "2026-05-01T00:00:00+00:00"),
        ("Mary", "2026-03-01T00:00:00+00:00"),
    ],
)
def test_what_is_missing_in_front_comes_from_the_clock_and_says_so(text, moment):
    assert moment_of(text) == moment
    assert read(text, lambda: NOW).remark == "filled from the clock"


def test_a_time_without_a_date_is_on_the_day_of_its_own_offset():
    late = datetime(2026, 9, 2, 23, 30, tzinfo=UTC)
    assert read("10:30 +0300", lambda: late).moment.isoformat() == "2026-09-03T10:30:00+03:00"


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("03/04/2026", "day first"),
        ("3-4-2026", "day first"),
        ("3.4.2026", "day first"),
        ("04/04/2026", ""),
        ("13/04/2026", ""),
        ("2026-04-03", ""),
        ("April 3, 2026", ""),
    ],
)
def test_a_date_that_could_be_read_month_first_says_so(text, remark):
    assert read(text, lambda: NOW).remark == remark


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "hello",
        "sunny",
        "Friday",
        "02/29/2026",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "2026-01-31T25:00",
        "2026-01-31T24:30",
        "2026-01-31T10:60",
        "2026-01-31T10:00+99:00",
        "2026-02",
        "2026-W05-6",
        "0000-00-00",
        "1700000000.5",
        "99999999999999999999999",
        "2026-01-31" + " " * LONGEST,
        None,
        True,
        1.5,
        [2026],
        {"year": 2026},
        10**15,
        -(10**15),
    ],
)
def test_what_ruby_leaves_as_it_is_is_no_moment(value):
    assert read(value, lambda: NOW) is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (0, "1970-01-01T00:00:00+00:00"),
        (1_789_000_000, "2026-09-10T00:26:40+00:00"),
        (-86_400, "1969-12-31T00:00:00+00:00"),
        ("1789000000", "2026-09-10T00:26:40+00:00"),
        ("2026", "1970-01-01T00:33:46+00:00"),
        ("now", NOW.isoformat()),
        ("NOW", NOW.isoformat()),
        ("today", NOW.isoformat()),
        (date(2026, 1, 31), "2026-01-31T00:00:00+00:00"),
        (datetime(2026, 1, 31, 8), "2026-01-31T08:00:00+00:00"),
        (datetime(2026, 1, 31, 8, tzinfo=ZoneInfo("Asia/Tokyo")), "2026-01-31T08:00:00+09:00"),
    ],
)
def test_numbers_words_and_times(value, moment):
    assert moment_of(value) == moment


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("America/New_York", ZoneInfo("America/New_York")),
        ("UTC", UTC),
        ("Etc/UTC", ZoneInfo("Etc/UTC")),
        ("-05:00", timezone(timedelta(hours=-5))),
        ("-0005", timezone(timedelta(minutes=-5))),
        ("+0530", timezone(timedelta(hours=5, minutes=30))),
        ("+00:00", UTC),
        (-5, timezone(timedelta(hours=-5))),
        (0, UTC),
        ("Mars/Olympus", None),
        ("America", None),
        ("../../etc/passwd", None),
        ("/etc/passwd", None),
        ("a\0b", None),
        ("x" * 5000, None),
        ("+99:00", None),
        (99, None),
        (10**30, None),
        ("", None),
        (None, None),
        (True, None),
        (5.5, None),
        (["UTC"], None),
    ],
    ids=str,
)
def test_time_zones_by_name_offset_and_hours(name, zone):
    assert time_zone(name) == zone


@pytest.mark.parametrize(
    ("text", "hours"), [("-05:00", -5), ("+0530", 5.5), ("-05", -5), ("5", None), ("GMT+2", None)]
)
def test_offsets(text, hours):
    assert offset_of(text) == (None if hours is None else timedelta(hours=hours))


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_written_in_iso_8601_reads_back_as_the_same_instant(moment):
    if moment.utcoffset() % timedelta(minutes=1) == timedelta():
        assert moment_of(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=2 * LONGEST))
def test_no_text_breaks_the_reader(text):
    reading = read(text, lambda: NOW)
    assert reading is None or reading.moment.tzinfo is not None


@given(st.text("0123456789 :-+/.,'tzwhapmjndrs[]", max_size=40))
def test_nothing_like_a_date_breaks_the_reader(text):
    reading = read(text, lambda: NOW)
    assert reading is None or reading.moment.tzinfo is not None
