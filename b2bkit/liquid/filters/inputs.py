"""What filters are given, Ruby's way: values as text, arrays as items, an item's property.

For every family of filters; no filter lives here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.printing import to_string

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from b2bkit.liquid.run import Run

Filter: TypeAlias = "Callable[..., Any]"
"""A function of the value and the filter's arguments; some take the `context` too."""


def text_of(value: Any) -> str:
    """Read a value as a text filter does: nil is blank, an array is printed in brackets."""
    return value if type(value) is str else to_string(value)


def bytes_of(value: Any) -> bytes:
    """Read a value as text, in UTF-8; half a surrogate pair, which JSON may hold, is kept."""
    return text_of(value).encode("utf-8", "surrogatepass")


def items_of(value: Any, run: Run) -> Sequence[Any]:
    """Read a value as an array filter does: arrays are flattened, nil is empty, else one item.

    Raises:
        LimitReached: A range has more items than a filter may give.
    """
    if isinstance(value, (list, tuple)):
        return _flattened(value)
    if isinstance(value, range):
        run.check_size(length_of(value))
        return value
    return [] if value is None else [value]


def length_of(value: range) -> int:
    """Count a range that may be too long for Python's `len`."""
    return max(0, value.stop - value.start)


def _flattened(items: list[Any] | tuple[Any, ...]) -> Sequence[Any]:
    if not any(isinstance(item, (list, tuple)) for item in items):
        return items
    flat: list[Any] = []
    waiting = [iter(items)]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, (list, tuple)):
                waiting.append(iter(item))
                break
            flat.append(item)
        else:
            waiting.pop()
    return flat


def properties_of(items: Sequence[Any], key: Any, run: Run) -> list[Any] | None:
    """Look into every item; `None`, as in Ruby, if one of them can have no properties.

    Raises:
        Fault: Text or a number is asked for what only a hash has.
        LimitReached: It takes too long.
    """
    found = []
    for item in items:
        run.check_time()
        if not has_properties(item):
            return None
        found.append(property_of(item, key))
    return found


def has_properties(item: Any) -> bool:
    """Tell whether Ruby can look into `item` with `[]`: hashes, text and whole numbers."""
    return isinstance(item, (dict, str)) or (isinstance(item, int) and not isinstance(item, bool))


def property_of(item: Any, key: Any) -> Any:
    """Look into an item for which `has_properties` holds; nil where there is nothing.

    Raises:
        Fault: Text or a number is asked for what only a hash has.
    """
    if isinstance(item, dict):
        return item.get(key) if isinstance(key, str) else None
    if isinstance(item, str) and isinstance(key, str):
        return key if key in item else None
    if isinstance(key, int) and not isinstance(key, bool):
        return _at(item, key)
    raise Fault(
        f"cannot select the property '{text_of(key)}'",
        "Select from an array of objects, not of texts or numbers.",
    )


def _at(item: str | int, place: int) -> Any:
    if isinstance(item, int):
        return (item >> place) & 1 if place >= 0 else 0
    return item[place] if -len(item) <= place < len(item) else None
