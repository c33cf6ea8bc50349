"""The profile, event and other fields that a template reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from b2bkit.liquid.namespaces import STANDARD

if TYPE_CHECKING:
    from b2bkit.liquid.syntax import Rewritten

Kind = Literal["text", "number", "boolean", "date", "list", "list of objects", "object"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a template reads, such as `custom_attribute.${visits}`.

    Args:
        namespace: The keyword of `Context` that holds it; blank for a field of another field.
        name: Its name there.
        kind: What it seems to hold, guessed from how it is used.
        choices: The literals it is compared with.
        fields: The fields of its items, or of the object it is.
    """

    namespace: str
    name: str
    kind: Kind = "text"
    choices: tuple[object, ...] = ()
    fields: tuple[Field, ...] = ()

    def __str__(self) -> str:
        if not self.namespace:
            return self.name
        space = "" if self.namespace == STANDARD else f"{self.namespace}."
        return f"{space}${{{self.name}}}"


def fields_of(text: Rewritten) -> tuple[Field, ...]:
    """List the fields that a text reads, each once, in order."""
    found = (Field(*each.field) for _, each in sorted(text.references.items()))
    return tuple(dict.fromkeys(found))
