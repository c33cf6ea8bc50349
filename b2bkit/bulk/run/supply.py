"""The next parcel to send: batches of the plan in their order, read ahead in another thread.

What the ledger knows already is left out. Where the plan says that no two batches about the same
profile may be on their way at once, the later one waits here until the earlier one has ended.
Requests that are sent again do not come through here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, cast

from b2bkit.bulk.run.parcel import Parcel

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from b2bkit.bulk.batch import Batch
    from b2bkit.bulk.run.ledger import Ledger

_AT_A_TIME = 64
"""Batches fetched together."""
_AHEAD = 256
"""Batches kept ready: some 5 MB, and a quarter of a second at the highest rate."""
_WAITING = 1_024
"""Parcels that may wait for earlier ones before the reading ahead stops."""


class Supply:
    """Give out parcels; used on one event loop, and closed there.

    Args:
        batches: The batches, from the first one of which something is open.
        ledger: What is known of them.
    """

    def __init__(self, batches: Iterator[Batch], ledger: Ledger) -> None:
        self._batches, self._ledger = batches, ledger
        self._known_up_to = ledger.last_batch()
        self._thread = ThreadPoolExecutor(1, "b2bkit plan")
        self._fetching: asyncio.Task[list[Batch]] | None = None
        self._all_fetched = False
        self._ready: deque[Batch] = deque()
        self._free: deque[Parcel] = deque()
        self._lines: dict[int, deque[Parcel]] = {}
        self._waiting = 0
        self._rows_left: int | None = None
        self._held: deque[Parcel] = deque()

    def only_first(self, rows: int | None) -> None:
        """Give out so many rows and no more; `None` gives out the rest."""
        self._rows_left = rows
        if rows is None:
            while self._held:
                self._line_up(self._held.popleft())

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing comes any more, save what waits for parcels on their way."""
        if self._free:
            return False
        return self._is_held_back() or (self._all_fetched and not self._ready)

    def take(self) -> Parcel | None:
        """Give the next parcel that may leave; `None` when there is none right now.

        Raises:
            B2bkitError: If the plan could not go on, such as `FileChanged`.
        """
        self._fetch()
        while not (self._free or self._is_held_back()) and self._waiting < _WAITING:
            if not self._ready:
                return None
            for parcel in self._open_parts(self._ready.popleft()):
                self._admit(parcel)
        return self._free.popleft() if self._free else None

    def ended(self, parcel: Parcel) -> None:
        """Let those pass that waited for a parcel which has now reached its end."""
        lines = [self._lines[member] for member in parcel.exclusive]
        for line in lines:
            line.popleft()
        for parcel in {line[0]: None for line in lines if line}:
            if self._is_first_everywhere(parcel):
                self._waiting -= 1
                self._free.append(parcel)

    async def aclose(self) -> None:
        """End the reading ahead."""
        if self._fetching:
            await asyncio.gather(self._fetching, return_exceptions=True)
        close = cast("Generator[Batch]", self._batches).close
        await asyncio.get_running_loop().run_in_executor(self._thread, close)
        self._thread.shutdown()

    def _fetch(self) -> None:
        if self._fetching and self._fetching.done():
            found = self._fetching.result()
            self._fetching = None
            self._ready += found
            self._all_fetched = len(found) < _AT_A_TIME
        if not (self._fetching or self._all_fetched or len(self._ready) >= _AHEAD):
            self._fetching = asyncio.get_running_loop().create_task(self._next_few())

    async def _next_few(self) -> list[Batch]:
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: list(islice(self._batches, _AT_A_TIME))
        )

    def _open_parts(self, batch: Batch) -> Iterator[Parcel]:
        known = self._ledger.known(batch.number) if batch.number <= self._known_up_to else []
        if not known:
            yield Parcel(batch)
        for part in known:
            if part.is_open:
                whole = (part.first, part.last) == (0, batch.units)
                opened = batch if whole else batch.only(range(part.first, part.last))
                yield Parcel(opened, part.id, doubtful=part.doubtful)

    def _admit(self, parcel: Parcel) -> None:
        """Line a parcel up, or as much of it as may leave."""
        if self._is_held_back():
            self._held.append(parcel)
            return
        if self._rows_left is not None:
            parcel = self._first_part(parcel, self._rows_left)
            self._rows_left -= parcel.rows
        self._line_up(parcel)

    def _first_part(self, parcel: Parcel, rows: int) -> Parcel:
        """Part a parcel after so many rows, but not before its first unit; hold back the rest."""
        batch, units = parcel.batch, units_within(parcel.batch, rows)
        if units == batch.units or parcel.id is not None:
            return parcel
        first = Parcel(batch.only(range(units)))
        rest = Parcel(batch.only(range(units, batch.units)))
        self._ledger.plan_to_send(first)
        self._ledger.plan_to_send(rest)
        self._held.append(rest)
        return first

    def _is_held_back(self) -> bool:
        return self._rows_left is not None and self._rows_left <= 0

    def _line_up(self, parcel: Parcel) -> None:
        for member in parcel.exclusive:
            self._lines.setdefault(member, deque()).append(parcel)
        if self._is_first_everywhere(parcel):
            self._free.append(parcel)
        else:
            self._waiting += 1

    def _is_first_everywhere(self, parcel: Parcel) -> bool:
        return all(self._lines[member][0] is parcel for member in parcel.exclusive)


def units_within(batch: Batch, rows: int) -> int:
    """Count the first units of a batch with at most so many rows together; at least one."""
    units, count = 1, len(batch.rows_of(0))
    while units < batch.units and (count := count + len(batch.rows_of(units))) <= rows:
        units += 1
    return units
