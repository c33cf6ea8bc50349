"""What a worker has to know before the first row comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.braze.names import API_NAME, LIQUID_NAME, liquid_name
from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.liquid.namespaces import NAMESPACES, STANDARD

if TYPE_CHECKING:
    from b2bkit.bulk.types import CellType

CUSTOM = "custom_attribute"

_NOT_IN_THE_API = ("last_used_app_date", "random_bucket_number", "most_recent_app_version",
                   "most_recent_locale", "most_recent_location")  # fmt: skip
STANDARD_NAMES = frozenset({*RESERVED_FIELDS, *LIQUID_NAME, *API_NAME, *_NOT_IN_THE_API})
"""Names of standard attributes, in the API and in Liquid."""


@dataclass(frozen=True, slots=True)
class Input:
    """Say what a cell becomes in Liquid.

    Args:
        column: Name of its column, for reports.
        namespace: The keyword of `Context` that it goes to.
        name: Its name there.
        type: Its type.
        told: Whether somebody decided the type.
    """

    column: str
    namespace: str
    name: str
    type: CellType = "text"
    told: bool = True


@dataclass(frozen=True, slots=True)
class Setup:
    """Hold what all rows have in common.

    Args:
        webhook: The webhook as TOML.
        inputs: What the cells of a row become, in their order.
        null: The text that means null; `None` for none.
        now: The moment at which Liquid is rendered, ISO 8601.
        size: Bytes that the objects of one row may have.
        objects: Objects that one row may have in a `/users/track` body.
    """

    webhook: str
    inputs: tuple[Input, ...]
    null: str | None
    now: str
    size: int
    objects: int


def place(target: str) -> tuple[str, str]:
    """Tell where a column goes: to a namespace it names, to `attributes`, or to custom ones."""
    space, dot, name = target.partition(".")
    if dot and space in NAMESPACES:
        return space, name
    if target in STANDARD_NAMES:
        return STANDARD, liquid_name(target)
    return CUSTOM, target
