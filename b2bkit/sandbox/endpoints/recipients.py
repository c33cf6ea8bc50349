"""The recipients of a trigger: who they are, and the attributes that are applied before the send.

Source: Braze, Recipients object (2026-09-02).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Identifier, Item
from b2bkit.profiles.standard import refusal
from b2bkit.sandbox.applying import apply_items
from b2bkit.sandbox.calls import Outcome
from b2bkit.sandbox.endpoints.references import (
    NOT_ONE,
    Reference,
    read_alias,
    read_prioritized,
    read_text,
)
from b2bkit.sandbox.feed import Recipient
from b2bkit.sandbox.log import DroppedItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.profiles import Profile
    from b2bkit.sandbox.store import Store

ARRAY = "recipients"
_KINDS = ("external_user_id", "user_alias", "braze_id", "email")


@dataclass(frozen=True, slots=True)
class Target:
    """Name one recipient as the request does.

    Args:
        index: Its place in the request.
        who: Who it is.
        properties: Its own `trigger_properties` or `context`.
        attributes: Attributes to apply before the send.
        create: Whether an unknown user is created (`send_to_existing_only: false`).
    """

    index: int
    who: Reference
    properties: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] | None = None
    create: bool = False


def read_targets(recipients: Any, properties: tuple[str, ...]) -> list[Target] | Answer:
    """Read the recipients of a request; of one that is named twice, the last entry.

    Args:
        recipients: The array of the request.
        properties: The names under which a recipient's own properties may stand.
    """
    if not isinstance(recipients, list) or not all(isinstance(each, dict) for each in recipients):
        return answers.must_be_array(ARRAY)
    if len(recipients) > RECIPIENTS:
        return answers.TOO_MANY_IDS
    if not recipients:
        return answers.NO_RECIPIENTS
    targets: dict[Identifier, Target] = {}
    for index, item in enumerate(recipients):
        target = _read_target(index, item, properties)
        if isinstance(target, Answer):
            return target
        targets[target.who.identifier] = target
    return list(targets.values())


def reach(
    store: Store, targets: list[Target], now: datetime
) -> tuple[Outcome, tuple[Recipient, ...]]:
    """Apply the recipients' attributes, and find their profiles."""
    outcome = Outcome()
    reached: list[Recipient] = []
    for target in targets:
        profile = _prepare(store, target, now, outcome)
        if profile is None:
            outcome.dropped.append(DroppedItem(ARRAY, target.index, None, NOT_ONE))
        else:
            outcome.applied += 1
            reached.append(Recipient(profile.braze_id, target.properties))
    return outcome, tuple(reached)


def _read_target(index: int, item: Mapping[str, Any], names: tuple[str, ...]) -> Target | Answer:
    given = [kind for kind in _KINDS if item.get(kind) not in (None, "")]
    who = _read_who(item, given[0]) if len(given) == 1 else None
    if who is None or isinstance(who, Answer):
        return who or answers.not_valid(ARRAY)
    properties: Any = next((item[name] for name in names if item.get(name) is not None), {})
    attributes = item.get("attributes")
    create = item.get("send_to_existing_only") is False
    if not isinstance(properties, dict):
        return answers.not_valid(names[0])
    if attributes is not None and not isinstance(attributes, dict):
        return answers.not_valid("attributes")
    if create and (attributes is None or given[0] == "user_alias"):
        return answers.not_valid("send_to_existing_only")
    return Target(index, who, properties, attributes, create)


def _read_who(item: Mapping[str, Any], kind: str) -> Reference | Answer | None:
    if kind == "user_alias":
        alias = read_alias(item[kind])
        return Reference(alias) if alias else None
    if kind == "email":
        return read_prioritized(item, "email")
    text = read_text(item, kind)
    if text is None:
        return None
    return Reference(Identifier("braze_id" if kind == "braze_id" else "external_id", text))


def _prepare(store: Store, target: Target, now: datetime, outcome: Outcome) -> Profile | None:
    """Apply a recipient's attributes, creating the user where that was asked for."""
    profile = target.who.find(store)
    if target.attributes is None or (profile is None and not target.create):
        return profile
    identifier = target.who.identifier
    if profile is not None:
        identifier = Identifier("braze_id", profile.braze_id)
    refused = refusal(target.attributes)
    if refused:
        outcome.dropped.append(DroppedItem(ARRAY, target.index, "attributes", refused.text))
        return profile
    applied = apply_items(
        store, [Item("attributes", target.index, target.attributes, identifier)], now
    )
    outcome.dropped += applied.dropped
    outcome.happenings += applied.happenings
    return target.who.find(store)
