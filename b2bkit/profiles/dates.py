"""Which texts Braze takes for a date, and the one form in which we write a moment.

Braze reads a closed list of forms; any other text stays text, and time filters do not see it. Here
is that list and nothing else: what happens to the text lives in `types`, `objects` and `events`.

Source: Braze, User attributes object (2026, Portuguese text).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

ACCEPTED = (
    "ISO 8601",
    "yyyy-MM-ddTHH:mm:ss:SSSZ",
    "yyyy-MM-ddTHH:mm:ss",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd",
    "MM/dd/yyyy",
    "ddd MM dd HH:mm:ss.TZD YYYY",
)
"""The forms as Braze lists them."""

_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_MINUTES = r"(?P<hour>\d\d):(?P<minute>\d\d)"
_TIME = rf"{_MINUTES}:(?P<second>\d\d)"
_BASIC_DATE, _BASIC_TIME = _DATE.replace("-", ""), _TIME.replace(":", "")
_ZONE = r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)"
_NAMED_ZONE = _ZONE.replace("Z|", "Z|UTC|GMT|")
_WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        _DATE,
        rf"{_DATE} {_TIME}",
        rf"{_DATE}T{_MINUTES}(?::(?P<second>\d\d)(?:[.,:](?P<fraction>\d{{1,9}}))?)?{_ZONE}?",
        rf"{_BASIC_DATE}T{_BASIC_TIME}{_ZONE}?",
        r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})",
        rf"{_WEEKDAY} (?P<month>\d\d) (?P<day>\d\d) {_TIME}\.{_NAMED_ZONE} (?P<year>\d{{4}})",
    )
)
_STARTS = frozenset("0123456789MTWFS")
_LONGEST = 40
_LAST_YEAR = 3000


def parse_date(text: str) -> datetime | None:
    """Read a date in one of the accepted forms; `None` for any other text.

    Without a zone it is UTC. A year after 3000 makes it text, as Braze stores it.
    """
    if not 8 <= len(text) <= _LONGEST or text[0] not in _STARTS:
        return None
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _moment(found.groupdict())
    return None


def is_date(text: str) -> bool:
    """Tell whether Braze would store this text as a date."""
    return parse_date(text) is not None


def write_moment(moment: datetime) -> str:
    """Write a moment as `/users/export/ids` does: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(parts: dict[str, str | None]) -> datetime | None:
    year, month, day, hour, minute, second = (
        int(parts.get(name) or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
    if year > _LAST_YEAR:
        return None
    try:
        return datetime(
            year, month, day, hour, minute, second, int(fraction), _zone(parts.get("zone"))
        )
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
