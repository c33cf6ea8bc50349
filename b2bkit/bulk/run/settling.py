"""Settle how parcels ended: in the ledger and in the counts; keep those to send again.

What an end means is decided in `meaning`; here it is done.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from b2bkit.bulk.run.endings import doubt
from b2bkit.bulk.run.meaning import FAILURES, Next, Outcome, next_of
from b2bkit.bulk.run.states import ENDED_IN_FLIGHT, NEVER_SENT, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.bulk.batch import Batch
    from b2bkit.bulk.run.counts import Counts
    from b2bkit.bulk.run.endings import Ending
    from b2bkit.bulk.run.gate import Patience
    from b2bkit.bulk.run.ledger import Ledger
    from b2bkit.bulk.run.parcel import Parcel
    from b2bkit.bulk.run.times import Times


class Settling:
    """Settle ends, one after another.

    Args:
        ledger: Where everything is written down.
        counts: Rows by state.
        patience: How long to try.
        times: Clock and chance.
        on_accepted: Called with each batch, or part of one, that was accepted.
        on_ended: Called with each parcel of a supply that has reached its end, with all its parts.
    """

    def __init__(
        self,
        ledger: Ledger,
        counts: Counts,
        patience: Patience,
        times: Times,
        *,
        on_accepted: Callable[[Batch], None],
        on_ended: Callable[[Parcel], None],
    ) -> None:
        self._ledger, self.counts = ledger, counts
        self._patience, self._times = patience, times
        self._on_accepted, self._on_ended = on_accepted, on_ended
        self._again: list[tuple[float, int, Parcel]] = []
        self._kept = 0
        self.last_reason = ""
        self.denied = ""

    @property
    def has_more(self) -> bool:
        """Tell whether anything is kept to be sent again."""
        return bool(self._again)

    def due(self) -> Parcel | None:
        """Give a parcel that is to be sent again now."""
        if self._again and self._again[0][0] <= self._times.timer():
            return heapq.heappop(self._again)[2]
        return None

    def keep(self, parcel: Parcel, wait: float = 0.0) -> None:
        """Keep a parcel, to send it after so many seconds."""
        self._kept += 1
        heapq.heappush(self._again, (self._times.timer() + wait, self._kept, parcel))

    def leave(self, parcel: Parcel) -> None:
        """Count a parcel that leaves."""
        self.counts.requests += 1
        if parcel.in_flight:
            return
        parcel.in_flight = True
        self.counts.in_flight += parcel.rows
        if parcel.doubtful:  # an earlier process left it unknown
            self.counts.undecided -= parcel.rows

    def settle(self, parcel: Parcel, ending: Ending) -> None:
        """Settle how a parcel ended."""
        parcel.reason = ending.reason
        self.last_reason = ending.reason or self.last_reason
        parcel.tries += ending.outcome in FAILURES
        parcel.doubtful = parcel.doubtful or ending.outcome is Outcome.DOUBTFUL
        step = next_of(
            ending.outcome,
            adds=parcel.adds,
            units=parcel.batch.units,
            tries_left=self._patience.tries - parcel.tries,
        )
        match step:
            case Next.ACCEPT:
                self._accept(parcel, ending)
            case Next.REFUSE:
                self._end(parcel, State.REFUSED, ending.reason)
            case Next.HALVE:
                self._halve(parcel)
            case Next.WAIT:
                self.keep(parcel)
            case Next.REPEAT:
                self.keep(parcel, self._wait(parcel, ending))
            case Next.GIVE_UP:
                self._give_up(parcel, f"{ending.reason}, {parcel.tries} times")
            case Next.LEAVE_UNKNOWN:
                self._end(parcel, State.UNKNOWN, doubt(ending.reason))
            case Next.STOP:
                self.denied = ending.reason
                self._give_up(parcel, ending.reason)

    def abandon(self, parcel: Parcel) -> None:
        """Leave a parcel that is on its way to itself."""
        self._end(parcel, State.UNKNOWN, ENDED_IN_FLIGHT)

    def give_up_rest(self) -> None:
        """End what is kept to be sent again."""
        kept, self._again = self._again, []
        for _, _, parcel in kept:
            before = f" again; before, {parcel.reason}" if parcel.reason else ""
            self._give_up(parcel, NEVER_SENT + before)

    def _accept(self, parcel: Parcel, ending: Ending) -> None:
        refused: set[int] = set()
        for rows, reason in ending.refused:
            self._ledger.refuse(parcel, rows, reason)
            refused.update(rows)
        if refused:
            self._count(parcel, State.REFUSED, len(refused))
        for batch in _without(parcel.batch, refused):
            self._on_accepted(batch)
        self._end(parcel, State.ACCEPTED)

    def _halve(self, parcel: Parcel) -> None:
        halves = parcel.halves()
        self._count(parcel, State.WAITING, parcel.rows)
        self._ledger.halve(parcel, halves)
        for half in halves:
            self.keep(half)

    def _give_up(self, parcel: Parcel, reason: str) -> None:
        if parcel.doubtful:
            self._end(parcel, State.UNKNOWN, doubt(reason))
        else:
            self._end(parcel, State.NOT_SENT, reason)

    def _end(self, parcel: Parcel, state: State, reason: str | None = None) -> None:
        self._count(parcel, state, parcel.rows)
        self._ledger.end(parcel, state, reason)
        root = parcel.root or parcel
        root.open_parts -= 1
        if not root.open_parts:
            self._on_ended(root)

    def _count(self, parcel: Parcel, state: State, rows: int) -> None:
        """Count rows of a parcel that were in flight as what they are now."""
        if not parcel.in_flight:
            return
        self.counts.in_flight -= rows
        if state is State.ACCEPTED:
            self.counts.accepted += rows
        elif state is State.REFUSED:
            self.counts.refused += rows
            self.counts.refused_here += rows
        elif state is State.UNKNOWN:
            self.counts.undecided += rows
        if state is not State.WAITING:
            self.counts.answered += rows

    def _wait(self, parcel: Parcel, ending: Ending) -> float:
        if ending.wait is not None:
            return ending.wait
        patience = self._patience
        return patience.wait(parcel.tries, patience.longest_wait, self._times.random)


def _without(batch: Batch, rows: set[int]) -> list[Batch]:
    """Give a batch without some rows; none if nothing is left."""
    if not rows:
        return [batch]
    units = [unit for unit in range(batch.units) if rows.isdisjoint(batch.rows_of(unit))]
    return [batch.only(units)] if units else []
