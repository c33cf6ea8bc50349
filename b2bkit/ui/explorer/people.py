"""Between the fields of the Explorer and a profile in the sandbox. Pure: no sandbox here.

Only what a profile can hold goes across: custom attributes, and standard attributes that the API
can set. The API and Liquid name some of these differently; `b2bkit.braze.names` knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.names import api_name
from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.ui.entries import MISSING, Entry, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bkit.ui.explorer.slots import Slot

STANDARD, CUSTOM = "attributes", "custom_attribute"
USER_ID = "user_id"
_IDENTIFIERS = frozenset({"external_id", "braze_id", "alias_name", "alias_label"})


def user_id(slots: Iterable[Slot]) -> str:
    """Give the external id that was filled in; blank when there is none."""
    for slot in slots:
        if (slot.field.namespace, slot.field.name) == (STANDARD, USER_ID):
            value = slot.entry.given
            return value if isinstance(value, str) else ""
    return ""


def is_of_profile(slot: Slot) -> bool:
    """Tell whether the value of a field is kept in a profile, besides the identifiers."""
    if slot.field.namespace == CUSTOM:
        return True
    name = api_name(slot.field.name)
    return slot.field.namespace == STANDARD and name in RESERVED_FIELDS and name not in _IDENTIFIERS


def exported(
    external_id: str, slots: Iterable[Slot], onto: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Write the filled-in profile in the shape of `/users/export/ids`.

    Args:
        external_id: Whose profile it is.
        slots: The fields.
        onto: The profile as the sandbox shows it, to keep what stands in no field.
    """
    known = onto or {}
    standard = dict(known.get("attributes", {}))
    custom = {k: typed["value"] for k, typed in known.get("custom_attributes", {}).items()}
    for slot in filter(is_of_profile, slots):
        if slot.field.namespace == CUSTOM:
            _set(custom, slot.field.name, slot.entry.given)
        else:
            _set(standard, api_name(slot.field.name), slot.entry.given)
    aliases = {"user_aliases": known["aliases"]} if known.get("aliases") else {}
    return {**standard, **aliases, "external_id": external_id, "custom_attributes": custom}


def refreshed(profile: Mapping[str, Any], slots: Iterable[Slot]) -> dict[str, Entry]:
    """Give the entries of fields that are different in the profile, by the key of the field."""
    entries = {}
    for slot in filter(is_of_profile, slots):
        value = _value_in(profile, slot)
        if not _is_same(value, slot.entry.given):
            entries[slot.key] = entry_of(value, slot.field.kind)
    return entries


def _value_in(profile: Mapping[str, Any], slot: Slot) -> Any:
    if slot.field.namespace == CUSTOM:
        typed = profile["custom_attributes"].get(slot.field.name)
        return typed["value"] if typed else MISSING
    return profile["attributes"].get(api_name(slot.field.name), MISSING)


def _is_same(value: Any, given: Any) -> bool:
    """Tell whether two values are one to a profile, which keeps no null."""
    absent = (None, MISSING)
    if value in absent or given in absent:
        return value in absent and given in absent
    return type(value) is type(given) and bool(value == given)


def _set(values: dict[str, Any], name: str, value: Any) -> None:
    if value is MISSING or value is None:
        values.pop(name, None)
    else:
        values[name] = value
