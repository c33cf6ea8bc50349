"""How many requests may leave now: evenly, as many as the rate limit allows, and no burst.

The limit comes from the documentation or from the person, and then from the headers of the answers,
in both of Braze's dialects (`b2bkit.client.rate_limit`). What happens after a 429 lives in `gate`.

Time is measured with a timer that only ever grows. Of the two clocks that a reset in epoch seconds
could be read with, the server's own (its `Date`) is taken, else ours as it was at the start: a
clock that is set while a run is under way changes nothing.

Sources: Braze, API rate limits (2026-09-02), Track users (2026).
"""

from __future__ import annotations

import re
import time
from collections import deque
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TYPE_CHECKING

from b2bkit.bulk.errors import PlanProblem
from b2bkit.client.rate_limit import RateLimit

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.headers import Headers

_RATE = re.compile(r"(\d{1,9})(?:/(\d{1,6}))?", re.ASCII)
FILLED = 0.98
"""The share of the limit that is used: what is left covers requests that arrive unevenly."""
_LATE = 0.05
"""Seconds of sending that may be made up for after a delay of our own."""
_HEAR_EVERY = 0.05
"""Seconds between two answers whose headers are read."""
_RECOVERED_EACH_TIME = 0.001
_LONGEST_WINDOW = 86_400
"""Seconds; a reset further away is no window of Braze's but a wrong clock."""


def read_rate(text: str) -> tuple[int, int]:
    """Read a rate such as `3000/3`: requests, a slash, seconds (1 if left out).

    Raises:
        PlanProblem: If it is none.
    """
    found = _RATE.fullmatch(text.strip())
    requests, seconds = (int(found[1]), int(found[2] or 1)) if found else (0, 0)
    if not requests or not seconds:
        raise PlanProblem(f"A rate is written as requests/seconds, such as 3000/3, not {text!r}.")
    return requests, seconds


class Pace:
    """Say how many requests may leave.

    Args:
        requests: Requests allowed in a window, as documented or asked for.
        seconds: Length of the window in seconds.
        at_most: Whether that is a ceiling, which no header raises.
        timer: Gives seconds that only ever grow.
        clock: Gives epoch seconds; read once.
    """

    def __init__(
        self,
        requests: int,
        seconds: int,
        *,
        at_most: bool = False,
        timer: Callable[[], float] = time.monotonic,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._documented = requests, seconds
        self._ceiling = _usable(requests) / seconds if at_most else float("inf")
        self._timer = timer
        self._offset = clock() - timer()
        self.limit, self.window = requests, float(seconds)
        self._resets: deque[tuple[float, float]] = deque()
        self._listening_since: float | None = None
        self._heard = float("-inf")
        self._caution = 1.0
        self._last_slowed = float("-inf")
        self._credit, self._counted = 1.0, timer()
        self.holds_until = float("-inf")

    @property
    def per_second(self) -> float:
        """Give the requests per second that are sent at most."""
        return min(_usable(self.limit) / self.window, self._ceiling) * self._caution

    def allowance(self) -> int:
        """Say how many requests may leave now."""
        now = self._timer()
        rate = self.per_second
        earned = (now - self._counted) * rate
        self._counted = now
        if now < self.holds_until:
            return 0
        self._credit = min(self._credit + earned, max(1.0, rate * _LATE))
        return int(self._credit)

    def spend(self, requests: int) -> None:
        """Note that requests left."""
        self._credit -= requests

    def hear(self, headers: Headers, elapsed: float, *, limited: bool = False) -> RateLimit | None:
        """Learn from the headers of an answer that came just now; now and then is enough.

        Args:
            headers: The headers.
            elapsed: Seconds it took; one that took long may tell of a window that is over.
            limited: Whether it is a 429, which is always heard.
        """
        now = self._timer()
        if now - self._heard < _HEAR_EVERY and not limited:
            return None
        self._heard = now
        said = RateLimit.read(headers, self._date(headers, now))
        if said is None:
            return None
        if said.limit:
            self.limit = said.limit
        if said.resets_in is not None and said.resets_in <= _LONGEST_WINDOW:
            self._learn_window(now, said.resets_in)
            if said.remaining == 0 and elapsed < self.window / 2 and not limited:
                self.holds_until = now + min(said.resets_in, self.window)
        if now - self._last_slowed > self.window:
            self._caution = min(1.0, self._caution + _RECOVERED_EACH_TIME)
        return said

    def wait_after_429(self, said: RateLimit | None) -> float | None:
        """Give the seconds that a 429 asks to wait; `None` if it does not say."""
        if said is None:
            return None
        if said.retry_after is not None:
            return said.retry_after
        return min(said.resets_in, self.window + 1) if said.resets_in else None

    def slow_down(self) -> None:
        """Go slower for a while, if this is not the first 429 lately although the limit was kept.

        Others may use the same limit, or there is a second one that the headers do not name.
        """
        now = self._timer()
        if now - self._last_slowed < 10 * self.window:
            self._caution = max(0.1, self._caution * 0.9)
        self._last_slowed = now

    def _learn_window(self, now: float, resets_in: float) -> None:
        """Take for the window the longest time to a reset that was seen lately.

        Both dialects count in whole seconds, so that rounding up gives it exactly.
        """
        requests, seconds = self._documented
        if self._listening_since is None:
            self._listening_since = now
        self._resets.append((now, resets_in))
        horizon = max(self.window, seconds) + 1
        while self._resets[0][0] < now - horizon:
            self._resets.popleft()
        longest = float(max(1, ceil(max(it for _, it in self._resets))))
        if self.limit == requests:
            self.window = float(seconds)
        elif now - self._listening_since < horizon:
            self.window = max(longest, float(seconds))
        else:
            self.window = longest

    def _date(self, headers: Headers, now: float) -> datetime:
        try:
            return parsedate_to_datetime(headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError):
            return datetime.fromtimestamp(now + self._offset, UTC)


def _usable(limit: int) -> float:
    """Give the requests of a window that we use: nearly all, of a small limit all but one."""
    return max(0.9 * limit, min(FILLED * limit, limit - 1))
