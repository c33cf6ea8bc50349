"""Find the date and the time in loose text, by the rules of Ruby's `Date._parse`.

The rules are tried in Ruby's order and the first that fits wins; so `03/04/2024` is 3 April,
`March 2024` the first of March, and `Mary` is March too. What the parts make together, with what
is missing taken from the clock, is `dates`' matter. Left out: years before Christ, week dates
(Ruby's `Time` ignores them too) and the names of the Japanese eras but for their initials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 128
"""Ruby refuses to look for a date in longer text."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ERAS = {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}
_NOISE = re.compile(r"(?:[^-+',./:@\[\]\w]|_)+")


@dataclass(slots=True)
class Parts:
    """Hold what was found; `None` is not found.

    Args:
        year: In full: two digits are completed, from 69 on in the 1900s.
        year_day: Day of the year, from 1.
        fraction: Digits after the second's decimal point.
        zone: The zone's name or offset, as written.
        day_first: The numbers could be read month first as well; Ruby read the day first.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    fraction: str | None = None
    zone: str | None = None
    day_first: bool = False


def find_parts(text: str) -> Parts | None:
    """Take a date, a time or both out of lower-case `text`; `None` if there is neither."""
    if len(text) > LONGEST:
        return None
    text = _NOISE.sub(" ", text)
    parts = Parts()
    text = _DAY_NAME.sub(" ", text, count=1)
    text = _cut(text, _CLOCK, parts, _take_clock)
    for pattern, take in _RULES:
        rest = _cut(text, pattern, parts, take)
        if rest != text:
            text = rest
            break
    _take_lone_number(text, parts)
    return parts if parts not in (Parts(), Parts(zone=parts.zone)) else None


def _cut(
    text: str, pattern: re.Pattern[str], parts: Parts, take: Callable[[re.Match[str], Parts], None]
) -> str:
    match = pattern.search(text)
    if match is None:
        return text
    take(match, parts)
    return f"{text[: match.start()]} {text[match.end() :]}"


def _pattern(source: str) -> re.Pattern[str]:
    source = source.replace("MONTH", f"(?P<name>{'|'.join(_MONTHS)})")
    return re.compile(source, re.ASCII | re.VERBOSE)


# -- the time of day ---------------------------------------------------------------------------

_DAY_NAME = _pattern(r"\b (?:sun|mon|tue|wed|thu|fri|sat) [^-/\d\s]*")
_HALF = r"(?: \s* (?:am\b|pm\b|a\.m\.|p\.m\.) )"
_CLOCK = _pattern(
    rf"""
    (?P<clock>
        (?: \d+ \s*:\s* \d+ (?: \s*:\s* \d+ (?:[,.]\d*)? )?
          | \d+ \s* h (?: \s* \d+ m? (?: \s* \d+ s? )? )?
        ) {_HALF}?
      | \d+ {_HALF}
    )
    (?: \s* (?P<zone>
        (?:gmt|utc?)? [-+]\d+ (?: [,.:]\d+ (?: :\d+ )? )?
      | [a-z.\s]+ (?:standard|daylight) \s time \b
      | [a-z]+ (?: \s dst )? \b
    ) )?
    """
)
_CLOCK_PARTS = _pattern(
    r"""
    (?P<hour>\d+) h?
    (?: \s* :? \s* (?P<minute>\d+) m?
        (?: \s* :? \s* (?P<second>\d+) (?: [,.] (?P<fraction>\d+) )? s? )?
    )?
    (?: [,.] )? (?: \s* (?P<half>[ap]) (?: m\b | \.m\. ) )?
    """
)


def _take_clock(match: re.Match[str], parts: Parts) -> None:
    clock = _CLOCK_PARTS.match(match["clock"])
    if clock is None:
        return
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] == "p" else 0)
    parts.hour = hour
    parts.minute = int(clock["minute"]) if clock["minute"] else None
    parts.second = int(clock["second"]) if clock["second"] else None
    parts.fraction = clock["fraction"]
    parts.zone = match["zone"]


# -- three numbers, one of which is the year ---------------------------------------------------


def _take_three(parts: Parts, year: str | None, month: str | None, day: str | None) -> None:
    """Decide, as Ruby does, which of three numbers is the year; give in the order Y, M, D."""
    if year and month and not day:
        year, month, day = None, year, month
    if not year and day and (len(day) > 2 or day.startswith("'")):
        year, day = day, None
    if year and (counted := re.match(r"'?([-+]?\d+)[a-z]", year)):
        year, day = day, counted[1]
    if month and (len(month) > 2 or month.startswith("'")):
        year, month, day = month, day, year
    if day and (len(day) > 2 or day.startswith("'")):
        year, day = day, year
    parts.year = _full_year(year) if year else None
    parts.month = _digits(month)
    parts.day = _digits(day)


def _full_year(text: str) -> int:
    match = re.search(r"([-+]?)(\d+)", text)
    if match is None:
        return 0
    year = int(match.group())
    if match[1] or len(match[2]) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)


def _digits(text: str | None) -> int | None:
    match = re.search(r"\d+", text) if text else None
    return int(match.group()) if match else None


def _take_named(match: re.Match[str], parts: Parts) -> None:
    month = str(_MONTHS.index(match["name"]) + 1)
    _take_three(parts, match["year"], month, match["day"])


def _take_numbers(match: re.Match[str], parts: Parts) -> None:
    first, second, third = match.groups()
    _take_three(parts, first, second, third)
    both_small = parts.month is not None and parts.day is not None and parts.day <= 12
    parts.day_first = both_small and parts.month != parts.day and third is not None


# -- what has its own form ---------------------------------------------------------------------


def _take_era(match: re.Match[str], parts: Parts) -> None:
    parts.year = int(match[2]) + _ERAS[match[1]]
    parts.month, parts.day = int(match[3]), int(match[4])


def _take_month_and_day(match: re.Match[str], parts: Parts) -> None:
    parts.month, parts.day = _digits(match[1]), _digits(match[2])


def _take_year_day(match: re.Match[str], parts: Parts) -> None:
    parts.year = _full_year(match[1]) if match[1] else None
    parts.year_day = int(match[2])


def _take_year(match: re.Match[str], parts: Parts) -> None:
    parts.year = _full_year(match[1])


def _take_month(match: re.Match[str], parts: Parts) -> None:
    parts.month = _MONTHS.index(match["name"]) + 1


def _take_day(match: re.Match[str], parts: Parts) -> None:
    parts.day = int(match[1])


def _take_nothing(match: re.Match[str], parts: Parts) -> None:
    """Ruby knows weeks, but its `Time` makes nothing of them."""


_LAYOUTS = {
    2: (("day", 2),),
    3: (("year_day", 3),),
    4: (("month", 2), ("day", 2)),
    5: (("year", 2), ("year_day", 3)),
    6: (("year", 2), ("month", 2), ("day", 2)),
    7: (("year", 4), ("year_day", 3)),
    8: (("year", 4), ("month", 2), ("day", 2)),
}
_CLOCK_ORDER = ("hour", "minute", "second")


def _take_run_of_digits(match: re.Match[str], parts: Parts) -> None:
    digits, clock, fraction = match["digits"], match["clock"], match["fraction"]
    parts.zone = match["zone"] or parts.zone
    if fraction is not None:
        return  # Ruby reads such a number from the right, as a time of day: too odd to follow
    if len(digits) in (10, 12, 14):
        digits, clock = digits[:8], digits[8:]
    for name, width in _LAYOUTS.get(len(digits), ()):
        piece, digits = digits[:width], digits[width:]
        setattr(parts, name, _full_year(match["sign"] + piece) if name == "year" else int(piece))
    if clock and len(clock) % 2 == 0:
        for name, at in zip(_CLOCK_ORDER, range(0, len(clock), 2), strict=False):
            setattr(parts, name, int(clock[at : at + 2]))


def _take_lone_number(text: str, parts: Parts) -> None:
    match = re.fullmatch(r"\s*(\d{1,2})\s*", text)
    if match is None:
        return
    number = int(match[1])
    if parts.hour is not None and parts.day is None and 1 <= number <= 31:
        parts.day = number
    elif parts.day is not None and parts.hour is None and number <= 24:
        parts.hour = number


_ERA_AFTER = r"(?: c\.?e\.? | a\.?d\.? )?"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Parts], None]], ...] = (
    (
        _pattern(
            r"(?P<day>'?\d+) [^-\d\s]* \s* MONTH [^-\d\s']*"
            rf"(?: \s* {_ERA_AFTER} \s* (?P<year> '?-?\d+ (?: (?:st|nd|rd|th)\b )? ) )?"
        ),
        _take_named,
    ),
    (
        _pattern(
            r"\b MONTH [^-\d\s']* \s* (?P<day>'?\d+) [^-\d\s']*"
            rf"(?: \s* ,? \s* {_ERA_AFTER} \s* (?P<year>'?-?\d+) )?"
        ),
        _take_named,
    ),
    (_pattern(r"('?[-+]?\d+) - (\d+) - ('?-?\d+)"), _take_numbers),
    (_pattern(r"\b ([mtshr]) (\d+) \. (\d+) \. (\d+)"), _take_era),
    (_pattern(r"(?P<day>'?-?\d+) - MONTH [^-/.]* - (?P<year>'?-?\d+)"), _take_named),
    (_pattern(r"\b MONTH [^-/.]* - (?P<day>'?-?\d+) (?: - (?P<year>'?-?\d+) )?"), _take_named),
    (_pattern(r"('?-?\d+) / \s* ('?\d+) (?: \D \s* ('?-?\d+) )?"), _take_numbers),
    (_pattern(r"('?-?\d+) \. \s* ('?\d+) \. \s* ('?-?\d+)"), _take_numbers),
    (_pattern(r"\b (?:\d{2}|\d{4})? -? w \d{2} (?: -? \d )? \b | -w-\d \b"), _take_nothing),
    (_pattern(r"-- (\d{2})? - (\d{2}) \b"), _take_month_and_day),
    (_pattern(r"-- (\d{2}) (\d{2})? \b"), _take_month_and_day),
    (_pattern(r"\b (\d{2}|\d{4}) - (\d{3}) \b"), _take_year_day),
    (_pattern(r"\b () - (\d{3}) \b"), _take_year_day),
    (_pattern(r"' (\d+) \b"), _take_year),
    (_pattern(r"\b MONTH \S*"), _take_month),
    (_pattern(r"(\d+) (?:st|nd|rd|th) \b"), _take_day),
    (
        _pattern(
            r"(?P<sign>[-+]?) (?P<digits>\d{2,14})"
            r"(?: \s* t? \s* (?P<clock>\d{2,6})? (?: [,.] (?P<fraction>\d*) )? )?"
            r"(?P<zone> \s* (?: z\b | [-+]\d{1,4}\b ) )?"
        ),
        _take_run_of_digits,
    ),
)
"""The forms of a date, in the order in which Ruby tries them."""
