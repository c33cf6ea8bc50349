"""What every value and every name must keep to: length, size, finite numbers.

Source: Braze, User attributes object (2026) and Custom attribute data types (2026).
"""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from b2bkit.braze.limits import NESTED_BYTES, TEXT_CHARACTERS
from b2bkit.profiles import drops

if TYPE_CHECKING:
    from b2bkit.profiles.drops import Drop

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def check_name(name: str) -> Drop | None:
    """Say why Braze would not store anything under this name; `None` when it would."""
    if not name:
        return drops.NAME_BLANK
    return drops.NAME_TOO_LONG if len(name) > TEXT_CHARACTERS else None


def check_text(value: str) -> Drop | None:
    """Say why a text would not be stored; `None` when it would."""
    return drops.TEXT_TOO_LONG if len(value) > TEXT_CHARACTERS else None


def check_number(value: float) -> Drop | None:
    """Say why a number or a boolean would not be stored; `None` when it would."""
    return drops.NOT_FINITE if isinstance(value, float) and not isfinite(value) else None


def check_scalar(value: Any) -> Drop | None:
    """Say why a text, number or boolean would not be stored; `None` when it would."""
    return check_text(value) if isinstance(value, str) else check_number(value)


def check_size(value: Any, limit: int = NESTED_BYTES) -> Drop | None:
    """Say whether an array or an object is too large, as JSON without blanks."""
    text = _COMPACT.encode(value)
    fits = len(text) <= limit and (
        text.isascii() or len(text.encode("utf-8", "surrogatepass")) <= limit
    )
    return None if fits else drops.TOO_LARGE
