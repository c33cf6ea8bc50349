"""The filters that sort, and the order of values that Ruby keeps: nil last, no mixing of kinds."""

from __future__ import annotations

from functools import cmp_to_key
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.liquid.compare import equal
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.filters.inputs import Filter, has_properties, items_of, properties_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run

_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


@with_context
def sort(value: Any, key: Any = None, *, context: Rendering) -> list[Any] | None:
    """Sort items, or by a property; capitals come before small letters, nil comes last.

    Raises:
        Fault: The items are of kinds that cannot be compared.
    """
    return _by(value, key, context.run, _sorted)


@with_context
def sort_natural(value: Any, key: Any = None, *, context: Rendering) -> list[Any] | None:
    """Sort as text, or by a property, without regard to the case of the letters A to Z."""
    return _by(value, key, context.run, _sorted_without_case)


def _by(
    value: Any,
    key: Any,
    run: Run,
    order: Callable[[Sequence[tuple[Any, Any]], Run], list[tuple[Any, Any]]],
) -> list[Any] | None:
    """Sort by item or property; nil, as in Ruby, if an item can have no properties."""
    items = items_of(value, run)
    if key is not None and not all(map(has_properties, items)):
        return None
    if len(items) == 1:
        return list(items)
    values = items if key is None else properties_of(items, key, run)
    if values is None:
        return None
    pairs = list(zip(values, items, strict=True))
    known = [pair for pair in pairs if pair[0] is not None]
    missing = [pair for pair in pairs if pair[0] is None]
    return [item for _, item in [*order(known, run), *missing]]


def _sorted(pairs: Sequence[tuple[Any, Any]], run: Run) -> list[tuple[Any, Any]]:
    kinds = {type(value) for value, _ in pairs}
    if kinds <= {int, float} or kinds == {str}:
        return sorted(pairs, key=lambda pair: pair[0])

    def compare(one: tuple[Any, Any], other: tuple[Any, Any]) -> int:
        run.check_time()
        return _order(one[0], other[0])

    return sorted(pairs, key=cmp_to_key(compare))


def _order(one: Any, other: Any) -> int:
    if _comparable(one, other):
        return int(one > other) - int(one < other)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        orders = map(_order, one, other)
        return next((order for order in orders if order), len(one) - len(other))
    if equal(one, other):
        return 0
    raise Fault(
        "cannot sort values of incompatible types",
        "Sort only texts or only numbers; `| plus: 0` makes a number of text.",
    )


def _comparable(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    return any(isinstance(one, kind) and isinstance(other, kind) for kind in (str, int | float))


def _sorted_without_case(pairs: Sequence[tuple[Any, Any]], run: Run) -> list[tuple[Any, Any]]:
    keyed = []
    size = 0
    for value, item in pairs:
        text = text_of(value).translate(_ASCII_LOWER)
        size += len(text)
        run.check_size(size)
        keyed.append((text, item))
    return sorted(keyed, key=lambda pair: pair[0])


FILTERS: dict[str, Filter] = {"sort": sort, "sort_natural": sort_natural}
