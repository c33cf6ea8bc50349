"""How accepted objects reach profiles: find the profile or create it, apply, remember.

The rules are those of `b2bkit.profiles`; here they meet a store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import (
    Changes,
    Dropped,
    Identifier,
    Item,
    Profile,
    apply_attributes,
    apply_item,
    creates,
)
from b2bkit.profiles.dates import write_moment
from b2bkit.sandbox.calls import Outcome
from b2bkit.sandbox.feed import Applied
from b2bkit.sandbox.log import DroppedItem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from b2bkit.sandbox.store import Store

NOT_CREATED = Dropped("", "no such profile, and the object creates none")
TOKEN_KNOWN = Dropped("push_tokens", "the push token is known already: the object is ignored")

_SHARED = ("email_subscribe", "subscription_groups")
"""What every profile with the same e-mail address gets, when one of them does."""

_LONGEST_NAME = 300


def apply_items(store: Store, items: Iterable[Item], now: datetime) -> Outcome:
    """Apply accepted objects, one after the other."""
    outcome = Outcome()
    for item in items:
        changes = _apply(store, item, now)
        outcome.applied += changes.after is not None
        outcome.dropped += [
            DroppedItem(
                item.input_array, item.index, each.attribute[:_LONGEST_NAME] or None, each.reason
            )
            for each in changes.dropped
        ]
        outcome.happenings.append(Applied(now, changes))
        outcome.happenings += [Applied(now, each) for each in _share(store, changes)]
    return outcome


def remember(store: Store, changes: Changes) -> None:
    """Put what an object did into the store."""
    if changes.after is None:
        return
    store.put(changes.after)
    if changes.events or changes.purchases:
        store.add(changes.after.braze_id, changes.events, changes.purchases)
    if changes.types:
        store.learn(changes.types)


def new_profile(store: Store, identifier: Identifier, now: datetime) -> Profile:
    """Make the empty profile that an identifier names; putting it into the store is for later."""
    profile = Profile(braze_id=store.new_braze_id(), created_at=write_moment(now))
    if identifier.kind == "external_id":
        return replace(profile, external_id=identifier.value)
    if identifier.kind == "user_alias":
        return replace(profile, aliases={identifier.label: identifier.value})
    if identifier.kind in {"email", "phone"}:
        return replace(profile, attributes={identifier.kind: identifier.value})
    return profile


def _apply(store: Store, item: Item, now: datetime) -> Changes:
    before = store.find(item.identifier)
    if before is not None and item.identifier.kind == "push_token":
        return Changes(before, None, dropped=(TOKEN_KNOWN,))
    if before is None and not creates(item.identifier, item.object.get("_update_existing_only")):
        return Changes(None, None, dropped=(NOT_CREATED,))
    changes = apply_item(before or new_profile(store, item.identifier, now), item, now, store.types)
    if before is None:
        changes = replace(changes, before=None)
    remember(store, changes)
    return changes


def _share(store: Store, changes: Changes) -> list[Changes]:
    """Give subscription states to the other profiles with the same e-mail address.

    Source: Braze, Track users (2026).
    """
    profile = changes.after
    set_now: dict[str, Any] = {
        change.attribute: change.after
        for change in changes.attributes
        if change.attribute in _SHARED and change.dropped is None
    }
    if profile is None or not set_now or not profile.email:
        return []
    others = store.find_all(Identifier("email", profile.email))
    shared = [
        apply_attributes(other, set_now) for other in others if other.braze_id != profile.braze_id
    ]
    for each in shared:
        remember(store, each)
    return shared
