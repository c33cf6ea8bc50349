"""How many requests are in flight at once: as many as the rate and the measured latency ask for."""

from __future__ import annotations

MOST = 500
"""Requests in flight at most, if not said otherwise; each one is a connection."""
_FEWEST = 8
_ROOM = 2.0
"""How much more than the mean asks for, so that a few slow answers hold up nobody."""
_WEIGHT = 0.02
"""How much one answer counts in the mean; answers that are slow count like any other."""


class Flight:
    """Follow the latency.

    Args:
        at_most: How many requests may be in flight, however slow the answers are.
        turn: Seconds until an answer is looked at, at most.
    """

    def __init__(self, at_most: int | None = None, turn: float = 0.0) -> None:
        self._turn = turn
        self._most = at_most or MOST
        self._latency: float | None = None

    def heard(self, seconds: float) -> None:
        """Note how long an answer took."""
        before = seconds if self._latency is None else self._latency
        self._latency = before + _WEIGHT * (seconds - before)

    def room(self, per_second: float) -> int:
        """Say how many may be in flight at this rate."""
        wanted = _FEWEST + _ROOM * per_second * ((self._latency or 0.0) + self._turn)
        return int(min(wanted, self._most))
