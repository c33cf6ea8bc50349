"""The clock of the messaging side: virtual, so that days pass in milliseconds, or the real one.

A clock is anything that gives the current moment, with a zone, when it is called. Sandbox and
messaging share one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from b2bkit.messaging.errors import MessagingError

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When a virtual clock begins if nobody says so: always the same Monday morning, so that the same
steps give the same timeline."""


def real_clock() -> datetime:
    """Give the real time."""
    return datetime.now(UTC)


class VirtualClock:
    """Give a moment that stands still until it is moved.

    Args:
        start: Where it begins; without a zone it is UTC.
    """

    def __init__(self, start: datetime = START) -> None:
        self._now = _with_zone(start)

    def __call__(self) -> datetime:
        """Give the moment."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Move forward.

        Raises:
            MessagingError: If the moment has passed.
        """
        moment = _with_zone(moment)
        if moment < self._now:
            raise MessagingError(f"It is {self._now} already: time does not go back to {moment}.")
        self._now = moment

    def __repr__(self) -> str:
        return f"VirtualClock({self._now.isoformat()})"


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
