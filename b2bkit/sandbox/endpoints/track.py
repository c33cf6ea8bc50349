"""`/users/track` and its relatives `/sync`, `/bulk` and `/status`.

Source: Braze, Track users (2026), and synchronously, in bulk, status (2026).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS
from b2bkit.braze.limits import (
    TRACK_BULK_BYTES,
    TRACK_BULK_OBJECTS,
    TRACK_BULK_OBJECTS_PER_PROFILE,
)
from b2bkit.profiles import Changes, Checked, Item, Profile, Tally, TrackLimits, check_body
from b2bkit.sandbox.applying import apply_items
from b2bkit.sandbox.calls import Call, Handler, Outcome, Reply, Work, refuse
from b2bkit.sandbox.feed import Applied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.sandbox.store import Store

ONE_OBJECT = "exactly one attributes, event or purchase object is required"
_BULK = TrackLimits(together=TRACK_BULK_OBJECTS)


def track(call: Call) -> Reply:
    """Accept the sound objects of a body; applying them is queued."""
    return _accept(call, check_body(call.body, call.limits))


def track_bulk(call: Call) -> Reply:
    """Accept up to 1,000 objects, of which up to 100 are about one profile."""
    if call.request.size > TRACK_BULK_BYTES:
        return refuse(answers.TOO_LARGE)
    checked = check_body(call.body, _BULK)
    per_profile = Counter(item.identifier for item in checked.items)
    if any(count > TRACK_BULK_OBJECTS_PER_PROFILE for count in per_profile.values()):
        return refuse(answers.MAX_INPUT_LENGTH)
    return _accept(call, checked)


def track_sync(call: Call) -> Reply:
    """Apply one object at once, and show what it did to the profile."""
    checked = check_body(call.body)
    if len(checked.items) + len(checked.refusals) > 1 or len(checked.sent) > 1:
        return refuse(ONE_OBJECT)
    if checked.fatal:
        return refuse(checked.fatal, **_errors(checked))
    outcome = apply_items(call.store, checked.items, call.now)
    (first, *_) = outcome.happenings
    changes = first.changes if isinstance(first, Applied) else None
    users = [_show(checked.items[0], changes)] if changes and changes.after else []
    return Reply(201, {"users": users, "message": SUCCESS}, done=outcome)


def track_status(call: Call) -> Reply:
    """Say how far the requests of a group are."""
    group_id = call.request.query.get("group_id")
    if not group_id:
        return refuse(answers.required("group_id"))
    return Reply(200, {"results": call.groups.show(group_id, call.now)})


def _accept(call: Call, checked: Checked) -> Reply:
    if checked.fatal:
        return refuse(checked.fatal, **_errors(checked))
    counts = {f"{name}_processed": checked.count(name) for name in checked.sent}
    body = {"message": SUCCESS, **counts, **_errors(checked)}
    return Reply(201, body, _work(call, checked))


def _work(call: Call, checked: Checked) -> Work:
    group_id = call.body.get("group_id")
    if not isinstance(group_id, str) or not group_id:
        return lambda store, now: apply_items(store, checked.items, now)
    call.groups.receive(group_id, call.now)

    def work(store: Store, now: datetime) -> Outcome:
        outcome = apply_items(store, checked.items, now)
        call.groups.finish(group_id, now)
        return outcome

    return work


def _errors(checked: Checked) -> Mapping[str, Any]:
    errors = [asdict(refusal) for refusal in checked.refusals]
    return {"errors": errors} if errors else {}


def _show(item: Item, changes: Changes) -> dict[str, Any]:
    """Show the identifier of an object, and what of the profile it was about."""
    profile: Profile = changes.after or Profile()
    shown: dict[str, Any] = {item.identifier.kind: item.object.get(item.identifier.kind)}
    if item.input_array == "events":
        return {
            **shown,
            "custom_events": _tally("name", item.object["name"], profile.custom_events),
        }
    if item.input_array == "purchases":
        product = item.object["product_id"]
        return {**shown, "purchase_events": _tally("product_id", product, profile.purchases)}
    custom = profile.custom_attributes
    named = [change.attribute for change in changes.attributes if change.attribute in custom]
    return {**shown, "custom_attributes": {name: custom[name] for name in named}}


def _tally(key: str, name: str, tallies: Mapping[str, Tally]) -> list[dict[str, Any]]:
    tally = tallies.get(name)
    if tally is None:
        return []
    return [{key: name, "first": tally.first, "last": tally.last, "count": tally.count}]


HANDLERS: dict[str, Handler] = {
    "POST /users/track": track,
    "POST /users/track/sync": track_sync,
    "POST /users/track/bulk": track_bulk,
    "GET /users/track/status": track_status,
}
