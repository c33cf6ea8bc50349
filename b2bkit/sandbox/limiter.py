"""Rate limits: how many requests are left in a window, and the headers that say so.

Windows are fixed and begin on multiples of their length, hourly ones therefore on the clock hour,
as Braze's do. `/users/track` has the limit that is dialled; every other endpoint its documented
one, shared with the endpoints of its pool. The separate limits of broadcasts are not emulated.

Source: Braze, API rate limits (2026-09-02), Track users (2026): two dialects of the headers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from b2bkit.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.braze.endpoints import Endpoint

Dialect = Literal["epoch", "seconds"]
DIALECTS: tuple[Dialect, ...] = ("epoch", "seconds")

_TRACK = "/users/track"
_RATE = re.compile(r"(\d{1,9})/(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how many requests a window takes, and how long it is in seconds."""

    requests: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> Rate:
        """Read a rate such as `3000/3`: requests, a slash, seconds.

        Raises:
            SandboxError: If it is none.
        """
        found = _RATE.fullmatch(text)
        if not found or not int(found[1]) or not int(found[2]):
            raise SandboxError(
                f"A rate limit is written as requests/seconds, such as 3000/3, not {text!r}."
            )
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say whether a request is let through, and the headers of its answer."""

    allowed: bool
    headers: dict[str, str]


class Limiter:
    """Count the requests of one workspace.

    Args:
        track: The limit of `/users/track`.
        dialect: `epoch`: `X-RateLimit-Reset` is a moment in epoch seconds. `seconds`: it is the
            seconds left, and a 429 has only `X-Ratelimit-Retry-After`.

    Raises:
        SandboxError: If there is no such dialect.
    """

    def __init__(self, track: Rate, dialect: Dialect = "epoch") -> None:
        if dialect not in DIALECTS:
            raise SandboxError(
                f"The rate limit headers speak {' or '.join(DIALECTS)}, not {dialect!r}."
            )
        self._track = track
        self._dialect = dialect
        self._used: dict[str, tuple[int, int]] = {}

    def clear(self) -> None:
        """Begin all windows anew."""
        self._used.clear()

    def take(self, endpoint: Endpoint, now: datetime) -> Verdict:
        """Count a request, and decide whether it is let through."""
        rate = self._rate(endpoint)
        if rate is None:
            return Verdict(allowed=True, headers={})
        pool = endpoint.rate_limit.pool or endpoint.path
        window, used = self._used.get(pool, (-1, 0))
        current = int(now.timestamp() // rate.seconds)
        used = used + 1 if window == current else 1
        allowed = used <= rate.requests
        self._used[pool] = (current, min(used, rate.requests))
        reset = (current + 1) * rate.seconds
        return Verdict(allowed, self._headers(rate, used, reset, now, allowed=allowed))

    def _rate(self, endpoint: Endpoint) -> Rate | None:
        if endpoint.path == _TRACK:
            return self._track
        limit = endpoint.rate_limit
        known = limit.requests is not None and limit.seconds is not None
        return Rate(limit.requests or 0, limit.seconds or 1) if known else None

    def _headers(
        self, rate: Rate, used: int, reset: int, now: datetime, *, allowed: bool
    ) -> dict[str, str]:
        left = max(1, ceil(reset - now.timestamp()))
        if self._dialect == "seconds" and not allowed:
            return {"X-Ratelimit-Retry-After": str(left)}
        return {
            "X-RateLimit-Limit": str(rate.requests),
            "X-RateLimit-Remaining": str(max(0, rate.requests - used)),
            "X-RateLimit-Reset": str(reset if self._dialect == "epoch" else left),
        }
