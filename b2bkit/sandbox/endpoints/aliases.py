"""`POST /users/alias/new` and `/users/alias/update`.

Source: Braze, Create new user aliases (2026), Update user aliases (2026). Neither answer is in the
text read: the body is that of an emulator, the status is ours. Not documented, and decided here: an
alias that another profile has, or a label that the profile has already, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.profiles import Changes, Identifier
from b2bkit.sandbox.applying import new_profile
from b2bkit.sandbox.endpoints.batches import Batch, for_each
from b2bkit.sandbox.endpoints.references import NOBODY, read_alias, read_text
from b2bkit.sandbox.feed import Applied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.braze.answers import Answer
    from b2bkit.sandbox.calls import Call, Handler, Reply
    from b2bkit.sandbox.feed import Happening
    from b2bkit.sandbox.store import Store

TAKEN = "the alias belongs to a profile already"
HAS_LABEL = "the profile has an alias with this label already"


@dataclass(frozen=True, slots=True)
class NewAlias:
    """Ask for an alias: of a known user, or of a new one without external id."""

    alias: Identifier
    external_id: str | None


@dataclass(frozen=True, slots=True)
class NewName:
    """Ask that an alias get another name."""

    alias: Identifier
    name: str


def new_aliases(call: Call) -> Reply:
    """Accept new aliases; adding them is queued."""
    return _answer(call, "user_aliases", _read_new, _add)


def update_aliases(call: Call) -> Reply:
    """Accept new names of aliases; changing them is queued."""
    return _answer(call, "alias_updates", _read_update, _rename)


def _answer(call: Call, name: str, read: Any, do: Any) -> Reply:
    batch = Batch()
    fatal = batch.read(call.fields, name, read)
    if fatal:
        return fatal
    work = for_each(batch.items, do)
    return batch.reply(201, work, answers.required(name), aliases_processed=len(batch.items))


def _read_new(item: Mapping[str, Any]) -> NewAlias | Answer:
    alias = read_alias(item)
    if alias is None:
        return answers.not_valid("user_alias")
    external_id = item.get("external_id")
    if external_id is not None and not isinstance(external_id, str):
        return answers.not_valid("external_id")
    return NewAlias(alias, external_id)


def _read_update(item: Mapping[str, Any]) -> NewName | Answer:
    label, old, new = (
        read_text(item, name) for name in ("alias_label", "old_alias_name", "new_alias_name")
    )
    if label is None or old is None or new is None:
        return answers.not_valid("alias_updates")
    return NewName(Identifier("user_alias", old, label), new)


def _add(store: Store, wanted: NewAlias, now: datetime) -> str | list[Happening]:
    if store.find(wanted.alias):
        return TAKEN
    if wanted.external_id is None:
        created = new_profile(store, wanted.alias, now)
        store.put(created)
        return [Applied(now, Changes(None, created))]
    profile = store.find(Identifier("external_id", wanted.external_id))
    if profile is None:
        return NOBODY
    if wanted.alias.label in profile.aliases:
        return HAS_LABEL
    aliases = {**profile.aliases, wanted.alias.label: wanted.alias.value}
    after = replace(profile, aliases=aliases)
    store.put(after)
    return [Applied(now, Changes(profile, after))]


def _rename(store: Store, wanted: NewName, now: datetime) -> str | list[Happening]:
    profile = store.find(wanted.alias)
    if profile is None:
        return NOBODY
    if store.find(Identifier("user_alias", wanted.name, wanted.alias.label)):
        return TAKEN
    after = replace(profile, aliases={**profile.aliases, wanted.alias.label: wanted.name})
    store.put(after)
    return [Applied(now, Changes(profile, after))]


HANDLERS: dict[str, Handler] = {
    "POST /users/alias/new": new_aliases,
    "POST /users/alias/update": update_aliases,
}
