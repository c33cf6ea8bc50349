"""`/users/track`: accept objects, answer 201, apply.

Source: Braze, Track users (2026).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import SUCCESS
from b2bkit.profiles import Checked, check_body
from b2bkit.sandbox.applying import apply_items
from b2bkit.sandbox.endpoint import Call, Handler, Reply, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping


def track(call: Call) -> Reply:
    """Accept the sound objects of a body; applying them is queued."""
    checked = check_body(call.body, call.limits)
    if checked.fatal:
        return refuse(checked.fatal, **_errors(checked))
    counts = {f"{name}_processed": checked.count(name) for name in checked.sent}
    return Reply(
        201,
        {"message": SUCCESS, **counts, **_errors(checked)},
        work=lambda store, now: apply_items(store, checked.items, now),
    )


def _errors(checked: Checked) -> Mapping[str, Any]:
    errors = [asdict(refusal) for refusal in checked.refusals]
    return {"errors": errors} if errors else {}


HANDLERS: dict[str, Handler] = {"POST /users/track": track}
