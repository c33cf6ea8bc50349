"""The type of an attribute: read off a value, remembered by a workspace, forced in the dashboard.

Braze takes the type of a custom attribute from the first value it ever receives, or from the
dashboard where it is forced. Which values fit a type is decided here; what a value of each type may
hold lives in `values`, `arrays` and `objects`.

Source: Braze, custom data pages (2026): a type is detected from the first value; a forced type
coerces where possible and ignores the rest. What happens to a value that does not fit a type that
was only detected is not documented: it is left out here, and said so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from b2bkit.profiles.dates import is_date
from b2bkit.profiles.drops import Drop

if TYPE_CHECKING:
    from collections.abc import Mapping

Type = Literal["text", "number", "boolean", "date", "array", "object", "object_array"]
TYPES: tuple[Type, ...] = ("text", "number", "boolean", "date", "array", "object", "object_array")

_PLAIN: dict[type, Type] = {bool: "boolean", int: "number", float: "number", dict: "object"}
_NUMBER = re.compile(r"[+-]?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?", re.ASCII)
_TRUE = frozenset({"1", "true", "t"})
_FALSE = frozenset({"0", "false", "f"})


@dataclass(frozen=True, slots=True)
class AttributeTypes:
    """Hold what a workspace knows of its custom attributes.

    Args:
        known: Name -> type, detected or forced.
        forced: Names whose type was forced in the dashboard.
    """

    known: Mapping[str, Type] = field(default_factory=dict)
    forced: frozenset[str] = frozenset()


NO_TYPES = AttributeTypes()
"""A workspace that has never seen an attribute."""


def type_of(value: Any) -> Type:
    """Read the type off a JSON value (not `None`): as Braze would, had it never seen another."""
    if isinstance(value, str):
        return "date" if is_date(value) else "text"
    plain = _PLAIN.get(type(value))
    if plain:
        return plain
    return "object_array" if value and isinstance(value[0], dict) else "array"


def type_in(value: Any, known: Type | None) -> Type:
    """Read the type off a value that is stored under an attribute of a known type.

    A text that looks like a date stays text in a text attribute; an empty array may be one of
    objects.
    """
    found = type_of(value)
    if known == "text" and found == "date":
        return "text"
    return "object_array" if known == "object_array" and value == [] else found


def fit(value: Any, found: Type, wanted: Type, *, forced: bool) -> Any:
    """Make a value of one type fit an attribute of another; a `Drop` where it does not."""
    if found == wanted:
        return value
    if forced:
        return _coerce(value, found, wanted)
    if {found, wanted} == {"text", "date"}:  # a date that Braze cannot read is stored as text
        return value
    if value == [] and wanted == "object_array":
        return value
    return _misfit(found, wanted)


def _misfit(found: Type, wanted: Type) -> Drop:
    return Drop(f"the attribute is of type {wanted}, the value of type {found}")


def _coerce(value: Any, found: Type, wanted: Type) -> Any:
    misfit = _misfit(found, wanted)
    if wanted == "number" and found == "text":
        return _number(value, misfit)
    if wanted == "boolean" and found in {"text", "number"}:
        word = str(value).lower()
        return True if word in _TRUE else False if word in _FALSE else misfit
    if wanted == "text" and found == "boolean":
        return str(value).lower()
    if wanted == "text" and found in {"number", "date"}:
        return str(value)
    if wanted == "object_array" and value == []:
        return value
    return misfit


def _number(text: str, misfit: Drop) -> float | Drop:
    if not _NUMBER.fullmatch(text):
        return misfit
    number = float(text)
    if not isfinite(number):
        return misfit
    return int(text) if text.lstrip("+-").isdigit() else number
