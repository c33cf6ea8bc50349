"""Which fields there are to fill in, and what stands in them. Pure.

A slot is a field of Liquid with its entry. The slots of a draft are the fields that its webhook
reads and those that its sample user and event have: a counter that Braze itself increments reads
no count, but the user has one, and it is what changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bkit.liquid import Field
from b2bkit.ui.entries import MISSING, Entry, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from b2bkit.liquid import Context
    from b2bkit.liquid.namespaces import Kind

GROUPS: Final[dict[str, str]] = {
    "attributes": "User profile",
    "custom_attribute": "User profile",
    "subscribed_state": "User profile",
    "most_recently_used_device": "User profile",
    "targeted_device": "User profile",
    "event_properties": "Event",
    "context": "Canvas",
    "canvas_entry_properties": "Canvas",
    "api_trigger_properties": "API trigger",
}
"""Where the values of a namespace come from, in words; other namespaces are of the message."""
MESSAGE = "Message"
USER_ID: Final = "${user_id}"
_NOT_FIELDS = frozenset(
    {"content_blocks", "catalogs", "catalog_selections", "connected_content", "variables", "now"}
)
_KINDS: Final[dict[type, Kind]] = {
    bool: "boolean",
    int: "number",
    float: "number",
    list: "list",
    dict: "object",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Stand for one field that can be filled in.

    Args:
        field: The field, under the names that are chosen now.
        key: The field as the use case spells it: it stays the same when a name changes.
        entry: What stands in it.
        is_read: Whether the webhook reads it; else it only belongs to the sample.
    """

    field: Field
    key: str
    entry: Entry
    is_read: bool

    @property
    def label(self) -> str:
        """Give the Liquid that the field feeds."""
        return str(self.field)

    @property
    def group(self) -> str:
        """Say in words where the value comes from."""
        return GROUPS.get(self.field.namespace, MESSAGE)


def slots_of(
    read: Iterable[Field],
    sample: Context,
    entries: Mapping[str, Entry],
    keys: Mapping[str, str],
) -> tuple[Slot, ...]:
    """Give the slots, sorted by where their values come from.

    Args:
        read: The fields that the webhook reads.
        sample: The sample of the use case, under the names that are chosen now.
        entries: What was filled in, by key.
        keys: The key of each field whose name was chosen; other fields are their own key.
    """
    fields = {str(one): one for one in read}
    reads = set(fields)
    for one in sample_fields(sample):
        fields.setdefault(str(one), one)
    return tuple(
        Slot(one, key, entries.get(key) or entry_of(_sampled(sample, one), one.kind), name in reads)
        for name, one in sorted(fields.items(), key=lambda item: _order(item[1]))
        for key in [keys.get(name, name)]
    )


def sample_fields(sample: Context) -> list[Field]:
    """List the fields that a sample has values for."""
    return [
        Field(namespace, name, _KINDS.get(type(value), "text"))
        for namespace in sample.keys()  # noqa: SIM118 - only reads as a mapping
        if namespace not in _NOT_FIELDS and isinstance(sample[namespace], Mapping)
        for name, value in sample[namespace].items()
    ]


def filled(sample: Context, slots: Iterable[Slot]) -> Context:
    """Give the context that the slots make; what is no field stays as in the sample."""
    values: dict[str, dict[str, Any]] = {}
    for slot in slots:
        of_namespace = values.setdefault(slot.field.namespace, {})
        if slot.entry.given is not MISSING:
            of_namespace[slot.field.name] = slot.entry.given
    return sample.replace(**values)


def keys_by_position(now: Sequence[Field], then: Sequence[Field]) -> dict[str, str]:
    """Pair the fields under the names chosen now with the fields under the use case's own names.

    Empty where two names were made one, so that positions no longer pair.
    """
    if len(now) != len(then):
        return {}
    return {str(one): str(other) for one, other in zip(now, then, strict=True)}


def _sampled(sample: Context, one: Field) -> Any:
    values = sample[one.namespace] if one.namespace in sample.keys() else {}  # noqa: SIM118
    return values.get(one.name, MISSING)


def _order(one: Field) -> tuple[int, int, bool]:
    """Sort by group, then by namespace; the user's id stands first."""
    groups, namespaces = list(dict.fromkeys([*GROUPS.values(), MESSAGE])), list(GROUPS)
    space = one.namespace
    group = groups.index(GROUPS.get(space, MESSAGE))
    place = namespaces.index(space) if space in namespaces else len(namespaces)
    return group, place, str(one) != USER_ID
