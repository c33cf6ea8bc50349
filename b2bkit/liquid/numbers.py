"""Numbers as Ruby Liquid reads and reckons them: decimal, exact, never binary noise.

Whole numbers stay whole; a number with a decimal point, also in text, is reckoned with as a
decimal and given back as a float. The filters themselves live in `filters`.
"""

from __future__ import annotations

import math
import re
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from typing import TYPE_CHECKING, Any, TypeAlias

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.printing import MOST_DIGITS, to_string
from b2bkit.liquid.run import LimitReached

if TYPE_CHECKING:
    from collections.abc import Callable

Number: TypeAlias = int | Decimal

RUBY_BLANKS = "\0\t\n\v\f\r "
"""What Ruby's `strip` takes away; a no-break space stays."""

DECIMAL = Context(prec=100, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""More digits than a float holds, so that only the last step rounds."""

EXACT = Context(prec=2 * MOST_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""For remainders and roundings, which need every digit before the point."""

_SURELY_SHORT = 100
_MOST_BITS = int(MOST_DIGITS * math.log2(10))
_DECIMAL_TEXT = re.compile(r"-?[0-9]+\.[0-9]+")
_LEADING_WHOLE = re.compile(r"[+-]?[0-9]+(?:_[0-9]+)*")
_WHOLE_TEXT = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<decimal>0|[1-9][0-9]*)|0x(?P<hex>[0-9a-f]+)|0b(?P<binary>[01]+)"
    r"|0o?(?P<octal>[0-7]+))",
    re.IGNORECASE,
)
_BASES = {"decimal": 10, "hex": 16, "binary": 2, "octal": 8}


def to_number(value: Any) -> Number:
    """Read `value` as every arithmetic filter does.

    A float is its shortest decimal; of text the leading digits count; all else is 0.

    Raises:
        LimitReached: The text has more than `MOST_DIGITS` digits.
    """
    if isinstance(value, int):
        return value if not isinstance(value, bool) else 0
    if isinstance(value, float):
        return Decimal(repr(value))
    return _from_text(value) if isinstance(value, str) else 0


def _from_text(text: str) -> Number:
    if len(text) < _SURELY_SHORT and text.isdigit() and text.isascii():
        return int(text)
    text = text.strip(RUBY_BLANKS)
    if _DECIMAL_TEXT.fullmatch(text):
        _check_digits(text)
        return Decimal(text)
    leading = _LEADING_WHOLE.match(text)
    if leading is None:
        return 0
    _check_digits(leading.group())
    return int(leading.group())


def _check_digits(text: str) -> None:
    if len(text) > MOST_DIGITS:
        raise LimitReached("number_digits", MOST_DIGITS)


def to_integer(value: Any) -> int:
    """Read a length or a place strictly, as `slice` and `truncate` do (Ruby's `Integer`).

    Raises:
        Fault: It is not a whole number: `2.0`, `'abc'`, nil and booleans are not.
        LimitReached: The text has more than `MOST_DIGITS` digits.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = to_string(value).strip(RUBY_BLANKS)
    match = _WHOLE_TEXT.fullmatch(re.sub(r"(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])", "", text))
    if match is None or match.lastgroup is None:
        raise Fault("invalid integer", f"A whole number is needed, not {text[:40]!r}.")
    _check_digits(text)
    return int(match["sign"] + match[match.lastgroup], _BASES[match.lastgroup])


def settled(number: Number) -> int | float:
    """Give a result back to the template: a decimal becomes a float.

    Raises:
        LimitReached: A whole number has grown past `MOST_DIGITS` digits.
    """
    if isinstance(number, Decimal):
        return float(number)
    if number.bit_length() > _MOST_BITS:
        raise LimitReached("number_digits", MOST_DIGITS)
    return number


def calculate(
    left: Any,
    right: Any,
    whole: Callable[[int, int], int],
    decimal: Callable[[Decimal, Decimal], Decimal],
) -> int | float:
    """Reckon with two values: with `whole` if both are whole numbers, otherwise with `decimal`.

    Raises:
        LimitReached: A number is or becomes longer than `MOST_DIGITS` digits.
    """
    first, second = to_number(left), to_number(right)
    if isinstance(first, int) and isinstance(second, int):
        return settled(whole(first, second))
    return settled(decimal(Decimal(first), Decimal(second)))


def refuse_zero(divisor: int | Decimal) -> None:
    """Refuse to divide by zero.

    Raises:
        Fault: `divisor` is zero, a float zero too.
    """
    if divisor == 0:
        raise Fault("divided by 0", "Test the divisor first, for example with `default: 1`.")


def floored_remainder(left: Decimal, right: Decimal) -> Decimal:
    """Give the remainder that has the divisor's sign, as Ruby's `%` does."""
    rest = EXACT.remainder(left, right)
    if not rest:
        return rest.copy_abs()
    return EXACT.add(rest, right) if rest.is_signed() != right.is_signed() else rest


def rounded(value: Any, places: int = 0) -> int | float:
    """Round half away from zero; a whole number unless `places` is 1 or more.

    Raises:
        Fault: The value is infinite or no number.
        LimitReached: The number is longer than `MOST_DIGITS` digits.
    """
    number = to_number(value)
    if isinstance(number, int):
        return settled(number if places >= 0 else _to_tens(Decimal(number), places))
    if places > 0 and not number.is_finite():
        return settled(number)
    _refuse_infinite(number)
    if places == 0:
        return int(number.to_integral_value(ROUND_HALF_UP))
    if places < 0:
        return _to_tens(number, places)
    if places >= -int(number.as_tuple().exponent):
        return settled(number)
    return settled(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT))


def _to_tens(number: Decimal, places: int) -> int:
    if -places > number.adjusted() + 1:
        return 0
    scaled = number.scaleb(places, EXACT)
    factor: int = 10**-places
    return int(scaled.to_integral_value(ROUND_HALF_UP, EXACT)) * factor


def next_whole(value: Any, *, up: bool) -> int:
    """Give the nearest whole number that is not below (`up`) or not above the value.

    Raises:
        Fault: The value is infinite or no number.
        LimitReached: The number is longer than `MOST_DIGITS` digits.
    """
    number = to_number(value)
    if isinstance(number, Decimal):
        _refuse_infinite(number)
        number = int(number.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR, EXACT))
    return int(settled(number))


def _refuse_infinite(number: Decimal) -> None:
    if not number.is_finite():
        raise Fault(to_string(float(number)), "The number is too large to be rounded.")
