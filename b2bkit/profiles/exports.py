"""The shape in which Braze exports a profile, written and read.

Reading checks the shape of what the rules build on, not whether Braze would have taken a value.

Source: Braze, Export user profile by identifier (2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.profiles.profile import Profile, Tally

EXPORTED = (
    "country", "dob", "email", "email_subscribe", "first_name", "gender", "home_city", "language",
    "last_name", "phone", "push_subscribe", "push_tokens", "time_zone",
)  # fmt: skip
"""The standard attributes that an export shows under their own names."""

_ATTRIBUTES = {
    name: field.kind for name, field in RESERVED_FIELDS.items() if field.kind != "identifier"
}


def write_export(profile: Profile) -> dict[str, Any]:
    """Write a profile as an export; what is null, false or empty is left out."""
    location = profile.attributes.get("current_location")
    everything = {
        "external_id": profile.external_id,
        "user_aliases": profile.user_aliases,
        "braze_id": profile.braze_id,
        "created_at": profile.created_at,
        **{name: profile.attributes.get(name) for name in EXPORTED},
        "last_coordinates": location and [location["longitude"], location["latitude"]],
        "total_revenue": profile.total_revenue,
        "custom_attributes": dict(profile.custom_attributes),
        "custom_events": _write_tallies(profile.custom_events),
        "purchases": _write_tallies(profile.purchases),
    }
    return {name: value for name, value in everything.items() if value}


def read_export(exported: Mapping[str, Any]) -> Profile:
    """Read a profile in the shape of an export.

    Raises:
        ValueError: If a part has not that shape; the message names the part.
    """
    return Profile(
        braze_id=_text(exported, "braze_id") or "",
        external_id=_text(exported, "external_id"),
        aliases={
            _text(each, "alias_label") or "": _text(each, "alias_name") or ""
            for each in _items(exported, "user_aliases")
        },
        attributes=_read_attributes(exported),
        custom_attributes=_read_custom(exported),
        custom_events=_read_tallies(exported, "custom_events"),
        purchases=_read_tallies(exported, "purchases"),
        total_revenue=_number(exported, "total_revenue", 0.0),
        created_at=_text(exported, "created_at") or "",
    )


def _write_tallies(tallies: Mapping[str, Tally]) -> list[dict[str, Any]]:
    return [
        {"name": name, "first": each.first, "last": each.last, "count": each.count}
        for name, each in tallies.items()
    ]


def _read_tallies(exported: Mapping[str, Any], part: str) -> dict[str, Tally]:
    return {
        _text(each, "name") or "": Tally(
            int(_number(each, "count", 1)), _text(each, "first") or "", _text(each, "last") or ""
        )
        for each in _items(exported, part)
    }


def _read_attributes(exported: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: exported[name] for name in _ATTRIBUTES if exported.get(name) is not None}
    coordinates = exported.get("last_coordinates")
    if isinstance(coordinates, list) and len(coordinates) == 2:
        found["current_location"] = {"longitude": coordinates[0], "latitude": coordinates[1]}
    for name, value in found.items():
        if not _SHAPES[_ATTRIBUTES[name]](value):
            raise ValueError(f"'{name}' of an exported user has not the shape that Braze gives it.")
    return found


def _read_custom(exported: Mapping[str, Any]) -> dict[str, Any]:
    custom = exported.get("custom_attributes") or {}
    if isinstance(custom, Mapping):
        return {str(name): value for name, value in custom.items() if value is not None}
    raise ValueError("'custom_attributes' of an exported user must be an object.")


def _text(part: Mapping[str, Any], name: str) -> str | None:
    value = part.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"'{name}' of an exported user must be a text.")


def _number(part: Mapping[str, Any], name: str, default: float) -> float:
    value = part.get(name)
    if value is None:
        return default
    if _is_number(value):
        return float(value)
    raise ValueError(f"'{name}' of an exported user must be a number.")


def _items(exported: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    items = exported.get(part) or []
    if isinstance(items, list) and all(isinstance(each, Mapping) for each in items):
        return items
    raise ValueError(f"'{part}' of an exported user must be a list of objects.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_location(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and value.keys() == {"longitude", "latitude"}
        and all(map(_is_number, value.values()))
    )


def _are_objects_with(key: str) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list)
        and all(isinstance(each, Mapping) and isinstance(each.get(key), str) for each in value)
    )


_SHAPES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("choice", "country", "date", "day", "email", "language", "text", "time zone"), _is_text
    ),
    "boolean": lambda value: isinstance(value, bool),
    "location": _is_location,
    "push tokens": _are_objects_with("token"),
    "social profile": lambda value: isinstance(value, Mapping),
    "subscription groups": _are_objects_with("subscription_group_id"),
}
