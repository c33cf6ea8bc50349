"""A user profile as a value: what Braze keeps of one user, and its shape in `/users/export/ids`.

A profile is never changed; the rules make a new one. Single events and purchases belong to whoever
keeps them: a profile holds only how often and when, as an export shows.

Source: Braze, Export user profile by identifier (2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from b2bkit.braze.reserved import RESERVED_FIELDS

EXPORTED = (
    "country", "dob", "email", "email_subscribe", "first_name", "gender", "home_city", "language",
    "last_name", "phone", "push_subscribe", "push_tokens", "time_zone",
)  # fmt: skip
"""The standard attributes that an export shows under their own names."""

_ATTRIBUTES = frozenset(RESERVED_FIELDS) - {
    "alias_label", "alias_name", "braze_id", "external_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """Count how often something happened, and when first and last (UTC, ISO 8601)."""

    count: int
    first: str
    last: str

    def plus(self, time: str, times: int = 1) -> Tally:
        """Count it again."""
        return Tally(self.count + times, min(self.first, time), max(self.last, time))


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold what Braze keeps of one user.

    Args:
        braze_id: Braze's own id.
        external_id: The customer's id; `None` for an anonymous user.
        aliases: Alias label -> alias name; a user has one alias per label.
        attributes: Standard attributes by their API names, without identifiers.
        custom_attributes: Custom attributes.
        custom_events: Event name -> how often and when.
        purchases: Product id -> how often and when.
        total_revenue: Revenue of all purchases in USD.
        created_at: When the profile was created (UTC, ISO 8601).
    """

    braze_id: str = ""
    external_id: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    custom_attributes: Mapping[str, Any] = field(default_factory=dict)
    custom_events: Mapping[str, Tally] = field(default_factory=dict)
    purchases: Mapping[str, Tally] = field(default_factory=dict)
    total_revenue: float = 0.0
    created_at: str = ""

    @property
    def email(self) -> str | None:
        """Give the e-mail address."""
        return self.attributes.get("email")

    @property
    def phone(self) -> str | None:
        """Give the phone number."""
        return self.attributes.get("phone")

    @property
    def user_aliases(self) -> list[dict[str, str]]:
        """List the aliases as the API writes them."""
        return [{"alias_name": n, "alias_label": label} for label, n in self.aliases.items()]

    def export(self) -> dict[str, Any]:
        """Show the profile as `/users/export/ids` does: what is null, false or empty is left out.

        Standard attributes that the documented export does not show are left out as well.
        """
        location = self.attributes.get("current_location")
        everything = {
            "external_id": self.external_id,
            "user_aliases": self.user_aliases,
            "braze_id": self.braze_id,
            "created_at": self.created_at,
            **{name: self.attributes.get(name) for name in EXPORTED},
            "last_coordinates": location and [location["longitude"], location["latitude"]],
            "total_revenue": self.total_revenue,
            "custom_attributes": dict(self.custom_attributes),
            "custom_events": _write_tallies(self.custom_events),
            "purchases": _write_tallies(self.purchases),
        }
        return {name: value for name, value in everything.items() if value}

    @classmethod
    def from_export(cls, exported: Mapping[str, Any]) -> Profile:
        """Read a profile in the shape of an export; any standard attribute of the API is taken.

        What else an export may hold (devices, campaigns received ...) is left aside.

        Raises:
            ValueError: If a part has not the shape of an export; the message names the part.
        """
        return cls(
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
    found = {name: exported[name] for name in _ATTRIBUTES & exported.keys()}
    coordinates = exported.get("last_coordinates")
    if isinstance(coordinates, list) and len(coordinates) == 2:
        found["current_location"] = {"longitude": coordinates[0], "latitude": coordinates[1]}
    for name in ("email", "phone"):
        _text(exported, name)
    if not all(isinstance(each.get("token"), str) for each in _items(exported, "push_tokens")):
        raise ValueError("each of the 'push_tokens' of an exported user must have a 'token'.")
    return {name: value for name, value in found.items() if value is not None}


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
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise ValueError(f"'{name}' of an exported user must be a number.")


def _items(exported: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    items = exported.get(part) or []
    if isinstance(items, list) and all(isinstance(each, Mapping) for each in items):
        return items
    raise ValueError(f"'{part}' of an exported user must be a list of objects.")
