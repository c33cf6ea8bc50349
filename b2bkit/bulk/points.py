"""What a value costs on contracts that count data points.

Source: Braze, Data points (legacy) (about 2026).
"""

from __future__ import annotations

from typing import Any

from b2bkit.braze.reserved import CONTROL_KEYS

FREE = CONTROL_KEYS | {
    "email_subscribe", "push_subscribe", "push_tokens", "subscription_groups",
}  # fmt: skip
"""Names in an attributes object that cost nothing."""


def data_points(name: str, value: Any) -> int:
    """Count the data points of an attribute: one for a value, one for each key of an object."""
    if name in FREE:
        return 0
    if isinstance(value, dict):
        return (
            sum(map(_in_operation, value.values())) if value.keys() <= _LISTS else len(value) or 1
        )
    return _of_list(value) if isinstance(value, list) else 1


_LISTS = frozenset({"add", "remove", "$add", "$remove"})


def _in_operation(items: Any) -> int:
    if not isinstance(items, list):
        return 1
    return sum(len(each) if isinstance(each, dict) else 1 for each in items)


def _of_list(items: list[Any]) -> int:
    """An array set in one go counts once; one of objects, once for each of their keys."""
    if not items or not isinstance(items[0], dict):
        return 1
    return sum(len(each) for each in items if isinstance(each, dict))
