"""The filters that dress a number up for people: `money` and `number_with_delimiter`.

Both are Braze's own; no filter that reckons lives here.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import LIQUID_FILTERS
from b2bkit.liquid.filters.inputs import Filter, text_of
from b2bkit.liquid.numbers import EXACT, to_number

if TYPE_CHECKING:
    from b2bkit.liquid.rendering import Rendering

_AMOUNT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_CENT = Decimal("0.01")


@with_context
def money(value: Any, *, context: Rendering) -> str:
    """Show two decimals: `145` gives `145.00` (Braze, Liquid filters).

    Whether Braze sets thousands separators is not documented: none are set here. Text that is no
    number, and nil, are printed as they are, which is assumed.
    """
    text = text_of(value)
    if isinstance(value, str) and text:
        _note_text(context, text)
    if _AMOUNT.fullmatch(text) is None:
        return text
    number = Decimal(to_number(value))
    return f"{number.quantize(_CENT, ROUND_HALF_UP, EXACT):f}"


def _note_text(context: Rendering, text: str) -> None:
    context.run.note(
        "money-of-text",
        "warning",
        f"`money` is given text ({text[:40]!r}), not a number; what Braze prints then is not"
        " documented.",
        "Take out any commas and put `| plus: 0` before `| money`, as Braze's page asks.",
        LIQUID_FILTERS,
    )


def number_with_delimiter(value: Any) -> str:
    """Set commas between thousands: `123456` gives `123,456` (Braze, Advanced filters).

    The decimals stay as they are; text that is no number too.
    """
    text = text_of(value)
    if _AMOUNT.fullmatch(text) is None:
        return text
    whole, point, decimals = text.partition(".")
    return _with_commas(whole) + point + decimals


def _with_commas(whole: str) -> str:
    digits = whole.lstrip("+-")
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return whole[: len(whole) - len(digits)] + ",".join(groups)


FILTERS: dict[str, Filter] = {"money": money, "number_with_delimiter": number_with_delimiter}
