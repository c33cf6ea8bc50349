"""A profile with all it holds, as JSON and back: for the disk and for snapshots."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Event, Profile, Purchase, Tally
from b2bkit.sandbox.catalogs import Catalog
from b2bkit.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.sandbox.store import Store

_PLAIN = tuple(
    each.name for each in fields(Profile) if each.name not in {"custom_events", "purchases"}
)


def write_profile(profile: Profile) -> dict[str, Any]:
    """Write a profile, nothing left out."""
    plain = {name: getattr(profile, name) for name in _PLAIN}
    tallies = {
        name: {key: asdict(tally) for key, tally in getattr(profile, name).items()}
        for name in ("custom_events", "purchases")
    }
    return {**plain, **tallies}


def read_profile(written: Mapping[str, Any]) -> Profile:
    """Read a profile that `write_profile` wrote."""
    tallies = {
        name: {key: Tally(**tally) for key, tally in written[name].items()}
        for name in ("custom_events", "purchases")
    }
    return Profile(**{**written, **tallies})


def write_state(store: Store) -> dict[str, Any]:
    """Write all that a store holds, profiles in order of creation."""
    return {
        "profiles": [
            {
                "profile": write_profile(profile),
                "turn": store.turn(profile),
                "events": [asdict(event) for event in store.events(profile)],
                "purchases": [asdict(purchase) for purchase in store.purchases(profile)],
            }
            for profile in store
        ],
        "catalogs": {
            name: {"fields": sorted(catalog.fields), "items": list(catalog.items.values())}
            for name, catalog in store.catalogs.items()
        },
        "types": dict(store.types.known),
        "forced": sorted(store.types.forced),
    }


def restore_state(store: Store, state: Any) -> None:
    """Make a store hold what `write_state` wrote, and nothing else.

    Raises:
        SandboxError: If it is no such state; the store is then as it was.
    """
    try:
        held = [_read_held(each) for each in state["profiles"]]
        catalogs = {name: _read_catalog(each) for name, each in state["catalogs"].items()}
        types = dict(state["types"])
        forced = {name: types[name] for name in state["forced"]}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SandboxError("This is no snapshot of a sandbox.") from error
    store.clear()
    for profile, turn, events, purchases in held:
        store.put(profile, turn)
        store.add(profile.braze_id, events, purchases)
    store.put_catalogs(catalogs)
    store.learn(types)
    store.force(forced)
    store.commit()


def _read_catalog(each: Any) -> Catalog:
    return Catalog(frozenset(each["fields"]), {item["id"]: dict(item) for item in each["items"]})


def _read_held(each: Any) -> tuple[Profile, int, list[Event], list[Purchase]]:
    events = [Event(**event) for event in each["events"]]
    purchases = [Purchase(**purchase) for purchase in each["purchases"]]
    return read_profile(each["profile"]), int(each["turn"]), events, purchases
