"""Catalogs: what items a workspace has beside its users.

A catalog is made by a seed, not through the API. Its fields are those of its first items; their
types are not emulated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from b2bkit.sandbox.errors import SandboxError

ID = "id"


@dataclass(slots=True)
class Catalog:
    """Hold one catalog.

    Args:
        fields: The names that an item may have, `id` among them.
        items: Item id -> the item.
    """

    fields: frozenset[str]
    items: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_catalogs(written: Any) -> dict[str, Catalog]:
    """Read catalogs: name -> list of items, each with an `id`.

    Raises:
        SandboxError: If one has not that shape.
    """
    if not isinstance(written, Mapping):
        raise SandboxError('Catalogs are an object {"name": [item, ...]}.')
    return {str(name): make_catalog(str(name), items) for name, items in written.items()}


def make_catalog(name: str, items: Any) -> Catalog:
    """Make a catalog of a list of items.

    Raises:
        SandboxError: If one of them is no object with a text `id`.
    """
    sound = isinstance(items, list) and all(
        isinstance(item, Mapping) and isinstance(item.get(ID), str) for item in items
    )
    if not sound:
        raise SandboxError(f"Each item of the catalog {name!r} is an object with a text 'id'.")
    fields = frozenset(key for item in items for key in item) | {ID}
    return Catalog(fields, {item[ID]: dict(item) for item in items})


def write_catalogs(catalogs: Mapping[str, Catalog]) -> dict[str, list[dict[str, Any]]]:
    """Write catalogs as `read_catalogs` reads them."""
    return {name: list(catalog.items.values()) for name, catalog in catalogs.items()}
