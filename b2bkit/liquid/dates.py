"""Read a moment from what a template has: a time, an epoch number, or text, as Ruby does.

A text's own offset is kept; text without one is UTC. Formatting lives in `strftime`, finding a
date in loose text in `date_text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from b2bkit.liquid.date_text import Parts, find_parts

if TYPE_CHECKING:
    from collections.abc import Callable

Remark = Literal["", "day first", "filled from the clock"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a moment that was read, and what about the reading may surprise.

    Args:
        moment: Aware, in the zone or at the offset it was given in.
        remark: `day first` when the numbers could also be read month first, `filled from the
            clock` when the text names no year.
    """

    moment: datetime
    remark: Remark = ""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(z|utc|[-+]\d\d:?\d\d)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"([-+])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?", re.ASCII)
_HOURS = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_HOURS |= {letter: hours for hours, letter in enumerate("abcdefghiklm", start=1)}
_HOURS |= {letter: -hours for hours, letter in enumerate("nopqrstuvwxy", start=1)}
_HOURS |= dict.fromkeys(("utc", "z", "ut", "gmt"), 0)
_UTC_NAMES = ("z", "utc", "0")


def read(value: Any, now: Callable[[], datetime]) -> Reading | None:
    """Read a moment; `None` if Ruby would leave the value as it is.

    `'now'` and `'today'` are the clock; whole numbers and texts of digits are seconds since 1970;
    a float, a boolean, nil and blank text are no moments.

    Args:
        value: What the template has.
        now: Tells the render's moment, aware; asked only when it is needed.
    """
    if isinstance(value, str):
        return _from_text(value, now)
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_epoch(value)
    if isinstance(value, datetime):
        return Reading(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, date):
        return Reading(datetime(value.year, value.month, value.day, tzinfo=UTC))
    return None


def _from_epoch(seconds: int) -> Reading | None:
    try:
        return Reading(_EPOCH + timedelta(seconds=seconds))
    except OverflowError:  # Python knows the years 1 to 9999, Ruby any
        return None


def _from_text(text: str, now: Callable[[], datetime]) -> Reading | None:
    text = text.lower()
    if text in ("now", "today"):
        return Reading(now())
    if text.isascii() and text.isdigit():
        return _from_epoch(int(text)) if len(text) < 20 else None
    moment = _from_iso(text)
    if moment is not None:
        return Reading(moment)
    parts = find_parts(text)
    return _reading(parts, now) if parts is not None else None


def _from_iso(text: str) -> datetime | None:
    """Read the usual form quickly; what runs over, such as hour 24, is left to the loose rules."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups(default="0")
    micros = int(fraction.ljust(6, "0")[:6])
    try:
        whole = (int(year), int(month), int(day), int(hour), int(minute), int(second), micros)
        return datetime(*whole, tzinfo=UTC if zone in _UTC_NAMES else _zone(zone))
    except ValueError:
        return None


def _reading(parts: Parts, now: Callable[[], datetime]) -> Reading | None:
    """Put the parts together; `None` where Ruby's `Time` refuses them."""
    try:
        zone = _zone(parts.zone)
        remark: Remark = "day first" if parts.day_first else ""
        if parts.year is None:
            _fill(parts, now().astimezone(zone))
            remark = "filled from the clock"
        return Reading(_moment(parts, zone), remark)
    except (ValueError, OverflowError):
        return None


def _fill(parts: Parts, now: datetime) -> None:
    """Take from the clock what is missing before the first part that was given."""
    parts.year = now.year
    if parts.year_day is not None:
        return
    for name in ("month", "day", "hour", "minute"):
        if getattr(parts, name) is not None:
            return
        setattr(parts, name, getattr(now, name))


def _moment(parts: Parts, zone: tzinfo) -> datetime:
    """Build the moment; day 31 of a short month and hour 24 run over, as in Ruby."""
    in_year = parts.year_day is not None
    month, day = (1, parts.year_day) if in_year else (parts.month, parts.day)
    month, day = 1 if month is None else month, 1 if day is None else day
    hour, minute, second = parts.hour or 0, parts.minute or 0, parts.second or 0
    _check(1, day, 366 if in_year else 31)
    _check(0, hour, 24 if minute == second == 0 else 23)
    _check(0, minute, 59)
    _check(0, second, 60)
    start = datetime(parts.year or 1, month, 1, tzinfo=zone)
    micros = int((parts.fraction or "0").ljust(6, "0")[:6])
    return (
        start
        + timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        + timedelta(microseconds=micros)
    )


def _check(least: int, number: int, most: int) -> None:
    if not least <= number <= most:
        raise ValueError(f"{number} is not between {least} and {most}")


def _zone(name: str | None) -> tzinfo:
    """Read a zone in a date's text; a name that Ruby does not know counts as UTC."""
    if name is None or (name := name.strip()) == "":
        return UTC
    if name in _HOURS:
        return offset_zone(timedelta(hours=_HOURS[name]))
    offset = offset_of(name)
    return UTC if offset is None else offset_zone(offset)


def offset_of(text: str) -> timedelta | None:
    """Read an offset such as `-05:00`, `-0500` or `-05`; `None` if it is none."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
    return -offset if sign == "-" else offset


def offset_zone(offset: timedelta) -> tzinfo:
    """Give the zone of a bare offset; UTC where it is zero.

    Raises:
        ValueError: It is a day or more.
    """
    return timezone(offset) if offset else UTC


def time_zone(name: Any) -> tzinfo | None:
    """Find the zone that the `time_zone` filter is given; `None` if there is none.

    A name of the IANA database, an offset in text, or a whole number of hours: Braze's use case
    library writes `time_zone: -0005` for five hours behind, which Liquid reads as -5.
    """
    try:
        if isinstance(name, int) and not isinstance(name, bool):
            return offset_zone(timedelta(hours=name))
        if not isinstance(name, str) or not name:
            return None
        offset = offset_of(name)
        if offset is not None:
            return offset_zone(offset)
        return UTC if name.upper() in ("UTC", "Z") else ZoneInfo(name)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
