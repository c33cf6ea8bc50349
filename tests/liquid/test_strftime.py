"""Moments are formatted as Ruby's Time#strftime does, whatever the system."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.strftime import strftime

MORNING = datetime(2027, 1, 3, 7, 5, 9, 40_506, tzinfo=UTC)  # a Sunday
EVENING = datetime(2026, 12, 31, 19, 45, 0, tzinfo=ZoneInfo("America/New_York"))
INDIA = datetime(2026, 3, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%Y", "2027"),
        ("%C", "20"),
        ("%y", "27"),
        ("%m", "01"),
        ("%B", "January"),
        ("%b", "Jan"),
        ("%h", "Jan"),
        ("%d", "03"),
        ("%e", " 3"),
        ("%j", "003"),
        ("%H", "07"),
        ("%k", " 7"),
        ("%I", "07"),
        ("%l", " 7"),
        ("%M", "05"),
        ("%S", "09"),
        ("%L", "040"),
        ("%N", "040506000"),
        ("%p", "AM"),
        ("%P", "am"),
        ("%A", "Sunday"),
        ("%a", "Sun"),
        ("%u", "7"),
        ("%w", "0"),
        ("%G", "2026"),
        ("%g", "26"),
        ("%V", "53"),
        ("%U", "01"),
        ("%W", "00"),
        ("%s", "1798959909"),
        ("%z", "+0000"),
        ("%Z", "UTC"),
        ("%D", "01/03/27"),
        ("%x", "01/03/27"),
        ("%F", "2027-01-03"),
        ("%T", "07:05:09"),
        ("%X", "07:05:09"),
        ("%R", "07:05"),
        ("%r", "07:05:09 AM"),
        ("%c", "Sun Jan  3 07:05:09 2027"),
        ("%v", " 3-JAN-2027"),
        ("%n%t%%", "\n\t%"),
    ],
)
def test_every_letter(pattern, text):
    assert strftime(MORNING, pattern) == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%-d/%-m/%-I", "3/1/7"),
        ("%_d %_m %_H", " 3  1  7"),
        ("%0e %0k %0l", "03 07 07"),
        ("%-e %-l %-j", "3 7 3"),
        ("%^a %^B", "SUN JANUARY"),
        ("%#a %#b", "SUN JAN"),
        ("%#p %^p %^P %#P", "am AM AM AM"),
        ("%#Z", "utc"),
        ("%5d|%05e|%-5d", "00003|00003|3"),
        ("%10A|%010A|%-10A", "    Sunday|0000Sunday|Sunday"),
        ("%^10b", "       JAN"),
        ("%12F|%012F", "  2027-01-03|002027-01-03"),
        ("%^c", "SUN JAN  3 07:05:09 2027"),
        ("%3N %6N %9N %12N %1L", "040 040506 040506000 040506000000 0"),
        ("%Ey %Od", "27 03"),
        ("%-0d %_-d", "3 3"),
        ("%-z", "-0000"),
        ("%6Y", "002027"),
        ("%8s", "1798959909"),
    ],
)
def test_every_flag_and_width(pattern, text):
    assert strftime(MORNING, pattern) == text


@pytest.mark.parametrize(
    ("moment", "pattern", "text"),
    [
        (EVENING, "%z", "-0500"),
        (EVENING, "%:z", "-05:00"),
        (EVENING, "%::z", "-05:00:00"),
        (EVENING, "%:::z", "-05"),
        (EVENING, "%-z", "-0500"),
        (EVENING, "%_z", " -500"),
        (EVENING, "%10z", "-000000500"),
        (EVENING, "%_10z", "      -500"),
        (EVENING, "%Z", "EST"),
        (EVENING, "%s", "1798764300"),
        (EVENING, "%I:%M %p", "07:45 PM"),
        (INDIA, "%z", "+0530"),
        (INDIA, "%:::z", "+05:30"),
        (INDIA, "%Z|%5Z|", "||"),
        (INDIA, "%s", "1772994601"),
        (INDIA, "%l %P", "12 am"),
        (datetime(987, 1, 1, tzinfo=UTC), "%Y %-Y %C", "0987 987 09"),
        (datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), "%s %05s", "-1 -0001"),
    ],
)
def test_offsets_zones_and_instants(moment, pattern, text):
    assert strftime(moment, pattern) == text


@pytest.mark.parametrize(
    "pattern", ["%Q", "100 %!", "%:d", "%:", "%+", "%Ed", "%OY", "no directive", "日付"]
)
def test_what_is_no_directive_is_printed_as_it_stands(pattern):
    assert strftime(MORNING, pattern) == pattern


@pytest.mark.parametrize("pattern", ["%", "%-", "%5", "%H%"])
def test_a_directive_without_its_letter_is_a_fault_in_rubys_words(pattern):
    with pytest.raises(Fault, match="invalid format") as caught:
        strftime(MORNING, pattern)
    assert caught.value.said == f"invalid format: {pattern}"


def test_padding_stops_where_ruby_refuses_it():
    assert len(strftime(MORNING, "%1024d")) == 1024
    for pattern in ("%1025d", "%99999d"):
        with pytest.raises(Fault, match="out of range"):
            strftime(MORNING, pattern)


COMMON = "%A %a %B %b %d %H %I %M %m %p %S %U %W %w %y %j %G %V %u %Z %z"


@given(
    st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("US/Hawaii")]))
)
def test_the_common_letters_agree_with_python(moment):
    if moment.year >= 1900:
        assert strftime(moment, COMMON) == moment.strftime(COMMON)


@given(
    st.datetimes(timezones=st.just(UTC)), st.text(alphabet="%-0^#_:19aAbeNZzsYLQéx ", max_size=30)
)
def test_no_pattern_breaks_it(moment, pattern):
    with suppress(Fault):  # padded too far
        assert isinstance(strftime(moment, pattern), str)
