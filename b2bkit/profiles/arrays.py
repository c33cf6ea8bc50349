"""Array attributes: set, add, remove. Flat, of unique values, at most 500 of them.

An element that is there already moves to the end. An array that is *set* with too many elements is
left out whole; *adding* to a full one pushes the oldest elements out, as Braze's page on data types
tells (2026); other pages say that nothing changes, or that the array is truncated.

Source: Braze, User attributes object (2026, Portuguese text), Custom attribute data types (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.limits import ARRAY_ELEMENTS
from b2bkit.profiles import drops
from b2bkit.profiles.drops import Drop
from b2bkit.profiles.values import check_scalar, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPERATORS = frozenset({"add", "remove"})

_FLAT = (str, int, float)

NOT_FLAT = Drop("an array may hold texts, numbers and booleans only")
NOT_AN_UPDATE = Drop("add and remove each take an array of texts, numbers or booleans")


def check_array(value: Sequence[Any]) -> Drop | None:
    """Say why an array would not be stored as an attribute; `None` when it would."""
    problem = _check_elements(value) or check_size(value)
    if problem is None and len(value) > ARRAY_ELEMENTS and len(unique(value)) > ARRAY_ELEMENTS:
        return drops.TOO_MANY_ELEMENTS
    return problem


def is_flat(value: Any) -> bool:
    """Tell whether a stored value is an array that can be added to and removed from."""
    return isinstance(value, list) and all(isinstance(each, _FLAT) for each in value)


def unique(elements: Sequence[Any]) -> list[Any]:
    """Keep each value once, where it stood last."""
    last = {(type(each) is bool, each): each for each in reversed(elements)}
    return list(last.values())[::-1]


def check_update(operation: Mapping[str, Any]) -> Drop | None:
    """Say why `{"add": [...], "remove": [...]}` would change nothing; `None` when it is sound."""
    for elements in operation.values():
        if not isinstance(elements, list):
            return NOT_AN_UPDATE
        problem = _check_elements(elements)
        if problem:
            return problem
    return None


def update_array(before: Sequence[Any], operation: Mapping[str, Any]) -> list[Any] | Drop:
    """Add to and remove from an array; the operation must have passed `check_update`."""
    gone = {(type(each) is bool, each) for each in operation.get("remove", ())}
    added = [*before, *operation.get("add", ())]
    after = [each for each in unique(added) if (type(each) is bool, each) not in gone]
    return check_size(after[-ARRAY_ELEMENTS:]) or after[-ARRAY_ELEMENTS:]


def _check_elements(elements: Sequence[Any]) -> Drop | None:
    for element in elements:
        if not isinstance(element, _FLAT):
            return NOT_FLAT
        problem = check_scalar(element)
        if problem:
            return problem
    return None
