"""What an answer's headers say about the rate limit, in both of Braze's dialects.

Sources: Braze, API rate limits (2026-09-02) and Track users (2026): `X-RateLimit-Reset` is UTC
epoch seconds, but on newer contracts' `/users/track` the seconds that remain, and a 429 has
`X-Ratelimit-Retry-After` instead. The limits themselves live in `b2bkit.braze.endpoints`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_LONGEST_DURATION = 1e7
"""Below it a `Reset` is a duration (115 days), above an epoch (1970-04-26). A rule of ours."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Say how much is left of a rate limit; each part is `None` where the answer is silent.

    Args:
        limit: Requests allowed in the window.
        remaining: Requests left in it.
        resets_in: Seconds until the window ends, at least 0, counted from the answer.
        retry_after: Seconds that a 429 asks to wait.
    """

    limit: int | None = None
    remaining: int | None = None
    resets_in: float | None = None
    retry_after: float | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str], now: datetime) -> RateLimit | None:
        """Read the headers of an answer that came at `now`; `None` when they say nothing."""
        limit, remaining = (
            _number(headers, "X-RateLimit-Limit"),
            _number(headers, "X-RateLimit-Remaining"),
        )
        resets_in = _seconds_until(_number(headers, "X-RateLimit-Reset"), now)
        retry_after = _number(headers, "X-Ratelimit-Retry-After", "Retry-After")
        if limit is remaining is resets_in is retry_after is None:
            return None
        return cls(_whole(limit), _whole(remaining), resets_in, retry_after)

    @property
    def wait(self) -> float:
        """Give the seconds to wait before the next request: 0 while requests remain."""
        if self.retry_after is not None:
            return self.retry_after
        return self.resets_in or 0.0 if self.remaining == 0 else 0.0


def _number(headers: Mapping[str, str], *names: str) -> float | None:
    for name in names:
        text = headers.get(name, "").strip()
        if text.isascii() and text.replace(".", "", 1).isdigit():
            return float(text)
    return None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _seconds_until(reset: float | None, now: datetime) -> float | None:
    if reset is None or reset < _LONGEST_DURATION:
        return reset
    return max(0.0, reset - now.timestamp())
