"""The filters that reckon: `plus`, `divided_by`, `round` and their family.

How numbers are read and rounded lives in `numbers`; how they are dressed up in `amounts`.
"""

from __future__ import annotations

import operator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.liquid.numbers import (
    DECIMAL,
    Number,
    calculate,
    floored_remainder,
    next_whole,
    refuse_zero,
    rounded,
    settled,
    to_number,
)

if TYPE_CHECKING:
    from b2bkit.liquid.filters.inputs import Filter
    from b2bkit.liquid.rendering import Rendering


def plus(value: Any, operand: Any) -> int | float:
    """Add: `{{ 1 | plus: 2 }}`."""
    if type(value) is int and type(operand) is int:
        return value + operand
    return calculate(value, operand, operator.add, DECIMAL.add)


def minus(value: Any, operand: Any) -> int | float:
    """Subtract: `{{ 3 | minus: 2 }}`."""
    if type(value) is int and type(operand) is int:
        return value - operand
    return calculate(value, operand, operator.sub, DECIMAL.subtract)


def times(value: Any, operand: Any) -> int | float:
    """Multiply: `{{ 3 | times: 2 }}`.

    Raises:
        LimitReached: A whole number has grown past `printing.MOST_DIGITS` digits.
    """
    if type(value) is int and type(operand) is int:
        return settled(value * operand)
    return calculate(value, operand, operator.mul, DECIMAL.multiply)


@with_context
def divided_by(value: Any, operand: Any, *, context: Rendering) -> int | float:
    """Divide; two whole numbers give a whole number, rounded down.

    A float divided by zero, or a number by a float zero, is infinite, as in Ruby.

    Raises:
        Fault: A whole number is divided by a whole zero.
    """
    if type(value) is int and type(operand) is int and operand:
        return value // operand
    dividend, divisor = to_number(value), to_number(operand)
    if isinstance(dividend, int) and isinstance(divisor, int):
        refuse_zero(divisor)
    elif divisor == 0:
        _note_infinite(context)
    return calculate(value, operand, operator.floordiv, DECIMAL.divide)


def _note_infinite(context: Rendering) -> None:
    context.run.note(
        "divided-by-zero",
        "error",
        "A float is divided by 0: stock Liquid goes on with Infinity, or NaN for 0 by 0. What Braze"
        " does is not documented.",
        "Test the divisor first, for example with `default: 1`.",
        RUBY_LIQUID,
    )


def modulo(value: Any, operand: Any) -> int | float:
    """Give the remainder, which has the operand's sign.

    Raises:
        Fault: The operand is zero or no number.
    """
    if type(value) is int and type(operand) is int and operand:
        return value % operand
    refuse_zero(to_number(operand))
    return calculate(value, operand, operator.mod, floored_remainder)


def abs_(value: Any) -> int | float:
    """Take the sign away."""
    number = to_number(value)
    return settled(number.copy_abs() if isinstance(number, Decimal) else abs(number))


def at_least(value: Any, floor_: Any) -> int | float:
    """Give the value, or `floor_` when the value is below it."""
    number, limit = to_number(value), to_number(floor_)
    return settled(limit if _is_above(limit, number) else number)


def at_most(value: Any, ceiling: Any) -> int | float:
    """Give the value, or `ceiling` when the value is above it."""
    number, limit = to_number(value), to_number(ceiling)
    return settled(limit if _is_above(number, limit) else number)


def _is_above(one: Number, other: Number) -> bool:
    try:
        return one > other
    except InvalidOperation:  # no number at all, such as infinity minus infinity
        return False


def ceil(value: Any) -> int:
    """Round up to a whole number."""
    return next_whole(value, up=True)


def floor(value: Any) -> int:
    """Round down to a whole number."""
    return next_whole(value, up=False)


def round_(value: Any, places: Any = 0) -> int | float:
    """Round half away from zero, to a whole number or to `places` decimals."""
    wanted = 0 if places is None else to_number(places)
    if isinstance(wanted, Decimal):
        wanted = int(wanted) if wanted.is_finite() else 0
    return rounded(value, wanted)


FILTERS: dict[str, Filter] = {
    "abs": abs_,
    "at_least": at_least,
    "at_most": at_most,
    "ceil": ceil,
    "divided_by": divided_by,
    "floor": floor,
    "minus": minus,
    "modulo": modulo,
    "plus": plus,
    "round": round_,
    "times": times,
}
