"""Format a moment as Ruby's `Time#strftime` does, the same on every system.

All of Ruby's letters and flags; nothing of the C library. Reading dates lives in `dates`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from b2bkit.liquid.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

Printer: TypeAlias = "Callable[[datetime], str]"

WIDEST = 1024
"""Ruby refuses to pad a directive to more characters than this."""

_DIRECTIVE = re.compile(r"%([-0^#_]*)(:{0,3})([0-9]*)([EO]?)(.?)", re.DOTALL)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NUMBERS: dict[str, tuple[Callable[[datetime], int], int, str]] = {
    "Y": (lambda moment: moment.year, 4, "0"),
    "C": (lambda moment: moment.year // 100, 2, "0"),
    "y": (lambda moment: moment.year % 100, 2, "0"),
    "m": (lambda moment: moment.month, 2, "0"),
    "d": (lambda moment: moment.day, 2, "0"),
    "e": (lambda moment: moment.day, 2, " "),
    "j": (lambda moment: _day_of_year(moment) + 1, 3, "0"),
    "H": (lambda moment: moment.hour, 2, "0"),
    "k": (lambda moment: moment.hour, 2, " "),
    "I": (lambda moment: moment.hour % 12 or 12, 2, "0"),
    "l": (lambda moment: moment.hour % 12 or 12, 2, " "),
    "M": (lambda moment: moment.minute, 2, "0"),
    "S": (lambda moment: moment.second, 2, "0"),
    "u": (lambda moment: moment.isoweekday(), 1, "0"),
    "w": (lambda moment: moment.isoweekday() % 7, 1, "0"),
    "G": (lambda moment: moment.isocalendar().year, 4, "0"),
    "g": (lambda moment: moment.isocalendar().year % 100, 2, "0"),
    "V": (lambda moment: moment.isocalendar().week, 2, "0"),
    "U": (lambda moment: (_day_of_year(moment) + 7 - moment.isoweekday() % 7) // 7, 2, "0"),
    "W": (lambda moment: (_day_of_year(moment) + 7 - moment.weekday()) // 7, 2, "0"),
    "s": (lambda moment: (moment - _EPOCH) // timedelta(seconds=1), 1, "0"),
}
"""Letter: the number, the digits it is padded to, and what with."""


def zone_name(moment: datetime) -> str:
    """Give the zone's abbreviation, such as `EDT`; blank, as in Ruby, for a bare offset."""
    if isinstance(moment.tzinfo, timezone) and moment.tzinfo is not UTC:
        return ""
    return moment.tzname() or ""


_WORDS: dict[str, Printer] = {
    "A": lambda moment: _DAYS[moment.weekday()],
    "a": lambda moment: _DAYS[moment.weekday()][:3],
    "B": lambda moment: _MONTHS[moment.month - 1],
    "b": lambda moment: _MONTHS[moment.month - 1][:3],
    "h": lambda moment: _MONTHS[moment.month - 1][:3],
    "p": lambda moment: "AM" if moment.hour < 12 else "PM",
    "P": lambda moment: "am" if moment.hour < 12 else "pm",
    "n": lambda _: "\n",
    "t": lambda _: "\t",
    "%": lambda _: "%",
    "Z": zone_name,
}

_WHOLES = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "v": "%e-%^b-%4Y",
    "X": "%H:%M:%S",
    "x": "%m/%d/%y",
}
"""Letter: the directives it stands for."""

_FLIPPED_TO_LOWER = "pZ"
_ALTERNATIVES = {"E": "cCxXyY", "O": "deHkIlmMSuUVwWy"}
"""Letters that may stand behind an `E` or `O`, which changes nothing; others are no directive."""


def strftime(moment: datetime, pattern: str) -> str:
    """Format an aware `moment`; a directive that does not exist is printed as it stands.

    Raises:
        Fault: A directive is padded to more than `WIDEST` characters, or ends without its letter.
    """
    return "".join(
        [piece if isinstance(piece, str) else piece(moment) for piece in _pieces(pattern)]
    )


