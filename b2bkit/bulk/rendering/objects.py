"""Objects of a rendered body: would Braze take them, and do they add or set?

Most values are plain, and one look tells; for all others the rules are asked.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from b2bkit.braze.answers import Answer
from b2bkit.braze.limits import TEXT_CHARACTERS
from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.bulk.points import data_points
from b2bkit.bulk.rules import is_operator, objection
from b2bkit.bulk.values import Problem
from b2bkit.profiles import Item, Profile, apply_item, check_object, creates, rule_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Array = Literal["attributes", "events", "purchases"]
ARRAYS: tuple[Array, ...] = ("attributes", "events", "purchases")

ONE_IDENTIFIER = Problem(
    "a recipient needs one of external_user_id, user_alias, braze_id and email"
)
_RECIPIENT_IDS = ("external_user_id", "user_alias", "braze_id", "email")
_NOBODY = Profile()


class Look(NamedTuple):
    """Hold what was seen of an object that Braze would take.

    Args:
        who: Whom it is about.
        adds: Whether it adds.
        sets: Whether it sets.
        merges: Whether it merges deeply, so that it cannot be merged attribute by attribute.
        points: Data points.
        creates: Whether it may create a profile.
    """

    who: str
    adds: bool
    sets: bool
    merges: bool
    points: int
    creates: bool


class Effect(NamedTuple):
    """Hold what the members of an attributes object do."""

    adds: bool
    sets: bool
    points: int


def look(array: Array, item: Any, now: datetime) -> Look | Problem:
    """Look at an object of an array; `now` is the time of receipt."""
    who = check_object(array, item)
    if isinstance(who, Answer):
        return Problem(who.text)
    name = f"{who.kind}:{who.value}:{who.label}"
    may_create = creates(who, item.get("_update_existing_only"))
    if array != "attributes":
        dropped = apply_item(_NOBODY, Item(array, 0, item, who), now).dropped
        if dropped:
            return Problem(f"{dropped[0].attribute}: {dropped[0].reason}")
        return Look(name, True, False, False, 1, may_create)
    effect = look_at_members(item)
    if isinstance(effect, Problem):
        return effect
    merges = item.get("_merge_objects") is True
    return Look(name, effect.adds, effect.sets, merges, effect.points, may_create)


def look_at_members(attributes: Mapping[str, Any]) -> Effect | Problem:
    """Look at the members of an attributes object: what they do, or what Braze would drop."""
    adds = sets = False
    points = 0
    for name, value in attributes.items():
        if name in CONTROL_KEYS:
            continue
        if _is_plain(value) and _is_plain_name(name):
            points += 1
        else:
            problem = objection(name, value)
            if problem:
                return Problem(f"{name}: {problem.reason}", problem.found)
            points += data_points(name, value)
        if type(value) is dict and name not in RESERVED_FIELDS and is_operator(value):
            adds = True
        else:
            sets = True
    return Effect(adds, sets, points)


def look_at_recipient(recipient: Any) -> tuple[str, int] | Problem:
    """Look at a recipient of a trigger: whom it names, and its data points."""
    if not isinstance(recipient, dict):
        return ONE_IDENTIFIER
    given = [name for name in _RECIPIENT_IDS if _is_given(recipient.get(name))]
    if len(given) != 1:
        return ONE_IDENTIFIER
    value = recipient[given[0]]
    if not isinstance(value, dict if given[0] == "user_alias" else str):
        return ONE_IDENTIFIER
    attributes = recipient.get("attributes") or {}
    effect = (
        look_at_members(attributes) if isinstance(attributes, dict) else Effect(False, False, 0)
    )
    if isinstance(effect, Problem):
        return effect
    return f"{given[0]}:{json.dumps(value, sort_keys=True)}", effect.points


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return len(value) <= TEXT_CHARACTERS
    if kind is dict:
        return len(value) == 1 and type(value.get("inc")) is int
    return kind is int or kind is bool or value is None or (kind is float and isfinite(value))


@lru_cache(4096)
def _is_plain_name(name: str) -> bool:
    """Tell whether a name is that of a custom attribute, to which Braze has no objection."""
    return name not in RESERVED_FIELDS and rule_for(name, "boolean") is None


def _is_given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
