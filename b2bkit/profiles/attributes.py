"""Attributes objects: what each value does to a profile, attribute by attribute.

`rule_for` gives the part of the rules that needs no profile, resolved once for a name and a type:
bulk asks it once per column. `apply_attributes` is the whole.

Source: Braze, User attributes object (2026) and Track users (2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import Answer
from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.profiles import arrays, objects
from b2bkit.profiles.changes import Change, Changes
from b2bkit.profiles.drops import Drop, Dropped
from b2bkit.profiles.standard import standard_value
from b2bkit.profiles.types import NO_TYPES, AttributeTypes, Type, fit, type_of
from b2bkit.profiles.values import check_name, check_scalar

if TYPE_CHECKING:
    from b2bkit.profiles.profile import Profile

Rule = Callable[[Any], Drop | Answer | None]
"""Says of a value why Braze ignores it (`Drop`) or refuses the object (`Answer`); else `None`."""

NOT_REMOVABLE = frozenset({"external_id", "user_alias", "braze_id"})

NOT_WHOLE = Drop("inc takes a whole number")
NOT_A_COUNTER = Drop("inc needs a whole number on the profile")

_CHECKS: dict[Type, Rule | None] = {
    "text": check_scalar,
    "number": check_scalar,
    "boolean": None,
    "date": None,
    "array": arrays.check_array,
    "object": objects.check_object,
    "object_array": objects.check_objects,
}


def rule_for(name: str, type: Type) -> Rule | None:  # noqa: A002 - the word of the task
    """Resolve, once for an attribute, what to ask of each value of a type; `None`: nothing.

    The rule knows nothing of profiles and workspaces: whether the value fits the attribute's type
    is `types.fit`, and what operators such as `{"inc": 1}` do is `apply_attributes`.
    """
    if name in RESERVED_FIELDS:
        return _standard_rule(name)
    problem = check_name(name.strip())
    if problem:
        return lambda _: problem
    return _CHECKS[type]


def apply_attributes(
    profile: Profile, attributes: Mapping[str, Any], types: AttributeTypes = NO_TYPES
) -> Changes:
    """Tell what an attributes object does to a profile.

    The object must have been found sound by `track.check_object`.
    """
    standard, custom = dict(profile.attributes), dict(profile.custom_attributes)
    merge = attributes.get("_merge_objects") is True
    changes: list[Change] = []
    learned: dict[str, Type] = {}
    for name, value in attributes.items():
        if name in CONTROL_KEYS:
            continue
        if name in RESERVED_FIELDS:
            changes.append(_change_standard(standard, name, value))
        else:
            changes.append(_change_custom(custom, name.strip(), value, types, learned, merge))
    after = replace(profile, attributes=standard, custom_attributes=custom)
    dropped = tuple(Dropped(c.attribute[:300], c.dropped) for c in changes if c.dropped)
    return Changes(profile, after, tuple(changes), dropped=dropped, types=learned)


def _standard_rule(name: str) -> Rule:
    def rule(value: Any) -> Drop | Answer | None:
        stored = standard_value(name, value)
        return stored if isinstance(stored, (Drop, Answer)) else None

    return rule


def _change_standard(standard: dict[str, Any], name: str, value: Any) -> Change:
    before = standard.get(name)
    if value is None:
        standard.pop(name, None)
        return _change(name, before, None, "remove")
    stored = standard_value(name, value)
    if isinstance(stored, (Drop, Answer)):
        clears = isinstance(stored, Drop) and stored.clears
        after = None if clears else before
        if clears:
            standard.pop(name, None)
        reason = stored.reason if isinstance(stored, Drop) else stored.text
        return _change(name, before, after, "standard field", reason)
    if name in _LISTS_BY_KEY:
        stored = _merge_by_key(before or [], stored, _LISTS_BY_KEY[name])
    standard[name] = stored
    return _change(name, before, stored, "standard field")


_LISTS_BY_KEY = {"subscription_groups": "subscription_group_id", "push_tokens": "token"}


def _merge_by_key(before: list[Any], new: list[Any], key: str) -> list[Any]:
    merged = {each[key]: each for each in before}
    merged.update({each[key]: each for each in new})
    return list(merged.values())


def _change_custom(
    custom: dict[str, Any],
    name: str,
    value: Any,
    types: AttributeTypes,
    learned: dict[str, Type],
    merge: bool,
) -> Change:
    before = custom.get(name)
    if value is None:
        custom.pop(name, None)
        return _change(name, before, None, "remove")
    rule, after = _settle(before, value, merge)
    problem = check_name(name)
    if problem is None and not isinstance(after, Drop) and after is not None:
        found, known = type_of(after), types.known.get(name)
        if known is None and before is not None:
            known = type_of(before)
        if known is None:
            learned[name] = found
        else:
            after = fit(after, found, known, forced=name in types.forced)
    after = problem or after
    if isinstance(after, Drop):
        return _change(name, before, before, rule, after.reason)
    if after is not None:
        custom[name] = after
    return _change(name, before, after, rule)


def _settle(before: Any, value: Any, merge: bool) -> tuple[str, Any]:
    """Name the rule for a value, and give what it makes of the value before; or a `Drop`."""
    if not isinstance(value, dict):
        problem = rule_of_type(type_of(value), value)
        return "set", problem or (arrays.unique(value) if _is_array(value) else value)
    keys = value.keys()
    if keys == {"inc"}:
        return "increment", _increment(before, value["inc"])
    if keys and keys <= {"add", "remove"}:
        return "array", _update_array(before, value)
    if keys and keys <= objects.OPERATORS:
        return "array of objects", _update_objects(before, value, merge)
    problem = objects.check_object(value)
    if merge and isinstance(before, dict) and problem is None:
        merged = objects.merge_objects(before, value)
        return "merge", objects.check_object(merged) or merged
    return "set", problem or value


def rule_of_type(type: Type, value: Any) -> Drop | None:  # noqa: A002 - the word of the task
    """Say why a custom attribute of a type would not take a value of that type."""
    check = _CHECKS[type]
    found = check(value) if check else None
    return found if isinstance(found, Drop) else None


def _is_array(value: Any) -> bool:
    return isinstance(value, list) and type_of(value) == "array"


def _increment(before: Any, step: Any) -> Any:
    if isinstance(step, bool) or not isinstance(step, int):
        return NOT_WHOLE
    if before is None:
        return step
    if isinstance(before, bool) or not isinstance(before, int):
        return NOT_A_COUNTER
    return before + step


def _update_array(before: Any, operation: Mapping[str, Any]) -> Any:
    problem = arrays.check_update(operation)
    if problem:
        return problem
    if before is None and "add" not in operation:
        return None
    if before is not None and (not isinstance(before, list) or type_of(before) != "array"):
        return Drop("add and remove need an array on the profile")
    return arrays.update_array(before or [], operation)


def _update_objects(before: Any, operation: Mapping[str, Any], merge: bool) -> Any:
    problem = objects.check_operators(operation)
    if problem:
        return problem
    if before is not None and not isinstance(before, list):
        return Drop("$add, $remove and $update need an array of objects on the profile")
    if before and not isinstance(before[0], dict):
        return Drop("$add, $remove and $update need an array of objects on the profile")
    if before is None and "$add" not in operation:
        return objects.NO_MATCH if "$update" in operation else None
    return objects.update_objects(before or [], operation, merge=merge)


def _change(name: str, before: Any, after: Any, rule: str, dropped: str | None = None) -> Change:
    return Change(
        name,
        before,
        after,
        None if before is None else type_of(before),
        None if after is None else type_of(after),
        rule,
        dropped,
    )
