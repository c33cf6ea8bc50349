"""Attributes objects: what one does to a profile, attribute by attribute.

`rule_for` is the part that needs no profile, resolved once for a name and a type: bulk asks it once
per column. What a single value does lives in `custom` and `standard`.

Source: Braze, User attributes object (2026) and Track users (2026).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import Answer
from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.profiles.changes import Change, Changes
from b2bkit.profiles.custom import change_custom, custom_rule
from b2bkit.profiles.drops import Drop, Dropped
from b2bkit.profiles.standard import change_standard, standard_rule
from b2bkit.profiles.types import NO_TYPES, AttributeTypes, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.profiles.profile import Profile

Rule = Callable[[Any], Drop | Answer | None]
"""Says of a value why Braze ignores it (`Drop`) or refuses its object (`Answer`); else `None`."""


def rule_for(name: str, type: Type) -> Rule | None:  # noqa: A002 - the word of the task
    """Resolve, once for an attribute, what to ask of each of its values of a type.

    `None` when no value of that type can be refused or left out. The rule knows nothing of profiles
    and workspaces: whether a value fits the attribute's own type is `fit`, and what operators such
    as `{"inc": 1}` do is `apply_attributes`.
    """
    return standard_rule(name) if name in RESERVED_FIELDS else custom_rule(name, type)


def apply_attributes(
    profile: Profile, attributes: Mapping[str, Any], types: AttributeTypes = NO_TYPES
) -> Changes:
    """Tell what an attributes object, found sound by `check_object`, does to a profile."""
    standard, custom = profile.attributes, dict(profile.custom_attributes)
    merge = attributes.get("_merge_objects") is True
    changes: list[Change] = []
    for name, value in attributes.items():
        if name in CONTROL_KEYS:
            continue
        if name in RESERVED_FIELDS:
            change = change_standard(name, standard.get(name), value)
            standard = dict(standard)
            _put(standard, change)
        else:
            change = change_custom(name, custom.get(name.strip()), value, types, merge=merge)
            _put(custom, change)
        changes.append(change)
    return Changes(
        profile,
        profile.with_attributes(standard, custom),
        tuple(changes),
        dropped=tuple(Dropped(each.attribute, each.dropped) for each in changes if each.dropped),
        types=_learned(changes, types),
    )


def _put(attributes: dict[str, Any], change: Change) -> None:
    if change.after is None:
        attributes.pop(change.attribute, None)
    else:
        attributes[change.attribute] = change.after


def _learned(changes: list[Change], types: AttributeTypes) -> dict[str, Type]:
    known = types.known
    return {
        change.attribute: change.type_after
        for change in changes
        if change.attribute not in known
        and change.type_after is not None
        and change.dropped is None
        and change.attribute not in RESERVED_FIELDS
    }
