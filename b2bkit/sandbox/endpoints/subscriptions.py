"""Subscription states: `/subscription/status/set` (both versions) and `/email/status`.

Every profile with an e-mail address or phone number gets the state. Version 2 takes several groups;
whether one unsound group refuses them all is not documented: here it does.

Source: Braze, Update subscription group status (2026), Change email subscription status (2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS, Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.braze.reserved import GROUP_STATES, SUBSCRIPTION_STATES
from b2bkit.profiles import Identifier, apply_attributes
from b2bkit.sandbox.applying import remember
from b2bkit.sandbox.calls import Call, Handler, Reply, refuse
from b2bkit.sandbox.endpoints.batches import for_each
from b2bkit.sandbox.endpoints.references import NOBODY
from b2bkit.sandbox.feed import Applied, Happening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.profiles.identifiers import IdentifierKind
    from b2bkit.sandbox.store import Store

_V1: dict[str, IdentifierKind] = {
    "external_id": "external_id", "email": "email", "phone": "phone",
}  # fmt: skip
_V2: dict[str, IdentifierKind] = {
    "external_ids": "external_id", "emails": "email", "phones": "phone",
}  # fmt: skip
_GROUPS = "subscription_groups"


@dataclass(frozen=True, slots=True)
class Setting:
    """Ask that the profiles of one identifier get an attribute."""

    who: Identifier
    attributes: Mapping[str, Any]


def set_group(call: Call) -> Reply:
    """Accept a state in one subscription group."""
    body = call.fields
    if body.get("email") is not None and body.get("phone") is not None:
        return refuse(answers.EMAIL_XOR_PHONE)
    settings = _read_group(body, _V1)
    return refuse(settings) if isinstance(settings, Answer) else _accept(settings)


def set_groups(call: Call) -> Reply:
    """Accept states in several subscription groups (version 2)."""
    groups = call.fields.get(_GROUPS)
    if not isinstance(groups, list) or not groups:
        return refuse(answers.must_be_array(_GROUPS))
    settings: list[Setting] = []
    for group in groups:
        found = _read_group(group, _V2) if isinstance(group, dict) else answers.not_valid(_GROUPS)
        if isinstance(found, Answer):
            return refuse(found)
        settings += found
    return refuse(answers.TOO_MANY_IDS) if len(settings) > RECIPIENTS else _accept(settings)


def set_email_status(call: Call) -> Reply:
    """Accept a state of e-mail addresses."""
    body = call.fields
    state = body.get("subscription_state")
    if not isinstance(state, str) or state not in SUBSCRIPTION_STATES:
        return refuse(answers.not_valid("subscription_state"))
    identifiers = _read_identifiers(body, {"email": "email"})
    if isinstance(identifiers, Answer):
        return refuse(identifiers)
    return _accept([Setting(who, {"email_subscribe": state}) for who in identifiers])


def _accept(settings: list[Setting]) -> Reply:
    items = [(_GROUPS, index, setting) for index, setting in enumerate(settings)]
    return Reply(201, {"message": SUCCESS}, for_each(items, _set))


def _set(store: Store, setting: Setting, now: datetime) -> str | list[Happening]:
    done = [
        apply_attributes(profile, setting.attributes) for profile in store.find_all(setting.who)
    ]
    for changes in done:
        remember(store, changes)
    return [Applied(now, changes) for changes in done] or NOBODY


def _read_group(
    group: Mapping[str, Any], names: dict[str, IdentifierKind]
) -> list[Setting] | Answer:
    identifier, state = group.get("subscription_group_id"), group.get("subscription_state")
    if not isinstance(identifier, str) or not identifier:
        return answers.required("subscription_group_id")
    if not isinstance(state, str) or state not in GROUP_STATES:
        return answers.not_valid("subscription_state")
    who = _read_identifiers(group, names)
    if isinstance(who, Answer):
        return who
    value = [{"subscription_group_id": identifier, "subscription_state": state}]
    return [Setting(each, {_GROUPS: value}) for each in who]


def _read_identifiers(
    body: Mapping[str, Any], names: dict[str, IdentifierKind]
) -> list[Identifier] | Answer:
    given = [name for name in names if body.get(name) not in (None, "", [])]
    if len(given) != 1:
        return Answer(f"one of {', '.join(names)} is required")
    (name,) = given
    values = body[name] if isinstance(body[name], list) else [body[name]]
    if not all(isinstance(each, str) and each for each in values):
        return answers.not_valid(name)
    if len(values) > RECIPIENTS:
        return answers.TOO_MANY_IDS
    return [Identifier(names[name], each) for each in values]


HANDLERS: dict[str, Handler] = {
    "POST /subscription/status/set": set_group,
    "POST /v2/subscription/status/set": set_groups,
    "POST /email/status": set_email_status,
}
