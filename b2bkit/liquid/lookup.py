"""How a path reads into a value: keys, positions, and `size`, `first`, `last`.

Only JSON-like values are opened; nothing here reaches a Python attribute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

INTEGER_BYTES = 8
"""Ruby's `Integer#size`."""


def item(value: Any, key: Any) -> Any:
    """Give what `value.key` or `value[key]` is, `None` where there is nothing."""
    if isinstance(value, Mapping):
        if isinstance(key, str) and key in value:
            return value[key]
    elif isinstance(key, int) and not isinstance(key, bool):
        return _at(value, key)
    return _command(value, key) if key in _COMMANDS else None


_COMMANDS = ("size", "first", "last")


def _at(value: Any, index: int) -> Any:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return None
    return value[index] if -len(value) <= index < len(value) else None


def _command(value: Any, word: str) -> Any:
    if word == "size":
        if isinstance(value, str | Mapping | Sequence):
            return len(value)
        return INTEGER_BYTES if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, Mapping):
        return list(next(iter(value.items()))) if word == "first" and value else None
    return _at(value, 0 if word == "first" else -1)
