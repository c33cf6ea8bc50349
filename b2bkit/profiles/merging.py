"""What becomes of two profiles when one is merged into the other.

What only the merged profile has goes to the kept one; counts and sums are added up.

Source: Braze, Merge users (2026). Not in Braze's list, and decided here: aliases whose label is
free and push tokens move over; subscription states do not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.profiles.dates import parse_date
from b2bkit.profiles.profile import Profile, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

FILLED_IN = (
    "country", "dob", "email", "first_name", "gender", "home_city", "language", "last_name",
    "phone", "push_tokens", "time_zone",
)  # fmt: skip
"""Standard attributes that the kept profile takes over where it has none."""


def merge_profiles(keep: Profile, merged: Profile) -> Profile:
    """Give the kept profile as it is after the other was merged into it."""
    return replace(
        keep,
        aliases={**merged.aliases, **keep.aliases},
        attributes=_attributes(keep.attributes, merged.attributes),
        custom_attributes={**merged.custom_attributes, **keep.custom_attributes},
        custom_events=_tallies(keep.custom_events, merged.custom_events),
        purchases=_tallies(keep.purchases, merged.purchases),
        total_revenue=keep.total_revenue + merged.total_revenue,
    )


def _attributes(keep: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    taken = {name: merged[name] for name in FILLED_IN if name in merged}
    sessions = {
        name: choose(
            (each[name] for each in (keep, merged) if name in each),
            key=lambda t: str(parse_date(t)),
        )
        for name, choose in (("date_of_first_session", min), ("date_of_last_session", max))
        if name in keep or name in merged
    }
    return {**taken, **keep, **sessions}


def _tallies(keep: Mapping[str, Tally], merged: Mapping[str, Tally]) -> dict[str, Tally]:
    return {name: _add(keep.get(name), merged.get(name)) for name in {**keep, **merged}}


def _add(one: Tally | None, other: Tally | None) -> Tally:
    if one is None or other is None:
        return one or other or Tally(0, "", "")
    return Tally(one.count + other.count, min(one.first, other.first), max(one.last, other.last))
