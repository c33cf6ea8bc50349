"""Whom an object is about: exactly one primary identifier, or an e-mail address, or a phone.

Finding the profile is the store's task; here is only what an object says, and whether a profile is
created where none is found.

Source: Braze, Track users (2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from b2bkit.braze import answers
from b2bkit.braze.limits import EXTERNAL_ID_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.braze.answers import Answer

IdentifierKind = Literal["external_id", "braze_id", "user_alias", "email", "phone", "push_token"]
PRIMARY = ("external_id", "braze_id", "user_alias")
SECONDARY = ("email", "phone")

_NOT_PLAIN = frozenset({"braze_id", "user_alias", "push_token_import"})
"""Keys without which an external id is all there is to look at, as in nearly every object."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Name a user.

    Args:
        kind: Which identifier it is.
        value: Its text; of an alias, the alias name.
        label: Of an alias, the alias label.
    """

    kind: IdentifierKind
    value: str
    label: str = ""


def identify(item: Mapping[str, Any]) -> Identifier | Answer:
    """Read the identifier of an attributes, event or purchase object; Braze's refusal if none.

    `null` and blank texts count as not given.
    """
    external_id = item.get("external_id")
    if isinstance(external_id, str) and external_id.strip() and _NOT_PLAIN.isdisjoint(item):
        return _external_id(external_id)
    given = [name for name in PRIMARY if _is_given(item.get(name))]
    if len(given) > 1:
        return answers.ONE_PRIMARY
    if item.get("push_token_import") is True:
        return _push_token(item, given)
    if given:
        return _primary(given[0], item[given[0]])
    return _secondary(item)


def creates(identifier: Identifier, update_existing_only: object) -> bool:
    """Tell whether an object about an unknown user creates a profile.

    An alias needs an explicit `"_update_existing_only": false`; Braze's pages contradict each other
    about aliases of events and purchases, so the same holds there. A `braze_id` never creates: it
    is Braze's own.
    """
    if identifier.kind == "braze_id":
        return False
    if identifier.kind == "user_alias":
        return update_existing_only is False
    return update_existing_only is not True


def _is_given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _primary(name: str, value: Any) -> Identifier | Answer:
    if name == "user_alias":
        return _alias(value)
    if not isinstance(value, str):
        return answers.not_valid(name)
    return _external_id(value) if name == "external_id" else Identifier("braze_id", value)


def _external_id(value: str) -> Identifier | Answer:
    if (
        len(value) * 4 > EXTERNAL_ID_BYTES
        and len(value.encode("utf-8", "surrogatepass")) > EXTERNAL_ID_BYTES
    ):
        return answers.EXTERNAL_ID_TOO_LARGE
    return Identifier("external_id", value)


def _alias(value: Any) -> Identifier | Answer:
    if not isinstance(value, dict):
        return answers.not_valid("user_alias")
    name, label = value.get("alias_name"), value.get("alias_label")
    if not (isinstance(name, str) and name and isinstance(label, str) and label):
        return answers.not_valid("user_alias")
    return Identifier("user_alias", name, label)


def _secondary(item: Mapping[str, Any]) -> Identifier | Answer:
    for kind in SECONDARY:
        value = item.get(kind)
        if isinstance(value, str) and value.strip():
            return Identifier("email" if kind == "email" else "phone", value)
    return answers.IDENTIFIER_REQUIRED


def _push_token(item: Mapping[str, Any], given: list[str]) -> Identifier | Answer:
    tokens = item.get("push_tokens")
    first = tokens[0] if isinstance(tokens, list) and tokens else None
    token = first.get("token") if isinstance(first, dict) else None
    if "external_id" in given or "braze_id" in given or not isinstance(token, str) or not token:
        return answers.BAD_PUSH_TOKEN_IMPORT
    return Identifier("push_token", token)
