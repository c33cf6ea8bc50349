"""Ask Braze's rules about a value before it is sent: would it be refused, or silently dropped?

The rules are those of `b2bkit.profiles`, which the sandbox applies. Here they are asked without a
profile: what only a profile can decide is no objection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import Answer
from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.bulk.values import Problem
from b2bkit.profiles import Drop, Profile, apply_attributes, arrays, objects, rule_for, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOBODY = Profile()


def objection(name: str, value: Any) -> Problem | None:
    """Say why Braze would refuse or drop a value of an attribute; `None` when it would not."""
    if value is None or name in CONTROL_KEYS:
        return None
    if isinstance(value, dict) and name not in RESERVED_FIELDS and is_operator(value):
        return _objection_to_operator(name, value)
    rule = rule_for(name, type_of(value))
    return None if rule is None else as_problem(rule(value))


def as_problem(found: Drop | Answer | None) -> Problem | None:
    """Put what a rule said into a problem."""
    if found is None:
        return None
    return Problem(found.text if isinstance(found, Answer) else found.reason)


def is_operator(value: Mapping[str, Any]) -> bool:
    """Tell whether an object changes an attribute instead of setting it, as `{"inc": 1}` does."""
    keys = value.keys()
    return bool(keys) and (keys == {"inc"} or keys <= arrays.OPERATORS or keys <= objects.OPERATORS)


def _objection_to_operator(name: str, value: Mapping[str, Any]) -> Problem | None:
    for each in apply_attributes(_NOBODY, {name: value}).dropped:
        if each.reason != objects.NO_MATCH.reason:  # the profile may have what matches
            return Problem(each.reason)
    return None
