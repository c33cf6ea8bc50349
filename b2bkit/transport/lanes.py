"""Send many requests side by side, on one event loop, over connections that are kept.

The small sibling of `b2bkit.transport.sending`, for bulk runs: what the requests to one target have
in common is prepared once. A lane sends what it is given once; redirects are not followed, cookies
not kept. How the bytes travel lives in `b2bkit.transport.roads`.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
from multidict import CIMultiDict

from b2bkit.addresses import Address
from b2bkit.headers import Headers
from b2bkit.transport.errors import NotSent, TransportError, from_httpx
from b2bkit.transport.roads import Network, Road, StandIn
from b2bkit.transport.sending import CONNECT_SECONDS, TIMEOUT_SECONDS, Answer, encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.transport.sending import HttpTransport

_NOT_IN_A_HEADER = re.compile(rb"[\r\n\0]")


@dataclass(frozen=True, slots=True)
class Lane:
    """Say where requests go and with which headers, all but the body; `Lanes.lane` makes one.

    Args:
        method: HTTP method.
        url: The whole address.
        headers: Its headers, with the key.
        origin: Scheme, host and port of the address.
        direct: Whether it is on this machine, so that no proxy is used.
    """

    method: str
    url: str = field(repr=False)
    headers: CIMultiDict[str] = field(repr=False)
    origin: str = field(repr=False)
    direct: bool = field(repr=False)


class Lanes:
    """Hold the connections; close it on the loop that it was used on.

    Args:
        http: Stands in for the network, for tests and for a sandbox in the same process.
        timeout: Seconds to wait for an answer once connected.
        timer: Gives seconds that only ever grow, to measure `Answer.elapsed`.
    """

    def __init__(
        self,
        http: HttpTransport | None = None,
        *,
        timeout: float = TIMEOUT_SECONDS,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._stand_in = http
        self._timeout = timeout
        self._timer = timer
        self._roads: dict[bool, Road] = {}

    def lane(self, method: str, url: str, headers: Mapping[str, str]) -> Lane:
        """Prepare what the requests to one target have in common.

        Raises:
            NotSent: If HTTP does not allow such headers.
        """
        named = Headers(headers)
        if "User-Agent" not in named:
            named = named.replace("User-Agent", "b2bkit")
        _, ready = encoded(None, named)
        if any(_NOT_IN_A_HEADER.search(name + value) for name, value in ready.raw):
            raise NotSent("Nothing was sent: a header of the request holds a line break.")
        address = Address.read(url)
        return Lane(method, url, CIMultiDict(named), address.origin, address.is_loopback)

    async def send(self, lane: Lane, body: bytes | None) -> Answer:
        """Send one request, and give the answer whatever its status.

        Raises:
            NotSent: If nothing reached the server.
            OutcomeUnknown: If sending had begun and no whole answer came.
        """
        started = self._timer()
        failed: TransportError
        try:
            async with asyncio.timeout(CONNECT_SECONDS + self._timeout):
                status, headers, received, truncated = await self._road(lane).exchange(lane, body)
        except (httpx.RequestError, httpx.InvalidURL, OSError) as error:
            failed = from_httpx(error, lane.origin, self._timeout)
        except TransportError as error:
            failed = error
        else:
            return Answer(status, headers, received, truncated, self._timer() - started)
        raise failed.with_traceback(None) from None  # frames below hold the key and the values

    async def aclose(self) -> None:
        """Let go of all connections."""
        roads, self._roads = self._roads, {}
        for road in roads.values():
            await road.aclose()

    def _road(self, lane: Lane) -> Road:
        if lane.direct not in self._roads:
            self._roads[lane.direct] = (
                StandIn(self._stand_in)
                if self._stand_in
                else Network(direct=lane.direct, timeout=self._timeout)
            )
        return self._roads[lane.direct]
