"""What is to be done, in which order: at once, first come first served; or at a moment.

Two things due at the same moment run in the order in which they were put down.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Task = Callable[[], object]
"""Something to do; what it gives back is not looked at."""


class Agenda:
    """Keep tasks until they are due."""

    def __init__(self) -> None:
        self._ready: deque[Task] = deque()
        self._later: list[tuple[datetime, int, Task]] = []
        self._count = 0

    def soon(self, task: Task) -> None:
        """Put a task behind those that are due."""
        self._ready.append(task)

    def at(self, moment: datetime, task: Task) -> None:
        """Put a task down for a moment."""
        self._count += 1
        heapq.heappush(self._later, (moment, self._count, task))

    @property
    def next_moment(self) -> datetime | None:
        """Give when the next task is due; `None` if nothing waits."""
        return self._later[0][0] if self._later else None

    def take(self, now: datetime) -> Task | None:
        """Take the next task that is due; `None` if there is none."""
        if self._ready:
            return self._ready.popleft()
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        return None

    def clear(self) -> None:
        """Forget everything."""
        self._ready.clear()
        self._later.clear()
