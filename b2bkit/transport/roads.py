"""The two ways a lane's request can travel: over aiohttp, or through a stand-in for the network.

aiohttp is used directly and not through httpx: measured on one core with 100 requests of 12 kB in
flight, a request costs 0.15 ms of processor time, 0.22 ms through `httpx_aiohttp`, and 4 ms with
httpx alone. `httpx_aiohttp` 0.2 besides calls a connection that died while sending one that was
never made, which would have a request repeated that may have been applied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import aiohttp
import httpx
import yarl

from b2bkit.headers import Headers
from b2bkit.transport.errors import broke_off
from b2bkit.transport.sending import CONNECT_SECONDS, MAX_BODY, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

    from aiohttp import ClientHandlerType, ClientRequest, ClientResponse

    from b2bkit.transport.lanes import Lane

Received = tuple[int, Headers, bytes, bool]
"""Status, headers, body, and whether the body was longer than is kept."""
_KEPT_SECONDS = 4.0
"""How long an idle connection is kept: less than uvicorn's 5 and any load balancer's, so that a
request rarely meets one that the server is just closing."""


class Road(Protocol):
    """What can carry one request, once, and bring its answer.

    Its `exchange` raises an error of httpx, or `OutcomeUnknown` when the answer broke off.
    """

    async def exchange(self, lane: Lane, body: bytes | None) -> Received:
        """Carry a request and bring its answer, whatever its status."""

    async def aclose(self) -> None:
        """Let go of all connections."""


class Network:
    """Carry requests over aiohttp, over as many connections as are used at once.

    Args:
        direct: Whether proxies of the environment are passed by.
        timeout: Seconds to wait for an answer once connected.
    """

    def __init__(self, *, direct: bool, timeout: float) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                ssl=httpx.create_ssl_context(trust_env=not direct),
                keepalive_timeout=_KEPT_SECONDS,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                sock_connect=min(CONNECT_SECONDS, timeout), sock_read=timeout
            ),
            trust_env=not direct,
            middlewares=(_once,),
        )

    async def exchange(self, lane: Lane, body: bytes | None) -> Received:
        """Carry a request and bring its answer."""
        url = yarl.URL(lane.url, encoded=True)
        try:
            response = await self._session.request(
                lane.method, url, headers=lane.headers, data=body or None, allow_redirects=False
            )
        except (aiohttp.ClientError, OSError) as error:
            raise _as_httpx(error) from error
        async with response:
            try:
                received, truncated = await _whole(response.content.iter_any())
            except (aiohttp.ClientError, OSError) as error:
                raise broke_off(lane.origin, response.status) from error
        return response.status, _headers(response.raw_headers), received, truncated

    async def aclose(self) -> None:
        """Let go of all connections."""
        await self._session.close()


class StandIn:
    """Carry requests through what stands in for the network."""

    def __init__(self, http: httpx.AsyncBaseTransport) -> None:
        self._http = http

    async def exchange(self, lane: Lane, body: bytes | None) -> Received:
        """Carry a request and bring its answer."""
        headers = [(name.encode(), value.encode()) for name, value in lane.headers.items()]
        request = httpx.Request(lane.method, lane.url, headers=headers, content=body)
        response = await self._http.handle_async_request(request)
        try:
            received, truncated = await read(response, lane.origin)
        finally:
            await response.aclose()
        return response.status_code, _headers(response.headers.raw), received, truncated

    async def aclose(self) -> None:
        """Leave it open: it is its owner's."""


async def _once(request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
    """Send once: aiohttp would repeat a PUT or DELETE by itself when a kept connection is dead.

    It does so after certain errors of its own, so those leave here as errors of httpx.
    """
    try:
        return await send(request)
    except (aiohttp.ClientError, OSError) as error:
        raise _as_httpx(error) from error


def _as_httpx(error: Exception) -> httpx.RequestError:
    """Translate an error of aiohttp: only what says so was surely before sending."""
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return httpx.ProxyError(type(error).__name__)
    if isinstance(error, aiohttp.ClientConnectorError):
        return httpx.ConnectError(type(error).__name__)
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return httpx.ConnectTimeout(type(error).__name__)
    if isinstance(error, aiohttp.InvalidURL):
        return httpx.UnsupportedProtocol(type(error).__name__)
    if isinstance(error, TimeoutError):
        return httpx.ReadTimeout(type(error).__name__)
    return httpx.ReadError(type(error).__name__)


async def _whole(chunks: AsyncIterable[bytes]) -> tuple[bytes, bool]:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MAX_BODY:
            return bytes(body[:MAX_BODY]), True
    return bytes(body), False


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    return Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
