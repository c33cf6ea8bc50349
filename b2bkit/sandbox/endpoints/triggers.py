"""`/canvas/trigger/send`, `/campaigns/trigger/send`, `/messages/send`: take it, pass it on.

The REST side knows no campaigns and Canvases and sends nothing: a trigger is checked, logged, and
told to the feed. Any text is taken for an id until `flows` knows better. Braze does not document
the status of the answer.

Source: Braze, Send Canvas messages with API-triggered delivery (2026), Recipients object
(2026-09-02), API errors (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS, Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Identifier
from b2bkit.sandbox.calls import Call, Handler, Outcome, Reply, Work, refuse
from b2bkit.sandbox.endpoints.recipients import Target, reach, read_targets
from b2bkit.sandbox.endpoints.references import Reference, read_alias, read_text
from b2bkit.sandbox.feed import Triggered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.sandbox.store import Store

Kind = Literal["campaign", "canvas", "message"]
_CONTEXT = ("context", "canvas_entry_properties")
_TRIGGER_PROPERTIES = ("trigger_properties",)


def trigger_canvas(call: Call) -> Reply:
    """Accept a trigger for a Canvas."""
    return _trigger(call, "canvas", "canvas_id", _CONTEXT)


def trigger_campaign(call: Call) -> Reply:
    """Accept a trigger for a campaign."""
    return _trigger(call, "campaign", "campaign_id", _TRIGGER_PROPERTIES)


def send_message(call: Call) -> Reply:
    """Accept a message to users who exist, to a segment or to an audience."""
    body = call.fields
    messages = body.get("messages")
    if not isinstance(messages, dict) or not messages:
        return refuse(answers.NO_MESSAGE)
    targets = _read_users(body)
    if isinstance(targets, Answer):
        return refuse(targets)
    audience = body.get("segment_id") is not None or body.get("audience") is not None
    if not targets and not audience:
        return refuse(answers.NO_RECIPIENTS)
    identifier = read_text(body, "campaign_id") or ""
    return _accept(call, "message", identifier, targets, messages)


def _trigger(call: Call, kind: Kind, id_name: str, names: tuple[str, ...]) -> Reply:
    body = call.fields
    identifier = read_text(body, id_name)
    if identifier is None:
        return refuse(answers.required(id_name))
    unknown = call.flows.refuse(kind, identifier)
    if unknown:
        return refuse(unknown)
    properties: Any = next((body[name] for name in names if body.get(name) is not None), {})
    if not isinstance(properties, dict):
        return refuse(answers.not_valid(names[0]))
    targets = _read_audience(body, names)
    if isinstance(targets, Answer):
        return refuse(targets)
    return _accept(call, kind, identifier, targets, properties)


def _read_audience(body: Mapping[str, Any], names: tuple[str, ...]) -> list[Target] | Answer:
    broadcast = body.get("broadcast", False)
    if body.get("recipients") is None:
        return [] if broadcast is True else answers.NO_RECIPIENTS
    if broadcast is True:
        return answers.not_valid("broadcast")
    return read_targets(body["recipients"], names)


def _read_users(body: Mapping[str, Any]) -> list[Target] | Answer:
    external_ids = body.get("external_user_ids") or []
    aliases = body.get("user_aliases") or []
    if not isinstance(external_ids, list) or not all(isinstance(i, str) for i in external_ids):
        return answers.not_valid("external_user_ids")
    if not isinstance(aliases, list):
        return answers.not_valid("user_aliases")
    found = [read_alias(each) for each in aliases]
    if len(external_ids) + len(aliases) > RECIPIENTS:
        return answers.TOO_MANY_EXTERNAL_IDS
    if None in found:
        return answers.not_valid("user_aliases")
    named = [Identifier("external_id", each) for each in external_ids]
    named += [each for each in found if each is not None]
    return [Target(index, Reference(each)) for index, each in enumerate(dict.fromkeys(named))]


def _accept(
    call: Call, kind: Kind, identifier: str, targets: list[Target], properties: Mapping[str, Any]
) -> Reply:
    whom = f"{len(targets)} recipient(s)" if targets else "an audience"
    return Reply(
        201,
        {"dispatch_id": call.store.ids.dispatch_id(), "message": SUCCESS},
        _work(kind, identifier, targets, properties),
        note=f"{kind} triggered for {whom}; the REST side sends no messages",
    )


def _work(
    kind: Kind, identifier: str, targets: list[Target], properties: Mapping[str, Any]
) -> Work:
    def work(store: Store, now: datetime) -> Outcome:
        outcome, recipients = reach(store, targets, now)
        outcome.happenings.append(
            Triggered(now, kind, identifier, recipients, properties, broadcast=not targets)
        )
        return outcome

    return work


HANDLERS: dict[str, Handler] = {
    "POST /canvas/trigger/send": trigger_canvas,
    "POST /campaigns/trigger/send": trigger_campaign,
    "POST /messages/send": send_message,
}
