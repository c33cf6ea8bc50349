"""Where profiles live: look-up by every identifier, their events and purchases, attribute types.

Memory is the one place where profiles are looked up. What a store holds, and how to find it; what
happens to it is decided in `workspace`, and written to disk by `disk` if there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.profiles import AttributeTypes, Event, Identifier, Profile, Purchase, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Store:
    """Hold the profiles of one workspace."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything but forced types."""
        self._profiles: dict[str, Profile] = {}
        self._touched: dict[str, int] = {}
        self._turn = 0
        self._by_identifier: dict[Identifier, dict[str, None]] = {}
        self._events: dict[str, list[Event]] = {}
        self._purchases: dict[str, list[Purchase]] = {}
        self._types: dict[str, Type] = {}
        self.types = AttributeTypes(self._types)

    def __len__(self) -> int:
        return len(self._profiles)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def find(self, identifier: Identifier) -> Profile | None:
        """Find the profile that an identifier names.

        Of several with one e-mail address or phone: the one updated last that has an external id,
        otherwise the one updated last. Source: Braze, Track users (2026).
        """
        found = self.find_all(identifier)
        if len(found) < 2:
            return found[0] if found else None
        return max(found, key=self._rank)

    def find_all(self, identifier: Identifier) -> list[Profile]:
        """Find every profile that an identifier names, in order of creation."""
        if identifier.kind == "braze_id":
            profile = self._profiles.get(identifier.value)
            return [profile] if profile else []
        return [self._profiles[one] for one in self._by_identifier.get(_normal(identifier), ())]

    def put(self, profile: Profile) -> None:
        """Add or replace a profile, and count it as updated now."""
        before = self._profiles.get(profile.braze_id)
        if before is None or _identity(before) != _identity(profile):
            self._unlink(before)
            for identifier in _identifiers(profile):
                self._by_identifier.setdefault(identifier, {})[profile.braze_id] = None
        self._profiles[profile.braze_id] = profile
        self._turn += 1
        self._touched[profile.braze_id] = self._turn

    def remove(self, profile: Profile) -> None:
        """Remove a profile with its events and purchases."""
        self._unlink(self._profiles.pop(profile.braze_id, None))
        for kept in (self._touched, self._events, self._purchases):
            kept.pop(profile.braze_id, None)

    def add(
        self, profile: Profile, events: Iterable[Event] = (), purchases: Iterable[Purchase] = ()
    ) -> None:
        """Append to the events and purchases of a profile."""
        self._events.setdefault(profile.braze_id, []).extend(events)
        self._purchases.setdefault(profile.braze_id, []).extend(purchases)

    def events(self, profile: Profile) -> tuple[Event, ...]:
        """Give the single events of a profile, oldest first."""
        return tuple(self._events.get(profile.braze_id, ()))

    def purchases(self, profile: Profile) -> tuple[Purchase, ...]:
        """Give the single purchases of a profile, oldest first."""
        return tuple(self._purchases.get(profile.braze_id, ()))

    def learn(self, types: Mapping[str, Type]) -> None:
        """Remember types of attributes."""
        self._types.update(types)

    def _rank(self, profile: Profile) -> tuple[bool, int]:
        return profile.external_id is not None, self._touched[profile.braze_id]

    def _unlink(self, profile: Profile | None) -> None:
        if profile is None:
            return
        for identifier in _identifiers(profile):
            holders = self._by_identifier[identifier]
            holders.pop(profile.braze_id, None)
            if not holders:
                del self._by_identifier[identifier]


def _identifiers(profile: Profile) -> Iterator[Identifier]:
    if profile.external_id is not None:
        yield Identifier("external_id", profile.external_id)
    for label, name in profile.aliases.items():
        yield Identifier("user_alias", name, label)
    if profile.email:
        yield Identifier("email", profile.email.lower())
    if profile.phone:
        yield Identifier("phone", profile.phone)
    for token in profile.attributes.get("push_tokens", ()):
        yield Identifier("push_token", token["token"])


def _identity(profile: Profile) -> tuple[object, ...]:
    tokens = profile.attributes.get("push_tokens")
    return profile.external_id, profile.aliases, profile.email, profile.phone, tokens


def _normal(identifier: Identifier) -> Identifier:
    if identifier.kind == "email":
        return Identifier("email", identifier.value.lower())
    return identifier
