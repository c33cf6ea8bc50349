"""Truth, equality, order and `contains`, as Ruby and Rails have them. Nothing is coerced.

Sources: Braze, Conditional logic and Liquid operators (2026); the finer points are Shopify's Ruby
Liquid 5.4 with Rails' `blank?`, which Braze's wording matches.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.printing import to_string, to_text

if TYPE_CHECKING:
    from collections.abc import Callable


class Emptiness(str):
    """One of the words `blank` and `empty`: compared by what it means, printed as nothing."""

    __slots__ = ()


BLANK: Final = Emptiness()
EMPTY: Final = Emptiness()


def truthy(value: object) -> bool:
    """Tell whether a condition holds: all but nil and false do, an empty text too."""
    return value is not None and value is not False


def is_blank(value: object) -> bool:
    """Tell what Rails' `blank?` tells: nil, false, an empty list or table, a text of spaces."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value is False or (isinstance(value, list | dict) and not value)


def is_empty(value: object) -> bool:
    """Tell whether a text, list or table has nothing in it; nil is not empty."""
    return isinstance(value, str | list | dict) and not value


def equal(left: object, right: object) -> bool:
    """Compare by value: `1` equals `1.0`, and neither `'1'` nor `true`."""
    for word, other in ((left, right), (right, left)):
        if word is BLANK:
            return not isinstance(other, Emptiness) and is_blank(other)
        if word is EMPTY:
            return not isinstance(other, Emptiness) and is_empty(other)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    return left == right


def differ(left: object, right: object) -> bool:
    """Tell whether two values are not equal."""
    return not equal(left, right)


def contains(left: object, right: object) -> bool:
    """Look for a part of a text, an item of a list or a key of a table."""
    if not truthy(left) or not truthy(right):
        return False
    if isinstance(left, str):
        return to_string(right) in left
    if isinstance(left, list):
        return any(equal(item, right) for item in left)
    if isinstance(left, range):
        return isinstance(right, int | float) and right is not True and _spans(left, right)
    return isinstance(left, dict) and isinstance(right, str) and right in left


def _spans(numbers: range, number: float) -> bool:
    return bool(numbers) and numbers[0] <= number <= numbers[-1]


def ordered(sign: str, holds: Callable[[Any, Any], Any]) -> Callable[[object, object], bool]:
    """Make a comparison such as `<`; nil, booleans, lists and tables are on neither side of it.

    Nor are the words `blank` and `empty`.
    """

    def compare(left: object, right: object) -> bool:
        if isinstance(left, _UNORDERED) or isinstance(right, _UNORDERED):
            return False
        try:
            return bool(holds(left, right))
        except TypeError:
            said = f"comparison of {_kind(left)} with {_shown(right)} failed"
            raise Fault(said, "Make both sides numbers, with `| plus: 0`.") from None

    compare.__name__ = sign
    return compare


_UNORDERED = (bool, type(None), list, dict, range, Emptiness)


def _shown(value: object) -> str:
    return to_text(value) if isinstance(value, int | float) else _kind(value)


def _kind(value: object) -> str:
    """Name a value's class as Ruby does."""
    kinds = ((str, "String"), (int, "Integer"), (float | Decimal, "Float"), (date, "Time"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "Object")
