"""The sandbox's own log: what each request did, and what was silently left out.

It holds paths, counts, attribute names and reasons; never a value, an identifier or a key.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT = 10_000
"""Entries kept; older ones go."""


@dataclass(frozen=True, slots=True)
class DroppedItem:
    """Say what of one object was left out although the request was accepted.

    Without an attribute it is the whole object.
    """

    input_array: str
    index: int
    attribute: str | None
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Write it as `GET /_sandbox/log` does."""
        return {
            "input_array": self.input_array,
            "index": self.index,
            "attribute": self.attribute,
            "reason": self.reason,
        }


@dataclass(slots=True)
class Entry:
    """Record one request. What it applied is filled in when it is applied.

    Args:
        time: When it arrived (UTC, ISO 8601).
        method: HTTP method.
        path: Path without query.
        status: HTTP status of the answer.
        applied: How many objects were applied so far.
        dropped: What was left out.
        note: What else a reader should know, such as a trigger that was received.
    """

    time: str
    method: str
    path: str
    status: int
    applied: int = 0
    dropped: tuple[DroppedItem, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Write it as `GET /_sandbox/log` does; `note` only where there is one."""
        written: dict[str, Any] = {
            "time": self.time,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "applied": self.applied,
            "dropped": [each.as_json() for each in self.dropped],
        }
        return written | {"note": self.note} if self.note else written


class Log:
    """Keep the latest entries."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget all entries."""
        self._entries.clear()

    def as_json(self) -> list[dict[str, Any]]:
        """Write all entries, oldest first."""
        return [entry.as_json() for entry in self._entries]
