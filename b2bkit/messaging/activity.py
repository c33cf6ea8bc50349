"""The Message Activity Log as Braze shows it: a sample of what failed, for 60 hours.

Successful answers are not in it, and of many failures only some: `seen` applies both rules to
everything that was noted. Source: Braze, Message Activity Log (2026).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEPT = timedelta(hours=60)
"""How long an entry is seen."""

MOST_PER_HOUR = 20
"""Entries of one type for one campaign or Canvas step in one clock hour."""

TEST_SEND = "[TEST SEND] "

Type = Literal["Webhook Error", "Aborted Message Error"]

COLUMNS = ("timestamp", "type", "app name", "message", "details")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the log.

    Args:
        time: When.
        type: `Webhook Error` or `Aborted Message Error`.
        campaign: The campaign or Canvas.
        step: The step.
        message: What went wrong; the reason the author gave, where a message was aborted.
        details: Where it went wrong, without personal values.
        test: Whether it was a test send.
    """

    time: datetime
    type: Type
    campaign: str
    step: str
    message: str
    details: str = ""
    test: bool = False

    @property
    def row(self) -> tuple[datetime, str, str, str, str]:
        """Give it in Braze's columns. No app is involved in a webhook: its name stays blank."""
        message = f"{TEST_SEND if self.test else ''}{self.message}"
        where = f"{self.campaign}, {self.step}"
        return self.time, self.type, "", message, f"{where}: {self.details}".rstrip(": ")


def seen(entries: Iterable[Entry], now: datetime) -> Iterator[Entry]:
    """Give the entries that Braze would show now, oldest first."""
    counts: Counter[tuple[str, str, str, datetime]] = Counter()
    for entry in entries:
        hour = entry.time.replace(minute=0, second=0, microsecond=0)
        key = (entry.type, entry.campaign, entry.step, hour)
        counts[key] += 1
        if counts[key] <= MOST_PER_HOUR and now - entry.time <= KEPT:
            yield entry
