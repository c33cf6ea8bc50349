"""A profile with all it holds, as JSON and back: for the disk and for snapshots."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Event, Profile, Purchase, Tally

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
        "types": dict(store.types.known),
        "forced": sorted(store.types.forced),
    }


def read_state(store: Store, state: Mapping[str, Any]) -> None:
    """Make a store hold what `write_state` wrote, and nothing else."""
    store.clear()
    for each in state["profiles"]:
        profile = read_profile(each["profile"])
        store.put(profile, each["turn"])
        store.add(
            profile.braze_id,
            [Event(**event) for event in each["events"]],
            [Purchase(**purchase) for purchase in each["purchases"]],
        )
    store.learn(state["types"])
    store.force({name: state["types"][name] for name in state["forced"]})
    store.commit()
