"""Nested attributes: objects, arrays of objects, and the operators that change them.

One invalid nested value drops everything the request would have done to that attribute. `$add`
runs first, then `$remove`, then `$update`, whatever their order in the request.

Source: Braze, Nested custom attributes (2026) and Array of objects (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.limits import NESTED_YEARS, TEXT_CHARACTERS
from b2bkit.profiles import drops
from b2bkit.profiles.dates import parse_date
from b2bkit.profiles.drops import Drop
from b2bkit.profiles.values import check_scalar, check_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEEPEST = 50
"""Levels of nesting we take. Braze documents no limit; ours keeps a strange body harmless."""

OPERATORS = frozenset({"$add", "$remove", "$update"})

NOT_OBJECTS = Drop("an array of objects may hold objects only")
BAD_OPERATOR = Drop("an operator of an array of objects is malformed")
NO_MATCH = Drop("no object of the array matches $identifier_key and $identifier_value")

_KEY = "$identifier_key"
_VALUE = "$identifier_value"
_NEW = "$new_object"
_SELECTOR = frozenset({_KEY, _VALUE})


def check_object(value: Mapping[str, Any]) -> Drop | None:
    """Say why an object would not be stored as an attribute; `None` when it would."""
    if "$time" in value:
        return drops.BARE_TIME
    return _check(value, 0) or check_size(value)


def check_objects(value: Iterable[Any]) -> Drop | None:
    """Say why an array of objects would not be stored; `None` when it would."""
    value = list(value)
    if not are_objects(value):
        return NOT_OBJECTS
    return _check(value, 0) or check_size(value)


def are_objects(value: Any) -> bool:
    """Tell whether a stored value is an array of objects (an empty array is one)."""
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def merge_objects(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Merge deeply: objects into objects, anything else replaces what was there."""
    after = dict(before)
    for key, new in change.items():
        old = after.get(key)
        if isinstance(old, dict) and isinstance(new, dict) and "$time" not in new:
            new = merge_objects(old, new)
        after[key] = new
    return after


def check_operators(operation: Mapping[str, Any]) -> Drop | None:
    """Say why `{"$add": ..., "$remove": ..., "$update": ...}` would be dropped unseen."""
    for name, items in operation.items():
        if not are_objects(items):
            return BAD_OPERATOR
        problem = next(filter(None, (_check_item(name, each) for each in items)), None)
        if problem:
            return problem
    return None


def update_objects(
    before: Iterable[Mapping[str, Any]], operation: Mapping[str, Any], *, merge: bool
) -> list[Any] | Drop:
    """Run the operators on an array of objects; they must have passed `check_operators`.

    Without `merge` (`_merge_objects: true`) an update puts the new object in place of the old one.
    """
    after: list[Any] = [*before, *operation.get("$add", ())]
    removals = operation.get("$remove", ())
    after = [each for each in after if not any(_matches(each, item) for item in removals)]
    found = False
    for item in operation.get("$update", ()):
        for place, each in enumerate(after):
            if _matches(each, item):
                found = True
                after[place] = merge_objects(each, item[_NEW]) if merge else item[_NEW]
    if set(operation) == {"$update"} and not found:
        return NO_MATCH
    return check_size(after) or after


def _check_item(operator: str, item: Mapping[str, Any]) -> Drop | None:
    if operator == "$add":
        return _check(item, 1)
    expected = _SELECTOR if operator == "$remove" else _SELECTOR | {_NEW}
    if item.keys() != expected or not isinstance(item[_KEY], str):
        return BAD_OPERATOR
    if operator == "$update":
        return _check(item[_NEW], 1) if isinstance(item[_NEW], dict) else BAD_OPERATOR
    return None


def _matches(each: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    missing = object()
    value, wanted = each.get(item[_KEY], missing), item[_VALUE]
    same_kind = isinstance(value, bool) == isinstance(wanted, bool)
    return same_kind and bool(value == wanted)


def _check(value: Any, depth: int) -> Drop | None:
    if depth > DEEPEST:
        return drops.TOO_DEEP
    if value is None:
        return drops.NESTED_NULL
    if isinstance(value, dict):
        return _check_time(value) if "$time" in value else _check_members(value, depth)
    if isinstance(value, list):
        return next(filter(None, (_check(each, depth + 1) for each in value)), None)
    return check_scalar(value)


def _check_members(value: Mapping[str, Any], depth: int) -> Drop | None:
    for key, member in value.items():
        if not key or len(key) > TEXT_CHARACTERS or any(sign in key for sign in " .$"):
            return drops.NESTED_KEY
        problem = _check(member, depth + 1)
        if problem:
            return problem
    return None


def _check_time(value: Mapping[str, Any]) -> Drop | None:
    text = value["$time"]
    moment = parse_date(text) if len(value) == 1 and isinstance(text, str) else None
    return None if moment and moment.year in NESTED_YEARS else drops.NESTED_DATE
