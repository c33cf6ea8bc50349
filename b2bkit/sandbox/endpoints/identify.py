"""`POST /users/identify`: give an anonymous profile an external id, or merge it into that user.

Success says nothing about whether anybody was found; the log does. Not documented, and decided
here: a profile that has an external id already is left alone.

Source: Braze, Identify users (2026).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import Answer
from b2bkit.profiles import Changes, Identifier
from b2bkit.sandbox.endpoints.batches import Batch, for_each
from b2bkit.sandbox.endpoints.merge import merge_into
from b2bkit.sandbox.endpoints.references import (
    NOT_ONE,
    Reference,
    read_alias,
    read_prioritized,
    read_text,
)
from b2bkit.sandbox.feed import Applied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.sandbox.calls import Call, Handler, Reply
    from b2bkit.sandbox.feed import Happening
    from b2bkit.sandbox.store import Store

IS_IDENTIFIED = "the profile has an external id already"


@dataclass(frozen=True, slots=True)
class Identification:
    """Ask that a profile be given an external id."""

    external_id: str
    who: Reference


def identify_users(call: Call) -> Reply:
    """Accept identifications; doing them is queued."""
    batch = Batch()
    fatal = (
        batch.read(call.fields, "aliases_to_identify", _read_alias)
        or batch.read(call.fields, "emails_to_identify", lambda item: _read_other(item, "email"))
        or batch.read(
            call.fields, "phone_numbers_to_identify", lambda item: _read_other(item, "phone")
        )
    )
    if fatal:
        return fatal
    work = for_each(batch.items, _identify)
    empty = answers.required("aliases_to_identify")
    return batch.reply(201, work, empty, aliases_processed=len(batch.items))


def _read_alias(item: Mapping[str, Any]) -> Identification | Answer:
    alias, external_id = read_alias(item.get("user_alias")), read_text(item, "external_id")
    if alias is None:
        return answers.not_valid("user_alias")
    if external_id is None:
        return answers.required("external_id")
    return Identification(external_id, Reference(alias))


def _read_other(item: Mapping[str, Any], kind: str) -> Identification | Answer:
    external_id = read_text(item, "external_id")
    if external_id is None:
        return answers.required("external_id")
    who = read_prioritized(item, kind) or answers.required(kind)
    return who if isinstance(who, Answer) else Identification(external_id, who)


def _identify(store: Store, wanted: Identification, now: datetime) -> str | list[Happening]:
    profile = wanted.who.find(store)
    if profile is None:
        return NOT_ONE
    if profile.external_id is not None:
        return IS_IDENTIFIED
    known = store.find(Identifier("external_id", wanted.external_id))
    if known is not None:
        return merge_into(store, known, profile, now)
    identified = replace(profile, external_id=wanted.external_id)
    store.put(identified)
    return [Applied(now, Changes(profile, identified))]


HANDLERS: dict[str, Handler] = {"POST /users/identify": identify_users}
