"""Repaint at most ten times a second, however fast somebody types. No widgets here."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL = 0.1
"""Seconds between two repaints. JupyterLab's server drops messages that come much faster."""


class Throttle:
    """Do the work at once, then no sooner than an interval later; the last call is never lost.

    Where no event loop runs, in a script or a test, every call does the work.
    """

    def __init__(
        self,
        work: Callable[[], None],
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work, self._interval, self._clock = work, interval, clock
        self._done_at = -interval
        self._waiting: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Do the work now, or as soon as the interval is over."""
        if self._waiting is not None:
            return
        loop = _running_loop()
        wait = self._done_at + self._interval - self._clock()
        if loop is None or wait <= 0:
            self.now()
        else:
            self._waiting = loop.call_later(wait, self.now)

    def now(self) -> None:
        """Do the work without waiting, and forget a call that waits."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        self._done_at = self._clock()
        self._work()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
