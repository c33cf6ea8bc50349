"""Which texts Braze takes for a date, and the one form in which we write a moment.

Braze reads a closed list of forms; any other text stays text, and time filters do not see it. Here
is that list and nothing else: what happens to the text lives in `types`, `objects` and `events`.

Source: Braze, User attributes object (2026, Portuguese text).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

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

_BEGINNING = re.compile(
    r"\d{4}-\d\d-\d\d|\d{8}T|\d\d/\d\d/\d{4}|[MTWFS][a-z]{2} \d\d \d\d ", re.ASCII
)
"""How every form begins: most texts are no dates, and one look tells."""

_TIME = r"\d\d:\d\d:\d\d"
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d"
    rf"(?: {_TIME}|T\d\d:\d\d(?:(?::\d\d(?:[.,:]\d{{1,9}})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?))?"
    r"|\d{8}T\d{6}(?:Z|[+-]\d{4})?",
    re.ASCII,
)
_MILLISECONDS = re.compile(rf"(T{_TIME}):(?=\d)", re.ASCII)
_AMERICAN = re.compile(r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})", re.ASCII)
_SPELT = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<month>\d\d) (?P<day>\d\d) "
    rf"(?P<time>{_TIME})\.(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d) (?P<year>\d{{4}})",
    re.ASCII,
)
_LAST_YEAR = 3000
_LONGEST = 40
"""No form is longer; longer texts are not worth remembering."""


def parse_date(text: str) -> datetime | None:
    """Read a date in one of the accepted forms; `None` for any other text.

    Without a zone it is UTC. A year after 3000 makes it text, as Braze stores it.
    """
    return _parse(text) if len(text) <= _LONGEST and _BEGINNING.match(text) else None


@lru_cache(maxsize=10_000)  # a value is asked about when it is checked, typed, stored and shown
def _parse(text: str) -> datetime | None:
    iso = _as_iso(text)
    if iso is None:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if moment.year > _LAST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_date(text: str) -> bool:
    """Tell whether Braze would store this text as a date."""
    return parse_date(text) is not None


def write_moment(moment: datetime) -> str:
    """Write a moment as `/users/export/ids` does: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_iso(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return _MILLISECONDS.sub(r"\1.", text)
    found = _AMERICAN.fullmatch(text)
    if found:
        return "{year}-{month}-{day}".format(**found.groupdict())
    found = _SPELT.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    parts["zone"] = "Z" if parts["zone"] in {"UTC", "GMT"} else parts["zone"]
    return "{year}-{month}-{day}T{time}{zone}".format(**parts)
