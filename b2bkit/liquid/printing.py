"""How values become text: in an output, for a text filter, and inside a printed array or hash.

Ruby's forms, as the stock engine prints them: `true`, blank for nil, `3.0`, `1.0e+20`,
`{"a"=>1}`, `1..3`. How a date is formatted is `strftime`'s matter.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from b2bkit.liquid.run import LimitReached
from b2bkit.liquid.strftime import is_utc, strftime

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_DIGITS = 4300
"""Digits of a whole number that can be read or printed: Python's own guard against bombs."""

MOST_PRINTED = 5_000_000
"""Characters of one printed array or hash; nothing that Braze would send is near."""

DEEPEST = 100
"""Arrays and hashes inside one another that can be printed: as deep as Ruby reads JSON."""

_PLAIN = re.compile(r'[^"\\#\x00-\x1f\x7f-\uffff\U00010000-\U0010ffff]*')
_SIXTEEN_DIGITS = re.compile(r"-?[0-9]{16}\.0")
"""The one length of float that Python prints in full and Ruby with an exponent."""

_MANTISSA_ZEROS = re.compile(r"(\.[0-9]+?)0+(?=e)")
_INTERPOLATED = re.compile("#(?=[{$@])")
_ESCAPED_HASH = r"\\#"
_NAMED_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\f": "\\f",
    "\v": "\\v",
    "\b": "\\b",
    "\a": "\\a",
    "\x1b": "\\e",
}


def to_text(value: Any) -> str:
    """Print `value` as an output does: an array is its items, one after the other.

    Raises:
        LimitReached: A number or the text is too long, or the data too deep, to be printed.
    """
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return _whole(value)
    if isinstance(value, (list, tuple)):
        sheet = _Sheet()
        sheet.join(value, 0)
        return "".join(sheet.pieces)
    return to_string(value)


def to_string(value: Any) -> str:
    """Print `value` as a text filter reads it: an array in brackets, Ruby's `to_s`.

    Raises:
        LimitReached: A number or the text is too long, or the data too deep, to be printed.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, dict)):
        sheet = _Sheet()
        sheet.inspect(value, 0)
        return "".join(sheet.pieces)
    if value is None:
        return ""
    return _simple(value)


class _Sheet:
    """Gather the pieces of a printed array or hash, and stop before they fill the memory."""

    __slots__ = ("pieces", "room")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.room = MOST_PRINTED

    def write(self, piece: str) -> None:
        self.room -= len(piece)
        if self.room < 0:
            raise LimitReached("printed_chars", MOST_PRINTED)
        self.pieces.append(piece)

    def join(self, items: Iterable[Any], depth: int) -> None:
        _check_depth(depth)
        for item in items:
            if isinstance(item, (list, tuple)):
                self.join(item, depth + 1)
            else:
                self.write(to_string(item))

    def inspect(self, value: Any, depth: int) -> None:
        _check_depth(depth)
        if isinstance(value, dict):
            self.write("{")
            for place, (key, item) in enumerate(value.items()):
                self.write(f"{', ' if place else ''}{_quoted(to_string(key))}=>")
                self.inspect(item, depth + 1)
            self.write("}")
        elif isinstance(value, (list, tuple)):
            self.write("[")
            for place, item in enumerate(value):
                self.write(", " if place else "")
                self.inspect(item, depth + 1)
            self.write("]")
        elif value is None:
            self.write("nil")
        else:
            self.write(_quoted(value) if isinstance(value, str) else _simple(value))


def _check_depth(depth: int) -> None:
    if depth >= DEEPEST:
        raise LimitReached("data_nesting", DEEPEST)


def _simple(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, float):
        return _floating(value)
    if isinstance(value, range):
        return f"{_whole(value.start)}..{_whole(value.stop - 1)}"
    return _moment(value) if isinstance(value, date) else str(value)


def _whole(value: int) -> str:
    try:
        return str(value)
    except ValueError as error:
        raise LimitReached("number_digits", MOST_DIGITS) from error


def _floating(value: float) -> str:
    text = repr(value)
    if _SIXTEEN_DIGITS.fullmatch(text):
        text = _MANTISSA_ZEROS.sub(r"\1", f"{value:.15e}")
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}e{exponent}"
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text, text)


def _moment(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return strftime(value, "%F %T UTC" if is_utc(value) else "%F %T %z")


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    escaped = "".join([_escaped(character) for character in text])
    return f'"{_INTERPOLATED.sub(_ESCAPED_HASH, escaped)}"'


def _escaped(character: str) -> str:
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\u{{{code:X}}}"
