"""`POST /canvas/trigger/send`: take the trigger, answer, and write it into the log.

The sandbox's REST side has no Canvases: a trigger is checked and recorded, nothing is sent. Braze
documents neither the status of the answer nor what an unknown Canvas id gets; any text is taken for
a Canvas id here.

Source: Braze, Send Canvas messages with API-triggered delivery (2026), Recipients object
(2026-09-02).
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.sandbox.endpoint import Call, Handler, Reply, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

_IDENTIFIERS = ("external_user_id", "user_alias", "braze_id", "email")


def trigger_canvas(call: Call) -> Reply:
    """Accept a trigger for a Canvas."""
    body = call.body if isinstance(call.body, dict) else {}
    canvas_id = body.get("canvas_id")
    if not isinstance(canvas_id, str) or not canvas_id.strip():
        return refuse(answers.required("canvas_id"))
    refused = _check_audience(body)
    if refused:
        return refused
    recipients = body.get("recipients")
    whom = "an audience" if recipients is None else f"{len(recipients)} recipient(s)"
    reply = {"dispatch_id": secrets.token_hex(16), "message": SUCCESS}
    return Reply(201, reply, note=f"Canvas triggered for {whom}; the sandbox sends no messages.")


def _check_audience(body: Mapping[str, Any]) -> Reply | None:
    recipients, broadcast = body.get("recipients"), body.get("broadcast", False)
    if recipients is None:
        return None if broadcast is True else refuse(answers.NO_RECIPIENTS)
    if not isinstance(recipients, list) or not all(isinstance(each, dict) for each in recipients):
        return refuse(answers.must_be_array("recipients"))
    if len(recipients) > RECIPIENTS:
        return refuse(answers.TOO_MANY_IDS)
    if not recipients or broadcast is True:
        return refuse(answers.NO_RECIPIENTS if not recipients else answers.not_valid("broadcast"))
    sound = all(sum(_is_given(each.get(i)) for i in _IDENTIFIERS) == 1 for each in recipients)
    return None if sound else refuse(answers.not_valid("recipients"))


def _is_given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, dict)


HANDLERS: dict[str, Handler] = {"POST /canvas/trigger/send": trigger_canvas}
