"""Custom events: what an event object must have, and which of its properties Braze keeps.

Source: Braze, Event object (2026-09-02).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.limits import PROPERTIES_BYTES
from b2bkit.braze.reserved import EVENT_PROPERTY_KEYS
from b2bkit.profiles import drops
from b2bkit.profiles.dates import parse_date, write_moment
from b2bkit.profiles.drops import Drop, Dropped
from b2bkit.profiles.objects import DEEPEST
from b2bkit.profiles.values import check_name, check_scalar, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.braze.answers import Answer


@dataclass(frozen=True, slots=True)
class Event:
    """Record that a user did something.

    Args:
        name: Name of the custom event.
        time: When, as it was sent; a time in the future becomes the time of receipt.
        properties: Its properties, as kept.
    """

    name: str
    time: str
    properties: Mapping[str, Any] = field(default_factory=dict)


def check_event(event: Mapping[str, Any]) -> Answer | None:
    """Say with which text Braze refuses an event object (its identifier aside)."""
    for name in ("name", "time"):
        if not event.get(name):
            return answers.required(name)
    if not isinstance(event["name"], str) or check_name(event["name"]):
        return answers.not_valid("name")
    return check_time(event["time"]) or check_properties(event, EVENT_PROPERTY_KEYS)


def check_time(time: Any) -> Answer | None:
    """Say with which text Braze refuses the time of an event or a purchase."""
    sound = isinstance(time, str) and parse_date(time)
    return None if sound else answers.not_valid("time")


def check_properties(item: Mapping[str, Any], reserved: frozenset[str]) -> Answer | None:
    """Say with which text Braze refuses the properties of an event or a purchase."""
    properties = item.get("properties")
    if properties is None:
        return None
    if not isinstance(properties, dict):
        return answers.not_valid("properties")
    taken = sorted(reserved & properties.keys())
    return answers.reserved_property(taken[0]) if taken else None


def make_event(event: Mapping[str, Any], now: datetime) -> tuple[Event | None, tuple[Dropped, ...]]:
    """Make the event that is stored of an object that passed `check_event`, and what is left out.

    No event is stored when its properties are too large.
    """
    properties, left_out = keep_properties(event.get("properties") or {})
    if properties and check_size(properties, PROPERTIES_BYTES):
        return None, (Dropped("properties", drops.EVENT_TOO_LARGE.reason),)
    return Event(event["name"], not_after(event["time"], now), properties), left_out


def not_after(time: str, now: datetime) -> str:
    """Give the time back, or `now` when it lies in the future."""
    moment = parse_date(time)
    return time if moment is None or moment <= now else write_moment(now)


def keep_properties(
    properties: Mapping[str, Any],
) -> tuple[dict[str, Any], tuple[Dropped, ...]]:
    """Part properties into those that Braze keeps and those that it leaves out."""
    problems = {name: _problem(name, value) for name, value in properties.items()}
    kept = {name: value for name, value in properties.items() if problems[name] is None}
    left_out = tuple(
        Dropped(f"properties.{name}", problem.reason)
        for name, problem in problems.items()
        if problem
    )
    return kept, left_out


def _problem(name: str, value: Any) -> Drop | None:
    if name.startswith("$"):
        return drops.NAME_IS_OPERATOR
    return check_name(name) or _check_value(value, 0)


def _check_value(value: Any, depth: int) -> Drop | None:
    if depth > DEEPEST:
        return drops.TOO_DEEP
    if value is None:
        return drops.NULL_PROPERTY
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return check_scalar(value)
    return next(filter(None, (_check_value(each, depth + 1) for each in value)), None)
