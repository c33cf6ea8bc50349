"""`POST /users/delete`: delete profiles, of one kind of identifier at a time.

Source: Braze, Delete users (2026). The status is not documented; 201 is ours. `deleted` counts what
was queued, known or not, as Braze's page words it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Identifier
from b2bkit.sandbox.calls import Call, Handler, Reply, refuse
from b2bkit.sandbox.endpoints.batches import for_each
from b2bkit.sandbox.endpoints.references import NOT_ONE, Reference, read_alias, read_prioritized
from b2bkit.sandbox.feed import Happening, Replaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from b2bkit.sandbox.store import Store

ONE_KIND = (
    "exactly one of external_ids, user_aliases, braze_ids, email_addresses and phone_numbers is "
    "required"
)


def delete_users(call: Call) -> Reply:
    """Accept deletions; doing them is queued."""
    body = call.fields
    given = [name for name in _READERS if body.get(name) is not None]
    if len(given) != 1:
        return refuse(ONE_KIND)
    (name,) = given
    if not isinstance(body[name], list) or not body[name]:
        return refuse(answers.not_valid(name))
    if len(body[name]) > RECIPIENTS:
        return refuse(answers.TOO_MANY_IDS)
    wanted: list[tuple[str, int, Any]] = []
    for index, item in enumerate(body[name]):
        reference = _READERS[name](item)
        if reference is None or isinstance(reference, Answer):
            return refuse(reference or answers.not_valid(name))
        wanted.append((name, index, reference))
    return Reply(201, {"deleted": len(wanted)}, for_each(wanted, _delete))


def _delete(store: Store, who: Reference, now: datetime) -> str | list[Happening]:
    profile = who.find(store)
    if profile is None:
        return NOT_ONE
    store.remove(profile)
    return [Replaced(now, profile.braze_id)]


def _read_external_id(item: Any) -> Reference | None:
    sound = isinstance(item, str) and item
    return Reference(Identifier("external_id", item)) if sound else None


def _read_braze_id(item: Any) -> Reference | None:
    return Reference(Identifier("braze_id", item)) if isinstance(item, str) and item else None


def _read_alias(item: Any) -> Reference | None:
    alias = read_alias(item)
    return Reference(alias) if alias else None


def _read_email(item: Any) -> Reference | Answer | None:
    return read_prioritized(item, "email") if isinstance(item, dict) else None


def _read_phone(item: Any) -> Reference | Answer | None:
    return read_prioritized(item, "phone") if isinstance(item, dict) else None


_READERS: dict[str, Callable[[Any], Reference | Answer | None]] = {
    "external_ids": _read_external_id,
    "user_aliases": _read_alias,
    "braze_ids": _read_braze_id,
    "email_addresses": _read_email,
    "phone_numbers": _read_phone,
}

HANDLERS: dict[str, Handler] = {"POST /users/delete": delete_users}
