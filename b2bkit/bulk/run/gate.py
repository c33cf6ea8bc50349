"""Hold everything back while the server takes nothing; then let one request try, then all.

That is so after a 429, while no connection can be made, and after a row of failures. What a single
failed request means lives in `meaning`, how fast requests leave otherwise in `pacing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Why(Enum):
    """Why the gate is closed."""

    LIMIT = "the rate limit is used up"
    AWAY = "the server cannot be reached"
    FAILING = "the server fails at every request"


@dataclass(frozen=True, slots=True)
class Patience:
    """Say how long to try; all in seconds but `tries` and `in_a_row`.

    Args:
        tries: How often one request is tried before it is given up; waiting for the limit or for
            a connection costs no try.
        first_wait: The wait before the second try; it doubles with each.
        longest_wait: What it grows to.
        longest_pause: What the wait between two tries of everything grows to.
        in_a_row: How many failures without anything else between them close the gate.
        before_first_answer: How long to go on while there has been no answer at all.
        after: How long to go on when the server answered earlier.
        limited: How long to go on while there are only 429s: hourly limits take up to an hour.
    """

    tries: int = 6
    first_wait: float = 0.5
    longest_wait: float = 30.0
    longest_pause: float = 5.0
    in_a_row: int = 10
    before_first_answer: float = 30.0
    after: float = 300.0
    limited: float = 7_200.0

    def wait(self, failures: int, longest: float, random: Callable[[], float]) -> float:
        """Give the wait after so many failures, a quarter more or less by chance."""
        seconds = self.first_wait * 2.0 ** min(failures - 1, 20)
        return min(seconds, longest) * (0.75 + 0.5 * random())


class Gate:
    """Open, closed until a moment, or letting one request try.

    Requests are told apart by their number in the order of sending: only what was sent after it
    closed can open it, or close it for longer.

    Args:
        patience: How long to try.
        random: Gives numbers from 0 to 1, to spread the waits.
    """

    def __init__(self, patience: Patience, random: Callable[[], float]) -> None:
        self._patience, self._random = patience, random
        self._answered = False
        self._in_a_row = 0
        self._closings = 0
        self._last = self._closed_after = -1
        self._closed_since = 0.0
        self.why: Why | None = None
        self.until = 0.0
        self._trying = False

    def admits(self, now: float) -> int | None:
        """Say how many requests may pass: none, one, or as many as come (`None`)."""
        if self.why is None:
            return None
        if now < self.until or self._trying:
            return 0
        return 1

    def sent(self, order: int) -> None:
        """Note that the request with this number passed."""
        self._last = order
        self._trying = self.why is not None

    def passed(self, order: int) -> None:
        """Note that the server took the request with this number, or refused it for what it is."""
        self._answered = True
        self._in_a_row = 0
        if order > self._closed_after:
            self.why, self._closings, self._trying = None, 0, False

    def limited(self, order: int, now: float, wait: float | None) -> bool:
        """Note a 429; tell whether it closed the gate, which the others of its burst do not.

        Args:
            order: The number of the request.
            now: When it came.
            wait: Seconds that the server asks to wait, if it does.
        """
        self._answered = True
        closed = self._close(Why.LIMIT, order, now, wait)
        if not closed and wait is not None and self.why is Why.LIMIT:
            self.until = max(self.until, now + wait)
        return closed

    def unreached(self, order: int, now: float) -> None:
        """Note that no connection was made."""
        self._close(Why.AWAY, order, now)

    def failed(self, order: int, now: float, wait: float | None = None) -> None:
        """Note that the server failed, or that no usable answer came."""
        self._in_a_row += 1
        tried = self._trying and order > self._closed_after
        if tried or self._in_a_row >= self._patience.in_a_row:
            self._close(Why.FAILING, order, now, wait)

    def out_of_patience(self, now: float) -> bool:
        """Tell whether it has been closed for too long."""
        if self.why is None:
            return False
        known = self._patience.after if self._answered else self._patience.before_first_answer
        longest = self._patience.limited if self.why is Why.LIMIT else known
        return now - self._closed_since > longest

    def _close(self, why: Why, order: int, now: float, wait: float | None = None) -> bool:
        if order <= self._closed_after:
            return False
        if self.why is None:
            self._closed_since = now
        self.why, self._trying, self._closed_after = why, False, self._last
        self._closings += 1
        pause = self._patience.wait(self._closings, self._patience.longest_pause, self._random)
        self.until = now + (pause if wait is None else wait)
        return True
