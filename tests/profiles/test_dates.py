"""The closed list of texts that Braze takes for a date."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.profiles.dates import is_date, parse_date, write_moment

NOON = datetime(2026, 3, 26, 12, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-26", datetime(2026, 3, 26, tzinfo=UTC)),
        ("2026-03-26 12:30:05", NOON),
        ("2026-03-26T12:30:05", NOON),
        ("2026-03-26T12:30", NOON.replace(second=0)),
        ("2026-03-26T12:30:05Z", NOON),
        ("2026-03-26T12:30:05.250Z", NOON.replace(microsecond=250_000)),
        ("2026-03-26T12:30:05,25Z", NOON.replace(microsecond=250_000)),
        ("2026-03-26T12:30:05:250Z", NOON.replace(microsecond=250_000)),
        ("2026-03-26T12:30:05:250+0100", (NOON - timedelta(hours=1)).replace(microsecond=250_000)),
        ("2026-03-26T12:30:05+01:00", NOON - timedelta(hours=1)),
        ("2026-03-26T12:30:05-0430", NOON + timedelta(hours=4, minutes=30)),
        ("2026-03-26T12:30:05+01", NOON - timedelta(hours=1)),
        ("20260326T123005Z", NOON),
        ("03/26/2026", datetime(2026, 3, 26, tzinfo=UTC)),
        ("Thu 03 26 12:30:05.UTC 2026", NOON),
        ("Thu 03 26 12:30:05.+0100 2026", NOON - timedelta(hours=1)),
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC)),
        ("3000-12-31", datetime(3000, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_text_of_the_list_is_a_date(text, moment):
    assert parse_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "hello",
        "Mar 26 2026 06:12 PM",
        "March 26, 2026",
        "26.03.2026",
        "26/03/2026",
        "3/26/2026",
        "2026-3-26",
        "2026-03",
        "2026",
        "20260326",
        "1774528205",
        "2026-02-29",
        "2026-13-01",
        "2026-03-26 12:30",
        "2026-03-26 12:30:05 +0000",
        "2026-03-26 12:30:05.000",
        "2026-03-26T25:00:00Z",
        "2026-03-26T12:30:05 UTC",
        "2026-03-26T12:30:05UTC",
        " 2026-03-26",
        "2026-03-26\n",
        "3001-01-01",
        "0000-01-01",
        "-001-01-01",
        "٢٠٢٦-٠٣-٢٦",
    ],
)
def test_any_other_text_is_text(text):
    assert not is_date(text)


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    assert parse_date(text) is None or parse_date(text).tzinfo is not None


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1, 1, 2), max_value=datetime(2999, 12, 30), timezones=st.just(UTC)
    )
)
def test_a_moment_is_read_back_to_the_millisecond(moment):
    assert parse_date(write_moment(moment)) == moment.replace(
        microsecond=moment.microsecond // 1000 * 1000
    )


def test_a_moment_is_written_in_utc():
    cet = timezone(timedelta(hours=1))
    assert write_moment(datetime(2026, 3, 26, 1, 0, tzinfo=cet)) == "2026-03-26T00:00:00.000Z"
