"""The filters for arrays, but for those that sort: `join`, `map`, `where`, `uniq`, `first` ...

How a value becomes items lives in `inputs`, the order of values in `sorting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.liquid.compare import equal, truthy
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.filters.inputs import (
    Filter,
    has_properties,
    items_of,
    length_of,
    properties_of,
    property_of,
    text_of,
)
from b2bkit.liquid.filters.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run


@with_context
def join(value: Any, glue: Any = " ", *, context: Rendering) -> str:
    """Print the items one after the other with `glue` between; nil is blank."""
    run = context.run
    between = text_of(glue)
    items = items_of(value, run)
    texts: list[str] = []
    size = len(between) * (len(items) - 1)
    for item in items:
        texts.append(text_of(item))
        size += len(texts[-1])
        run.check_size(size)
    return between.join(texts)


def first(value: Any) -> Any:
    """Give the first item; of text nil, of a hash its first key and value."""
    if isinstance(value, dict):
        return next(([key, item] for key, item in value.items()), None)
    return value[0] if isinstance(value, (list, tuple, range)) and value else None


def last(value: Any) -> Any:
    """Give the last item; of text nil."""
    return value[-1] if isinstance(value, (list, tuple, range)) and value else None


def size(value: Any) -> int:
    """Count characters or items; a whole number has the bytes Ruby stores it in (8)."""
    if isinstance(value, (str, list, tuple, dict)):
        return len(value)
    if isinstance(value, range):
        return length_of(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(8, (value.bit_length() + 7) // 8)
    return 0


@with_context
def concat(value: Any, array: Any, *, context: Rendering) -> list[Any]:
    """Put the items of another array behind.

    Raises:
        Fault: The argument is no array.
    """
    if not isinstance(array, (list, tuple)):
        raise Fault("concat filter requires an array argument", "Make one with `split` first.")
    run = context.run
    items = items_of(value, run)
    run.check_size(len(items) + len(array))
    return [*items, *array]


@with_context
def reverse(value: Any, *, context: Rendering) -> list[Any]:
    """Turn the order of the items round."""
    return list(reversed(items_of(value, context.run)))


@with_context
def map_(value: Any, key: Any, *, context: Rendering) -> list[Any]:
    """Give each item's property.

    Raises:
        Fault: An item is a number.
    """
    run = context.run
    found = []
    for item in items_of(value, run):
        run.check_time()
        found.append(property_of(item, key) if has_properties(item) else None)
    return found


@with_context
def compact(value: Any, key: Any = None, *, context: Rendering) -> list[Any] | None:
    """Leave out nil items, or those whose property is nil."""
    if key is None:
        return [item for item in items_of(value, context.run) if item is not None]
    return _chosen(value, key, context.run, lambda found: found is not None)


@with_context
def where(value: Any, key: Any, target: Any = None, *, context: Rendering) -> list[Any] | None:
    """Keep the items whose property is `target`, or is true where no target is given."""
    if target is None:
        return _chosen(value, key, context.run, truthy)
    return _chosen(value, key, context.run, lambda found: equal(found, target))


@with_context
def uniq(value: Any, key: Any = None, *, context: Rendering) -> list[Any] | None:
    """Keep the first of equal items, or of items with equal properties; `1` is not `1.0`."""
    run = context.run
    seen: set[Hashable] = set()
    weight = 0

    def is_new(found: Any) -> bool:
        nonlocal weight
        mark = _mark(found, run)
        weight += len(mark[1]) if isinstance(mark, tuple) else 1
        run.check_size(weight)
        new = mark not in seen
        seen.add(mark)
        return new

    items = items_of(value, run)
    if len(items) == 1:
        return list(items)
    if key is None:
        return [item for item in items if is_new(item)]
    return _chosen(value, key, run, is_new)


def _chosen(value: Any, key: Any, run: Run, test: Callable[[Any], bool]) -> list[Any] | None:
    """Keep the items whose property passes; nil if one of them can have no properties."""
    items = items_of(value, run)
    found = properties_of(items, key, run)
    if found is None:
        return None
    return [item for item, property_ in zip(items, found, strict=True) if test(property_)]


def _mark(item: Any, run: Run) -> Any:
    """Give what tells an item from another: its text by kind, for containers as JSON."""
    if isinstance(item, str):
        return item
    if isinstance(item, (list, tuple, dict)):
        return "json", json_text(item, run, sort_keys=True)
    return None if item is None else (type(item).__name__, text_of(item))


FILTERS: dict[str, Filter] = {
    "compact": compact,
    "concat": concat,
    "first": first,
    "join": join,
    "last": last,
    "map": map_,
    "reverse": reverse,
    "size": size,
    "uniq": uniq,
    "where": where,
}
