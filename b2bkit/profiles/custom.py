"""Custom attributes: what one value does to one attribute.

A value is set, removes (`null`), counts (`{"inc": n}`), changes an array (`add`, `remove`), changes
an array of objects (`$add`, `$remove`, `$update`) or is merged (`_merge_objects`). What an array or
an object may hold lives in `arrays` and `objects`.

Source: Braze, User attributes object (2026, Portuguese text). Not documented, and decided here:
`inc` on an attribute that is not there starts at 0; on one that is no whole number it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.profiles import arrays, objects
from b2bkit.profiles.changes import Change
from b2bkit.profiles.drops import Drop
from b2bkit.profiles.types import NO_TYPES, AttributeTypes, Type, fit, type_in, type_of
from b2bkit.profiles.values import check_name, check_number, check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME_IS_RESERVED = Drop("the name without its blanks is that of a field of Braze's own")
NOT_WHOLE = Drop("inc takes a whole number")
NOT_A_COUNTER = Drop("inc needs a whole number on the profile")
NOT_AN_ARRAY = Drop("add and remove need an array on the profile")
NOT_AN_OBJECT_ARRAY = Drop("$add, $remove and $update need an array of objects on the profile")

_CHECKS: dict[Type, Callable[[Any], Drop | None] | None] = {
    "text": check_text,
    "number": check_number,
    "boolean": None,
    "date": None,
    "array": arrays.check_array,
    "object": objects.check_object,
    "object_array": objects.check_objects,
}


def custom_rule(name: str, type: Type) -> Callable[[Any], Drop | None] | None:  # noqa: A002
    """Resolve what to ask of each value of a type that is set; `None`: nothing can go wrong."""
    problem = _check_custom_name(name.strip())
    return (lambda _: problem) if problem else _CHECKS[type]


def change_custom(
    name: str, before: Any, value: Any, types: AttributeTypes = NO_TYPES, *, merge: bool = False
) -> Change:
    """Tell what a value does to a custom attribute.

    Args:
        name: Name of the attribute; blanks around it are cut off.
        before: Its value on the profile; `None` when it is not there.
        value: The value in the attributes object.
        types: What the workspace knows of its attributes; without it the value before decides.
        merge: Whether `_merge_objects` is true.
    """
    name = name.strip()
    known = types.known.get(name)
    type_before = None if before is None else type_in(before, known)
    if value is None:
        return Change(name, before, None, type_before, None, "remove")
    rule, after = _settle(before, value, merge=merge)
    after = _check_custom_name(name) or after
    if isinstance(after, Drop):
        return Change(name, before, before, type_before, type_before, rule, after.reason)
    if after is None:
        return Change(name, before, None, type_before, None, rule)
    type_after = type_of(after)
    wanted = known or type_before
    if wanted and type_after != wanted:
        after = fit(after, type_after, wanted, forced=name in types.forced)
        if isinstance(after, Drop):
            return Change(name, before, before, type_before, type_before, rule, after.reason)
        type_after = type_in(after, known)
    return Change(name, before, after, type_before, type_after, rule)


def _check_custom_name(name: str) -> Drop | None:
    if name in RESERVED_FIELDS or name in CONTROL_KEYS:
        return NAME_IS_RESERVED
    return check_name(name)


def _settle(before: Any, value: Any, *, merge: bool) -> tuple[str, Any]:
    """Name the rule for a value, and give what it makes of the value before; or a `Drop`."""
    if not isinstance(value, dict):
        return "set", _set(value)
    keys = value.keys()
    if keys == {"inc"}:
        return "increment", _increment(before, value["inc"])
    if keys and keys <= arrays.OPERATORS:
        return "array", _update_array(before, value)
    if keys and keys <= objects.OPERATORS:
        return "array of objects", _update_objects(before, value, merge=merge)
    problem = objects.check_object(value)
    if problem is None and merge and isinstance(before, dict):
        merged = objects.merge_objects(before, value)
        return "merge", objects.check_object(merged) or merged
    return "set", problem or value


def _set(value: Any) -> Any:
    if not isinstance(value, list):
        check = check_text if isinstance(value, str) else check_number
        return check(value) or value
    if type_of(value) == "object_array":
        return objects.check_objects(value) or value
    return arrays.check_array(value) or arrays.unique(value)


def _increment(before: Any, step: Any) -> Any:
    if type(step) is not int:
        return NOT_WHOLE
    if before is None:
        return step
    return before + step if type(before) is int else NOT_A_COUNTER


def _update_array(before: Any, operation: Mapping[str, Any]) -> Any:
    problem = arrays.check_update(operation)
    if problem:
        return problem
    if before is None:
        return arrays.update_array([], operation) if "add" in operation else None
    if not arrays.is_flat(before):
        return NOT_AN_ARRAY
    return arrays.update_array(before, operation)


def _update_objects(before: Any, operation: Mapping[str, Any], *, merge: bool) -> Any:
    problem = objects.check_operators(operation)
    if problem:
        return problem
    if before is None and "$add" not in operation:
        return objects.NO_MATCH if "$update" in operation else None
    if before is not None and not objects.are_objects(before):
        return NOT_AN_OBJECT_ARRAY
    return objects.update_objects(before or [], operation, merge=merge)
