"""One workspace of the sandbox: its profiles, keys, log and clock, and how objects reach profiles.

The rules are those of `b2bkit.profiles`; here they meet a store. HTTP is in `rest`.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Changes, Identifier, Item, Profile, apply_item, creates
from b2bkit.profiles.dates import write_moment
from b2bkit.profiles.drops import Dropped
from b2bkit.profiles.types import type_of
from b2bkit.sandbox.keys import Keys
from b2bkit.sandbox.log import DroppedItem, Log
from b2bkit.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Clock = "Callable[[], datetime]"

NOT_CREATED = "no such profile, and the object creates none"


class Workspace:
    """Hold what one sandbox knows, and apply objects to it.

    Args:
        keys: Key name -> permissions, beside the key `all`.
        clock: Gives the current time, with a zone.
    """

    def __init__(
        self,
        keys: Mapping[str, Iterable[str]] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.keys = Keys(keys)
        self.clock = clock
        self.store = Store()
        self.log = Log()
        self.lock = RLock()

    def reset(self) -> None:
        """Empty profiles and log."""
        with self.lock:
            self.store.clear()
            self.log.clear()

    def put_user(self, exported: Mapping[str, Any]) -> Profile:
        """Add a user in the shape of an export, or replace the one with the same identifier.

        This is a hand on the state, not a request: no rule of Braze's is applied, and the types of
        the custom attributes become those of the values given.
        """
        profile = Profile.from_export(exported)
        with self.lock:
            known = self._known(profile)
            profile = replace(
                profile,
                braze_id=profile.braze_id or (known.braze_id if known else new_braze_id()),
                created_at=profile.created_at or write_moment(self.clock()),
            )
            if known:
                self.store.remove(known)
            self.store.put(profile)
            custom = profile.custom_attributes.items()
            self.store.learn({name: type_of(value) for name, value in custom})
        return profile

    def apply(self, items: Iterable[Item]) -> tuple[int, list[DroppedItem]]:
        """Apply accepted objects in order; count those applied, and list what was left out."""
        applied = 0
        dropped: list[DroppedItem] = []
        with self.lock:
            now = self.clock()
            for item in items:
                changes = self._apply(item, now)
                applied += changes.after is not None
                dropped += [
                    DroppedItem(item.input_array, item.index, each.attribute[:300], each.reason)
                    for each in changes.dropped
                ]
        return applied, dropped

    def _apply(self, item: Item, now: datetime) -> Changes:
        profile = self.store.find(item.identifier)
        if profile is None:
            if not creates(item.identifier, item.object.get("_update_existing_only")):
                return Changes(None, None, dropped=(Dropped("", NOT_CREATED),))
            profile = new_profile(item.identifier, now)
        changes = apply_item(profile, item, now, self.store.types)
        if changes.after is not None:
            self.store.put(changes.after)
            self.store.add(changes.after, changes.events, changes.purchases)
        self.store.learn(changes.types)
        return changes

    def _known(self, profile: Profile) -> Profile | None:
        identifiers = [Identifier("braze_id", profile.braze_id)]
        if profile.external_id is not None:
            identifiers.append(Identifier("external_id", profile.external_id))
        identifiers += [Identifier("user_alias", n, label) for label, n in profile.aliases.items()]
        return next(filter(None, map(self.store.find, identifiers)), None)


def new_profile(identifier: Identifier, now: datetime) -> Profile:
    """Make the empty profile that an identifier names."""
    profile = Profile(braze_id=new_braze_id(), created_at=write_moment(now))
    if identifier.kind == "external_id":
        return replace(profile, external_id=identifier.value)
    if identifier.kind == "user_alias":
        return replace(profile, aliases={identifier.label: identifier.value})
    if identifier.kind in {"email", "phone"}:
        return replace(profile, attributes={identifier.kind: identifier.value})
    return profile


def new_braze_id() -> str:
    """Make up an id as Braze's look: 24 hexadecimal digits."""
    return secrets.token_hex(12)
