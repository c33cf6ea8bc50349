"""What becomes of a webhook after an answer: received, tried again and when, or given up.

Pure rules; `webhooks` sends. Sources: Braze, Create a webhook (2026-09-02), Troubleshoot webhook
and Connected Content requests (2026-09-02).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

CONNECTION_ERROR = 599
"""What Braze calls a connection that could not be made."""

HOST_UNHEALTHY = 598
"""What Braze makes up while it halts requests to a host."""


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """Hold the numbers that rule how webhooks are sent; the defaults are Braze's, or stand in.

    Args:
        waits: Before each retry. Braze says five within 30 minutes with exponential backoff; the
            single waits are ours.
        window: How long after the first attempt the last one may come.
        unhealthy_after: More failures than this in a moving minute halt a host.
        halt: For how long it is halted, and the length of the moving minute.
    """

    waits: tuple[timedelta, ...] = tuple(timedelta(seconds=s) for s in (30, 60, 120, 240, 480))
    window: timedelta = timedelta(minutes=30)
    unhealthy_after: int = 3_000
    halt: timedelta = timedelta(minutes=1)


def is_received(status: int) -> bool:
    """Tell whether Braze counts the webhook as received: any 20x."""
    return 200 <= status <= 209


def is_retried(status: int) -> bool:
    """Tell whether Braze tries again: 408, 429 and 5xx, nothing else."""
    return status in {408, 429} or 500 <= status <= 599


def wait_for_retry(
    rules: DeliveryRules, status: int, attempt: int, since_first: timedelta, asked: float
) -> timedelta | None:
    """Give how long to wait before the next attempt; `None` when there is none.

    Args:
        rules: The numbers.
        status: What was answered.
        attempt: Which attempt that was, from 1.
        since_first: How long ago the first attempt was.
        asked: Seconds that `Retry-After` or the rate limit headers ask to wait; 0 for none.
    """
    if not is_retried(status) or attempt > len(rules.waits):
        return None
    wait = max(rules.waits[attempt - 1], timedelta(seconds=asked))
    return wait if since_first + wait <= rules.window else None


@dataclass(slots=True)
class HostHealth:
    """Count failures per host, and halt a host that fails too often.

    Args:
        rules: The numbers.
    """

    rules: DeliveryRules
    _failures: dict[str, deque[datetime]] = field(default_factory=dict)
    _halted_until: dict[str, datetime] = field(default_factory=dict)

    def note(self, host: str, status: int, now: datetime) -> bool:
        """Count an answer; tell whether it is the one that halts the host."""
        if status not in _UNHEALTHY:
            return False
        failures = self._failures.setdefault(host, deque())
        failures.append(now)
        while failures[0] <= now - self.rules.halt:
            failures.popleft()
        if len(failures) <= self.rules.unhealthy_after:
            return False
        failures.clear()
        self._halted_until[host] = now + self.rules.halt
        return True

    def is_halted(self, host: str, now: datetime) -> bool:
        """Tell whether requests to the host are halted."""
        until = self._halted_until.get(host)
        return until is not None and now < until


_UNHEALTHY = frozenset({408, 429, 502, 503, 504, 529})
"""The answers that count as failures of a host."""
