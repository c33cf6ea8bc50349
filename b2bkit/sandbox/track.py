"""`POST /users/track`: accept objects, answer 201, apply."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import SUCCESS
from b2bkit.profiles import Checked, check_body
from b2bkit.sandbox.endpoint import Call, Handler, Reply, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping


def track(call: Call) -> Reply:
    """Accept the sound objects of a body and apply them."""
    checked = check_body(call.body)
    if checked.fatal:
        return refuse(checked.fatal, **_errors(checked))
    applied, dropped = call.workspace.apply(checked.items)
    counts = {f"{name}_processed": checked.count(name) for name in checked.sent}
    body = {"message": SUCCESS, **counts, **_errors(checked)}
    return Reply(201, body, applied, tuple(dropped))


def _errors(checked: Checked) -> Mapping[str, Any]:
    errors = [asdict(refusal) for refusal in checked.refusals]
    return {"errors": errors} if errors else {}


HANDLERS: dict[str, Handler] = {"POST /users/track": track}
