"""Turn after turn: settle what came back, choose what may leave, write both down, let it leave.

Nothing leaves before it stands in the ledger; all of a turn is one transaction. `traffic` says how
many may leave, `supply` which, `courier` carries them, `settling` settles how they ended.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from b2bkit.bulk.errors import LedgerProblem
from b2bkit.bulk.run.endings import ending_of
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from b2bkit.bulk.run.control import Control
    from b2bkit.bulk.run.courier import Courier
    from b2bkit.bulk.run.ledger import Ledger
    from b2bkit.bulk.run.parcel import Parcel
    from b2bkit.bulk.run.settling import Settling
    from b2bkit.bulk.run.supply import Supply
    from b2bkit.bulk.run.times import Times
    from b2bkit.bulk.run.traffic import Traffic
    from b2bkit.client import Client

TURN = 0.02
"""Seconds between two turns: at 1,000 requests a second, 20 leave together."""
ENOUGH_ROWS = 500
"""So many rows must have been answered before their share of refusals can end a run."""


class Dispatch:
    """Send what a supply gives; used on one event loop.

    Args:
        client: Reads answers.
        supply: Gives parcels.
        courier: Carries them.
        settling: Settles how they ended.
        traffic: Says how many may leave.
        ledger: Where everything is written down.
        times: Clock and chance.
        control: What somebody has asked for.
        stop_at: The share of refused rows, among those answered, at which the run stops.
    """

    def __init__(
        self,
        client: Client,
        supply: Supply,
        courier: Courier,
        settling: Settling,
        traffic: Traffic,
        ledger: Ledger,
        times: Times,
        control: Control,
        stop_at: float,
    ) -> None:
        self._client, self._supply, self._courier = client, supply, courier
        self._settling, self._traffic, self._ledger = settling, traffic, ledger
        self._times, self._control, self._stop_at = times, control, stop_at

    async def run(self) -> None:
        """Send until the supply is empty or the run is stopped, and everything has ended."""
        while not self._is_done():
            self._turn()
            await self._times.sleep(TURN)
            if self._control.abandoned:
                await self.abandon()
        if self._control.stopped:
            self._settling.give_up_rest()
        self._write()

    def _turn(self) -> None:
        for parcel, ended, outgoing in self._courier.returned():
            ending = ending_of(ended, parcel.batch, outgoing, self._client)
            self._traffic.back(parcel.order, ended, ending)
            self._settling.settle(parcel, ending)
        self._look_for_trouble()
        leaving = [] if self._control.stopped or self._control.paused else self._choose()
        if self._write():
            for parcel in leaving:
                self._settling.leave(parcel)
                self._courier.carry(parcel)
        else:
            for parcel in leaving:
                self._settling.keep(parcel)

    def _choose(self) -> list[Parcel]:
        leaving: list[Parcel] = []
        room = self._traffic.room(len(self._courier.flying))
        while len(leaving) < room and (parcel := self._settling.due() or self._next()):
            parcel.order = self._traffic.leave()
            self._ledger.send(parcel)
            leaving.append(parcel)
        return leaving

    def _next(self) -> Parcel | None:
        try:
            return self._supply.take()
        except (B2bkitError, OSError) as error:  # the file is another one now, or gone
            self._control.stop(f"The file cannot be sent any further: {error}")
            return None

    def _write(self) -> bool:
        """Write the turn down; tell whether that could be done."""
        try:
            self._ledger.commit()
        except LedgerProblem as error:
            self._control.stop(str(error))
            self._ledger.take_back()
            self._ledger.make_room()
            with suppress(LedgerProblem):
                self._ledger.commit()
            return False
        return True

    def _look_for_trouble(self) -> None:
        counts = self._settling.counts
        if self._settling.denied:
            self._control.stop(self._settling.denied)
        elif self._traffic.out_of_patience():
            last = self._settling.last_reason.rstrip(".")
            self._control.stop(
                f"Nothing was taken for too long; last, {last}. Resume when it can go on."
            )
        elif counts.answered >= ENOUGH_ROWS and counts.refused_share > self._stop_at:
            share = f"{counts.refused_share:.0%} of the first {counts.answered:,} rows were refused"
            self._control.stop(
                f"{share}, more than the {self._stop_at:.0%} at which this run stops."
            )

    def _is_done(self) -> bool:
        if self._courier.flying:
            return False
        return bool(self._control.stopped) or (
            self._supply.is_empty and not self._settling.has_more
        )

    async def abandon(self) -> None:
        """Wait no longer for what is on its way; nobody knows whether it was applied."""
        for parcel in await self._courier.abandon():
            self._settling.abandon(parcel)
