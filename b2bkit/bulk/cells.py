"""What one cell holds: its kind, and what would be lost if it were sent as that.

Here is the exact reading, one text at a time. `texts` knows, for a block at once, the cells of
which nothing else can come out; a property test holds the two together.
"""

from __future__ import annotations

import json
import re
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from b2bkit.profiles import is_date

if TYPE_CHECKING:
    from b2bkit.bulk.types import CellType


class Kind(IntEnum):
    """What a cell holds, as a number that an array can hold."""

    BLANK = 0
    NULL = 1
    INTEGER = 2
    FLOAT = 3
    BOOLEAN = 4
    DATE = 5
    LIST = 6
    JSON = 7
    TEXT = 8

    @property
    def word(self) -> str:
        """Name it as a column's type is named."""
        return self.name.lower()


OF_TYPE: dict[CellType, frozenset[Kind]] = {
    "text": frozenset(Kind),
    "integer": frozenset({Kind.INTEGER}),
    "float": frozenset({Kind.INTEGER, Kind.FLOAT}),
    "boolean": frozenset({Kind.BOOLEAN}),
    "date": frozenset({Kind.DATE}),
    "list": frozenset({Kind.LIST}),
    "json": frozenset({Kind.LIST, Kind.JSON}),
}
"""The kinds that fit a type without being told so; blank cells and null fit every type."""


class Loss(Enum):
    """What does not come through unchanged, as a sentence for the person."""

    LEADING_ZEROS = "Leading zeros: kept as text, lost as a number."
    PLUS_SIGN = "A plus sign: kept as text, lost as a number."
    LONG_NUMBER = "More digits than a number keeps: exact as text only."
    TRAILING_ZEROS = "Zeros at the end, as in 1.10: kept as text, as a number it is 1.1."
    EXPONENT = "An exponent, as in 1e5: arrives as text."
    DECIMAL_COMMA = "A decimal comma: arrives as text; a number needs a point."
    NOT_A_NUMBER = "The words nan or inf: arrive as text; JSON has no such numbers."
    NULL_WORD = "The words null, none or n/a: arrive as text unless they are named as null."
    YES_NO = "The words yes and no: arrive as text; a boolean is true or false."
    UNREADABLE_DATE = "Dates in a form that Braze stores as text: time filters do not find them."
    BLANKS_AROUND = "Blanks around the value."
    CONTROL = "Control characters, such as NUL."
    SINGLE_QUOTES = "Lists in single quotes: sent as JSON lists."


IDENTIFIERS = frozenset({Loss.LEADING_ZEROS, Loss.PLUS_SIGN, Loss.LONG_NUMBER})
"""Losses that show that digits are names of things and no numbers."""


class Reading(NamedTuple):
    """What a cell was found to hold."""

    kind: Kind
    loss: Loss | None = None


TRUE = frozenset({"true", "t", "yes", "y", "1"})
FALSE = frozenset({"false", "f", "no", "n", "0"})
"""Words for a column that was told to be boolean."""

SAFE_DIGITS = 15
"""Digits that every reader of JSON keeps: numbers are doubles in many of them."""

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {
    "true": Reading(Kind.BOOLEAN),
    "false": Reading(Kind.BOOLEAN),
    **dict.fromkeys(("yes", "no", "y", "n"), Reading(Kind.TEXT, Loss.YES_NO)),
    **dict.fromkeys(
        ("nan", "inf", "-inf", "infinity", "-infinity"), Reading(Kind.TEXT, Loss.NOT_A_NUMBER)
    ),
    **dict.fromkeys(
        ("null", "none", "nil", "n/a", "#n/a", "na", "\\n"), Reading(Kind.TEXT, Loss.NULL_WORD)
    ),
}
_LOSSES = (
    (re.compile(r"-?0[0-9]+(?:\.[0-9]+)?"), Loss.LEADING_ZEROS),
    (re.compile(r"\+[0-9][0-9 ()/-]*(?:\.[0-9]+)?"), Loss.PLUS_SIGN),
    (re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+"), Loss.EXPONENT),
    (re.compile(r"-?[0-9]+,[0-9]+|-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"), Loss.DECIMAL_COMMA),
    (
        re.compile(
            r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{2}[./-]\d{2}[./-]\d{2}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
            r"|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}\.? [A-Z][a-z]{2,8}\.? \d{4})(?:[ T,].*)?",
            re.ASCII,
        ),
        Loss.UNREADABLE_DATE,
    ),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SINGLE_QUOTED = re.compile(r"\[\s*'[^'\"\\]*'(?:\s*,\s*'[^'\"\\]*')*\s*\]")


def read(text: str) -> Reading:
    """Tell what a cell that is not blank holds."""
    inner = text.strip()
    found = _read(inner)
    if inner == text or found.kind is Kind.TEXT:
        return found
    return Reading(found.kind, found.loss or Loss.BLANKS_AROUND)


def read_json(text: str) -> Any:
    """Read a JSON value; one that is none raises `ValueError`. `NaN` is none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def as_list(text: str) -> str:
    """Write a list in single quotes as JSON; any other text stays as it is."""
    return text.replace("'", '"') if _SINGLE_QUOTED.fullmatch(text) else text


def _read(text: str) -> Reading:
    if _INTEGER.fullmatch(text):
        is_safe = len(text.lstrip("-")) <= SAFE_DIGITS
        return Reading(Kind.INTEGER) if is_safe else Reading(Kind.TEXT, Loss.LONG_NUMBER)
    if _FLOAT.fullmatch(text):
        return _read_float(text)
    word = _WORDS.get(text.lower())
    if word:
        return word
    if is_date(text):
        return Reading(Kind.DATE)
    if text[:1] in {"[", "{"}:
        return _read_brackets(text)
    for pattern, loss in _LOSSES:
        if pattern.fullmatch(text):
            return Reading(Kind.TEXT, loss)
    return Reading(Kind.TEXT, Loss.CONTROL if _CONTROL.search(text) else None)


def _read_float(text: str) -> Reading:
    if text.endswith("0"):
        return Reading(Kind.FLOAT, Loss.TRAILING_ZEROS)
    is_safe = len(text) <= SAFE_DIGITS or repr(float(text)) == text
    return Reading(Kind.FLOAT, None if is_safe else Loss.LONG_NUMBER)


def _read_brackets(text: str) -> Reading:
    if _SINGLE_QUOTED.fullmatch(text):
        return Reading(Kind.LIST, Loss.SINGLE_QUOTES)
    try:
        value = read_json(text)
    except ValueError:
        return Reading(Kind.TEXT)
    return Reading(Kind.LIST if isinstance(value, list) else Kind.JSON)


def _refuse(name: str) -> None:
    raise ValueError(f"JSON has no {name}")
