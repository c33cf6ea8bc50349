"""What was accepted and is not applied yet. A 201 means queued; how long is a dial.

Source: Braze, Track users (2026): 10 to 100 ms as a rule, no guarantee; between requests no order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from b2bkit.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from b2bkit.sandbox.calls import Work
    from b2bkit.sandbox.log import Entry


@dataclass(frozen=True, slots=True)
class Job:
    """Hold work that is due.

    Args:
        due: When.
        rank: Its place among the work that is due together.
        work: What is to do.
        entry: The log entry to fill in.
        cause: The token of its request.
        kept: The number under which the journal keeps its request.
    """

    due: datetime
    rank: float
    work: Work
    entry: Entry
    cause: str = ""
    kept: int = 0


class Queue:
    """Keep work until it is due.

    Args:
        delay_ms: Milliseconds between acceptance and application; 0 applies at once.
        unordered: Seed of the order between requests; `None` keeps the order of arrival. With a
            seed, what arrives within one delay is applied together, in an order that depends on
            the seed and on nothing else.

    Raises:
        SandboxError: If the delay is negative, or an order is given without a delay.
    """

    def __init__(self, delay_ms: float = 0, unordered: int | None = None) -> None:
        if not 0 <= delay_ms <= 86_400_000:
            raise SandboxError("A processing delay is between 0 ms and a day.")
        if unordered is not None and not delay_ms:
            raise SandboxError(
                "Requests that are applied at once have no other order: give a processing delay "
                "together with `unordered`."
            )
        self.delay = timedelta(milliseconds=delay_ms)
        self._seed = unordered
        self.clear()

    def __len__(self) -> int:
        return len(self._jobs)

    def clear(self) -> None:
        """Forget all work, and begin the order anew."""
        self._jobs: list[Job] = []
        self._arrived = 0
        self._random = Random(self._seed)  # noqa: S311 - an order to practise on, no secret

    @property
    def next_due(self) -> datetime | None:
        """Say when work is due next; `None` when there is none."""
        return min((job.due for job in self._jobs), default=None)

    def put(
        self, now: datetime, work: Work, entry: Entry, *, cause: str = "", kept: int = 0
    ) -> None:
        """Add work that was accepted now."""
        due = now + self.delay
        if self._seed is not None and self._jobs:
            due = self._jobs[0].due
        self._arrived += 1
        rank = float(self._arrived) if self._seed is None else self._random.random()
        self._jobs.append(Job(due, rank, work, entry, cause, kept))

    def take_due(self, now: datetime) -> list[Job]:
        """Take out what is due, in the order in which it is to be applied."""
        due = [job for job in self._jobs if job.due <= now]
        self._jobs = [job for job in self._jobs if job.due > now]
        return sorted(due, key=lambda job: job.rank)
