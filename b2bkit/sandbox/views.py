"""How the sandbox shows a profile: whole, with types, single events and single purchases."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from b2bkit.profiles.types import type_in

if TYPE_CHECKING:
    from b2bkit.profiles import Profile
    from b2bkit.sandbox.store import Store


def profile_view(store: Store, profile: Profile) -> dict[str, Any]:
    """Write a profile as `GET /_sandbox/profiles/{external_id}` does."""
    known = store.types.known
    return {
        "external_id": profile.external_id,
        "braze_id": profile.braze_id,
        "aliases": profile.user_aliases,
        "attributes": dict(profile.attributes),
        "custom_attributes": {
            name: {"type": type_in(value, known.get(name)), "value": value}
            for name, value in profile.custom_attributes.items()
        },
        "events": [asdict(event) for event in store.events(profile)],
        "purchases": [asdict(purchase) for purchase in store.purchases(profile)],
    }
