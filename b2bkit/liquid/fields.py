"""The profile, event and other fields that a template reads; `reading` and `shapes` guess kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.liquid.namespaces import CONTENT_BLOCKS, KINDS, STANDARD, Kind
from b2bkit.liquid.reading import Reader
from b2bkit.liquid.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.environment import Tree
    from b2bkit.liquid.syntax import Rewritten


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a template reads, such as `custom_attribute.${visits}`.

    Args:
        namespace: The keyword of `Context` that holds it; blank for a field of another field.
        name: Its name there.
        kind: What it seems to hold, guessed from how it is used.
        choices: The literals that it, or an item of the list it is, is compared with.
        fields: What is read of it, or of its items, by name.
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


def fields_of(tree: Tree) -> tuple[Field, ...]:
    """List the fields that a text reads, each once, in the order of their first mention."""
    reader = Reader()
    reader.block(tree.block)
    names = dict.fromkeys(_mentioned(tree.text))
    return tuple(_field(*name, reader.shapes.get(name) or Shape()) for name in names)


def _mentioned(text: Rewritten) -> Iterator[tuple[str, str]]:
    """Name each field that stands in a text, used or not, in order."""
    for _, reference in sorted(text.references.items()):
        if reference.namespace != CONTENT_BLOCKS:
            yield reference.field
        elif reference.name in text.inner:
            yield from _mentioned(text.inner[reference.name])


def _field(namespace: str, name: str, shape: Shape) -> Field:
    kind = shape.kind()
    if kind == "text" and not shape.hints:
        kind = KINDS.get((namespace, name), kind)
    inside = tuple(_field("", each, inner) for each, inner in shape.inside().items())
    return Field(namespace, name, kind, shape.literals(), inside)
