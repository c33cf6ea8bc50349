"""How far a run is, or how it ended, in numbers and in one line. No cell value is in it."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from b2bkit import display

if TYPE_CHECKING:
    from b2bkit.bulk.run.counts import Counts

Phase = Literal["running", "paused", "canary", "done", "stopped"]
_LOOK_BACK = 5.0
"""Seconds over which the rate is measured."""


@dataclass(frozen=True, slots=True)
class Report:
    """Say how far a run is, or how it ended.

    Args:
        state: Whether it runs, waits for somebody, or has ended; `canary` waits for a decision.
        rows: Rows of the file.
        accepted: Rows that Braze took.
        refused: Rows that were refused.
        unknown: Rows that may have been applied, those in flight among them.
        not_sent: Rows that were not sent.
        in_flight: Rows that are on their way.
        requests: Requests sent so far, each try counted.
        seconds: Seconds it has been working, earlier processes included.
        rows_per_second: Rows answered each second, lately.
        eta: Seconds until it is done at this rate; `None` where nobody can say.
        limit: The rate at which it sends at most, in words.
        note: What it waits for, or why it stopped; blank otherwise.
    """

    state: Phase
    rows: int
    accepted: int
    refused: int
    unknown: int
    not_sent: int
    in_flight: int
    requests: int
    seconds: float
    rows_per_second: float
    eta: float | None
    limit: str
    note: str

    @property
    def share(self) -> float:
        """Give the share of the rows that has reached its end, from 0 to 1."""
        left = 0 if self.state == "done" else self.not_sent + self.in_flight
        return 1.0 - left / self.rows if self.rows else 1.0

    @property
    def exit_code(self) -> int:
        """Give the exit code: 0 all accepted, 1 some refused or unknown, 3 some left to send."""
        if self.state != "done":
            return 3
        return 1 if self.refused or self.unknown else 0

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON values."""
        return asdict(self)

    def _repr_html_(self) -> str:
        counts = {
            "accepted": f"{self.accepted:,}",
            "refused": f"{self.refused:,}",
            "unknown": f"{self.unknown:,}",
            "not sent": f"{self.not_sent:,}",
            "of rows": f"{self.rows:,}",
            "requests": f"{self.requests:,}",
            "seconds": f"{self.seconds:,.1f}",
        }
        return display.line(self.state, self.note, strong=True) + display.named_values(counts)

    def __str__(self) -> str:
        parts = [f"{self.share:4.0%}", f"{self.accepted:,} of {self.rows:,} rows accepted"]
        parts += [f"{self.refused:,} refused"] if self.refused else []
        settled = self.unknown - self.in_flight
        parts += [f"{settled:,} unknown"] if settled else []
        parts += [f"{self.rows_per_second:,.0f} rows/s", self.limit]
        parts += [f"{_clock(self.eta)} left"] if self.eta is not None else []
        parts += [self.state] if self.state != "running" else []
        return " · ".join([*parts, self.note] if self.note else parts)


class Speed:
    """Measure how many rows are answered each second, lately."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, now: float, counts: Counts) -> float:
        """Note how many rows have been answered by now; give the rate."""
        self._seen.append((now, counts.answered))
        while len(self._seen) > 2 and self._seen[1][0] < now - _LOOK_BACK:
            self._seen.popleft()
        then, answered = self._seen[0]
        return (counts.answered - answered) / (now - then) if now > then else 0.0


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
