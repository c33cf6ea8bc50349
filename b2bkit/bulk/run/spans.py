"""Rows as ranges, both ends included, ascending: `((1, 75), (80, 80))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]


def packed(rows: Iterable[int]) -> Ranges:
    """Give rows as ranges, each row once."""
    return tuple(runs(sorted(set(rows))))


def runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Give ascending rows as ranges, one after another."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last


def without(ranges: Ranges, rows: Iterable[int]) -> Ranges:
    """Give the ranges without some rows."""
    left_out = set(rows)
    return packed(
        row for first, last in ranges for row in range(first, last + 1) if row not in left_out
    )


def count(ranges: Ranges) -> int:
    """Count the rows."""
    return sum(last - first + 1 for first, last in ranges)
