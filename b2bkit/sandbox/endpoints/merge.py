"""`POST /users/merge`: merge one profile into another.

Source: Braze, Merge users (2026). That e-mail addresses and phone numbers need a `prioritization`
is documented; which answer a missing one gets is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS, Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Changes, Identifier, Profile
from b2bkit.profiles.merging import merge_profiles
from b2bkit.sandbox.calls import Call, Handler, Reply, refuse
from b2bkit.sandbox.endpoints.batches import for_each
from b2bkit.sandbox.endpoints.references import (
    NOT_ONE,
    Reference,
    read_alias,
    read_prioritized,
    read_text,
)
from b2bkit.sandbox.feed import Applied, Happening, Replaced

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.sandbox.store import Store

SAME = "both identifiers name the same profile"
_MERGE, _KEEP = "identifier_to_merge", "identifier_to_keep"


@dataclass(frozen=True, slots=True)
class Merge:
    """Ask that one profile be merged into another."""

    merged: Reference
    kept: Reference


def merge_users(call: Call) -> Reply:
    """Accept merges; doing them is queued. One unsound merge refuses the request."""
    wanted = call.fields.get("merge_updates")
    if not isinstance(wanted, list) or not all(isinstance(each, dict) for each in wanted):
        return refuse(answers.must_be_array("merge_updates"))
    if len(wanted) > RECIPIENTS:
        return refuse(answers.TOO_MANY_MERGES)
    merges: list[tuple[str, int, Any]] = []
    for index, item in enumerate(wanted):
        merge = _read(item)
        if isinstance(merge, Answer):
            return refuse(merge)
        merges.append(("merge_updates", index, merge))
    return Reply(202, {"message": SUCCESS}, for_each(merges, _merge))


def merge_into(store: Store, keep: Profile, merged: Profile, now: datetime) -> list[Happening]:
    """Merge a profile into another, with its events and purchases, and remove it."""
    after = merge_profiles(keep, merged)
    events, purchases = store.events(merged), store.purchases(merged)
    store.remove(merged)
    store.put(after)
    store.add(after.braze_id, events, purchases)
    return [Replaced(now, merged.braze_id), Applied(now, Changes(keep, after))]


def _read(item: dict[str, Any]) -> Merge | Answer:
    if item.keys() != {_MERGE, _KEEP}:
        return answers.MERGE_KEYS
    merged, kept = _read_reference(item[_MERGE]), _read_reference(item[_KEEP])
    if isinstance(merged, Answer):
        return merged
    return kept if isinstance(kept, Answer) else Merge(merged, kept)


def _read_reference(item: Any) -> Reference | Answer:
    if not isinstance(item, dict):
        return answers.MERGE_IDENTIFIERS
    external_id, alias = read_text(item, "external_id"), read_alias(item.get("user_alias"))
    if external_id:
        return Reference(Identifier("external_id", external_id))
    if alias:
        return Reference(alias)
    found = read_prioritized(item, "email") or read_prioritized(item, "phone")
    return found or answers.MERGE_IDENTIFIERS


def _merge(store: Store, wanted: Merge, now: datetime) -> str | list[Happening]:
    merged, kept = wanted.merged.find(store), wanted.kept.find(store)
    if merged is None or kept is None:
        return NOT_ONE
    return SAME if merged.braze_id == kept.braze_id else merge_into(store, kept, merged, now)


HANDLERS: dict[str, Handler] = {"POST /users/merge": merge_users}
