"""How far the requests of a `group_id` are, for `/users/track/status` (beta).

Only requests are counted. A group is forgotten 24 hours after its last request.

Source: Braze, Track users status (2026-09-23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from b2bkit.profiles.dates import write_moment

KEPT = timedelta(hours=24)


@dataclass(slots=True)
class Group:
    """Count the requests of one group."""

    last: datetime
    received: int = 0
    done: int = 0
    completed: datetime | None = None


class Groups:
    """Hold the groups of a workspace."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}

    def clear(self) -> None:
        """Forget all groups."""
        self._groups.clear()

    def receive(self, group_id: str, now: datetime) -> None:
        """Count a request that was accepted."""
        self._groups = {
            name: group for name, group in self._groups.items() if now - group.last < KEPT
        }
        group = self._groups.setdefault(group_id, Group(now))
        group.received += 1
        group.last = now

    def finish(self, group_id: str, now: datetime) -> None:
        """Count a request that was applied."""
        group = self._groups.get(group_id)
        if group:
            group.done += 1
            group.completed = now

    def show(self, group_id: str, now: datetime) -> list[dict[str, Any]]:
        """Write what is known of a group: one result, or none."""
        group = self._groups.get(group_id)
        if group is None or now - group.last >= KEPT:
            return []
        is_done = group.done == group.received
        completed = write_moment(group.completed) if is_done and group.completed else None
        return [
            {
                "group_id": group_id,
                "status": "completed" if is_done else "processing",
                "received": group.received,
                "done": group.done,
                "processing": group.received - group.done,
                "final_completion_time": completed,
            }
        ]