def is_utc(moment: datetime) -> bool:
    """Tell whether Ruby would print `UTC` in place of the offset."""
    return zone_name(moment) == "UTC"


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> tuple[str | Printer, ...]:
    pieces: list[str | Printer] = []
    end = 0
    for match in _DIRECTIVE.finditer(pattern):
        pieces.append(pattern[end : match.start()])
        pieces.append(_directive(match))
        end = match.end()
    pieces.append(pattern[end:])
    return tuple(piece for piece in pieces if piece != "")


def _directive(match: re.Match[str]) -> str | Printer:
    flags, colons, digits, alternative, letter = match.groups()
    if len(digits) > 4 or int(digits or 0) > WIDEST:
        raise Fault("Numerical result out of range", f"Pad a date to at most {WIDEST} characters.")
    if not (letter or colons):
        raise Fault(f"invalid format: {match.string}", "Write `%%` for a percent sign.")
    if (alternative and letter not in _ALTERNATIVES[alternative]) or not letter:
        return match.group()
    width = int(digits or 0)
    if letter == "z":
        return _offset(flags, len(colons), width)
    if colons:
        return match.group()
    if letter in _NUMBERS:
        return _number(letter, flags, width)
    if letter in "LN":
        return _fraction(width or (3 if letter == "L" else 9))
    if letter in _WORDS or letter in _WHOLES:
        return _word(letter, flags, width)
    return match.group()


def _number(letter: str, flags: str, width: int) -> Printer:
    number, digits, filler = _NUMBERS[letter]
    if "-" in flags:
        return lambda moment: str(number(moment))
    for flag in flags:
        filler = {"0": "0", "_": " "}.get(flag, filler)
    wanted = f"{'0' if filler == '0' else ''}{width or digits}d"
    return lambda moment: format(number(moment), wanted)


def _word(letter: str, flags: str, width: int) -> Printer:
    whole = _WHOLES.get(letter)
    word = _WORDS[letter] if whole is None else lambda moment: strftime(moment, whole)
    change = _change_of_case(letter, flags)
    padded = width if "-" not in flags else 0
    filler = "0" if "0" in flags and "_" not in flags else " "

    def printed(moment: datetime) -> str:
        text = change(word(moment))
        return text.rjust(padded, filler) if text else ""

    return printed


def _change_of_case(letter: str, flags: str) -> Callable[[str], str]:
    if "#" in flags and letter in _FLIPPED_TO_LOWER:
        return str.lower
    if "^" in flags or ("#" in flags and letter not in _WHOLES):
        return str.upper
    return str


def _fraction(digits: int) -> Printer:
    return lambda moment: f"{moment.microsecond:06d}".ljust(digits, "0")[:digits]


def _offset(flags: str, colons: int, width: int) -> Printer:
    def printed(moment: datetime) -> str:
        seconds = int((moment.utcoffset() or timedelta()).total_seconds())
        minutes, second = divmod(abs(seconds), 60)
        sign = "-" if seconds < 0 or ("-" in flags and is_utc(moment)) else "+"
        hour, minute = divmod(minutes, 60)
        rest = _after_the_hour(colons, minute, second)
        digits = max(width - len(rest) - 1, 2)
        if "_" in flags and "-" not in flags:
            return f"{sign}{hour}".rjust(digits + 1) + rest
        return f"{sign}{hour:0{digits}d}{rest}"

    return printed


def _after_the_hour(colons: int, minute: int, second: int) -> str:
    if colons == 3:
        return f":{minute:02d}:{second:02d}" if second else f":{minute:02d}" if minute else ""
    if colons == 2:
        return f":{minute:02d}:{second:02d}"
    return f":{minute:02d}" if colons else f"{minute:02d}"


def _day_of_year(moment: datetime) -> int:
    return moment.timetuple().tm_yday - 1
