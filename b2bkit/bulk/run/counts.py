"""How many rows are in which state: the sums that always equal the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.bulk.run.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Counts:
    """Count rows; every row of the file is in exactly one of four states.

    Attributes:
        rows: Data rows of the file.
        unchanged: Rows that the plan left out because nothing changed; they are `not sent`.
        accepted: Rows that Braze took.
        refused: Rows that the plan ruled out, or that Braze refused.
        undecided: Rows of which nobody knows; those in flight come on top.
        in_flight: Rows that are on their way, or wait for another try.
        answered: Rows that were answered in this run, for the share of refusals.
        refused_here: Rows that Braze refused in this run.
        requests: Requests that were sent, each try counted.
    """

    rows: int = 0
    unchanged: int = 0
    accepted: int = 0
    refused: int = 0
    undecided: int = 0
    in_flight: int = 0
    answered: int = 0
    refused_here: int = 0
    requests: int = 0

    @classmethod
    def of(cls, rows: int, unchanged: int, by_state: Mapping[State, int], requests: int) -> Counts:
        """Count what a ledger knows."""
        unknown = by_state.get(State.UNKNOWN, 0) + by_state.get(State.SENDING, 0)
        return cls(
            rows=rows,
            unchanged=unchanged,
            accepted=by_state.get(State.ACCEPTED, 0),
            refused=by_state.get(State.REFUSED, 0),
            undecided=unknown,
            requests=requests,
        )

    @property
    def unknown(self) -> int:
        """Count the rows of which nobody knows now; that includes those in flight."""
        return self.undecided + self.in_flight

    @property
    def not_sent(self) -> int:
        """Count the rows that were not sent."""
        return self.rows - self.accepted - self.refused - self.unknown

    @property
    def left(self) -> int:
        """Count the rows that are still to be sent or answered."""
        return self.not_sent - self.unchanged + self.in_flight

    @property
    def refused_share(self) -> float:
        """Give the share of what was answered in this run that Braze refused."""
        return self.refused_here / self.answered if self.answered else 0.0
