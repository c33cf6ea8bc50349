"""Carry parcels to where they go, side by side, and bring back how each ended. Decides nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from b2bkit.client.errors import ClientError
from b2bkit.transport import OutcomeUnknown, TransportError

if TYPE_CHECKING:
    from b2bkit.bulk.batch import Target
    from b2bkit.bulk.run.endings import Ended
    from b2bkit.bulk.run.parcel import Parcel
    from b2bkit.client import Client
    from b2bkit.client.outgoing import Outgoing
    from b2bkit.transport.lanes import Lane, Lanes

_ROUTES_KEPT = 64


class Returned(NamedTuple):
    """Say how a parcel ended; without `outgoing` the client refused it."""

    parcel: Parcel
    ended: Ended
    outgoing: Outgoing | None


class Courier:
    """Carry parcels; used on one event loop.

    Args:
        client: Says where a request may go, and puts the key in.
        lanes: Carries the bytes.
    """

    def __init__(self, client: Client, lanes: Lanes) -> None:
        self._client, self._lanes = client, lanes
        self._routes: dict[int, tuple[Target, Outgoing, Lane]] = {}
        self._returned: list[Returned] = []
        self.flying: dict[Parcel, asyncio.Task[None]] = {}

    def carry(self, parcel: Parcel) -> None:
        """Set out with a parcel."""
        self.flying[parcel] = asyncio.get_running_loop().create_task(self._carry(parcel))

    def returned(self) -> list[Returned]:
        """Give what came back since the last time."""
        found, self._returned = self._returned, []
        for parcel, _, _ in found:
            del self.flying[parcel]
        return found

    async def abandon(self) -> list[Parcel]:
        """Wait no longer for those that are on their way, and give them."""
        left = dict(self.flying)
        for task in left.values():
            task.cancel()
        await asyncio.gather(*left.values(), return_exceptions=True)
        back = {parcel for parcel, _, _ in self._returned}
        for parcel in left.keys() - back:
            del self.flying[parcel]
        return [parcel for parcel in left if parcel not in back]

    async def _carry(self, parcel: Parcel) -> None:
        outgoing = None
        try:
            outgoing, lane = self._route(parcel.batch.target)
            ended: Ended = await self._lanes.send(lane, parcel.batch.body)
        except (TransportError, ClientError) as error:
            ended = error
        except Exception as error:  # noqa: BLE001 - whatever broke here, it may have been sent
            ended = OutcomeUnknown(f"Something broke here ({type(error).__name__}).")
        self._returned.append(Returned(parcel, ended, outgoing))

    def _route(self, target: Target) -> tuple[Outgoing, Lane]:
        """Find the way to a target; batches that go to the same place share the same object."""
        known = self._routes.get(id(target))
        if known is None:
            outgoing = self._client.outgoing(target.method, target.url, target.headers)
            lane = self._lanes.lane(outgoing.method, outgoing.url, outgoing.headers)
            known = (target, outgoing, lane)
            if len(self._routes) >= _ROUTES_KEPT:
                self._routes.clear()
            self._routes[id(target)] = known
        return known[1], known[2]
