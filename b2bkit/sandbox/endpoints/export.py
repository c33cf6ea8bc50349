"""`POST /users/export/ids`: read profiles back.

Source: Braze, Export user profile by identifier (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Identifier, Profile
from b2bkit.sandbox.calls import Call, Handler, Reply, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.profiles.identifiers import IdentifierKind

_SINGLE: dict[str, IdentifierKind] = {
    "braze_id": "braze_id",
    "email_address": "email",
    "phone": "phone",
}
NO_IDS = "one of external_ids, user_aliases, braze_id, email_address or phone is required"


def export_ids(call: Call) -> Reply:
    """Give the profiles that the body names, each once."""
    body = call.fields
    external_ids, aliases = body.get("external_ids", []), body.get("user_aliases", [])
    if not _is_list_of(external_ids, str) or not _is_list_of(aliases, dict):
        return refuse(answers.not_valid("external_ids" if aliases == [] else "user_aliases"))
    if len(external_ids) > RECIPIENTS or len(aliases) > RECIPIENTS:
        return refuse(answers.TOO_MANY_EXTERNAL_IDS)
    wanted = _identifiers(body, external_ids, aliases)
    if not wanted and "device_id" not in body:
        return refuse(NO_IDS)
    fields = body.get("fields_to_export")
    if fields is not None and not _is_list_of(fields, str):
        return refuse(answers.not_valid("fields_to_export"))
    return _reply(call, wanted, fields)


def _reply(call: Call, wanted: list[Identifier], fields: list[str] | None) -> Reply:
    found: dict[str, Profile] = {}
    invalid: list[str] = []
    for identifier in wanted:
        profiles = call.store.find_all(identifier)
        found.update((profile.braze_id, profile) for profile in profiles)
        if not profiles:
            invalid.append(identifier.value)
    users = [_pick(profile.export(), fields) for profile in found.values()]
    unknown = {"invalid_user_ids": invalid} if invalid else {}
    return Reply(200, {"message": SUCCESS, "users": users, **unknown})


def _pick(exported: dict[str, Any], fields: list[str] | None) -> dict[str, Any]:
    if fields is None:
        return exported
    return {name: value for name, value in exported.items() if name in fields}


def _identifiers(
    body: Mapping[str, Any], external_ids: list[str], aliases: list[dict[str, Any]]
) -> list[Identifier]:
    found = [Identifier("external_id", each) for each in external_ids]
    found += [
        Identifier("user_alias", str(each.get("alias_name")), str(each.get("alias_label")))
        for each in aliases
    ]
    found += [
        Identifier(kind, body[name])
        for name, kind in _SINGLE.items()
        if isinstance(body.get(name), str)
    ]
    return found


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


HANDLERS: dict[str, Handler] = {"POST /users/export/ids": export_ids}
