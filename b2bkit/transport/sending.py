"""Send one request and read the whole answer: the place where httpx is set up and used.

Redirects are never followed, cookies never kept, and this machine is never reached through a
proxy from the environment.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import ContextVar
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx

from b2bkit.addresses import Address
from b2bkit.headers import Headers
from b2bkit.transport.door import Door
from b2bkit.transport.errors import NotSent, broke_off, from_httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

T = TypeVar("T")
HttpTransport = httpx.AsyncBaseTransport
"""What may stand in for the network: `httpx.MockTransport`, `httpx.ASGITransport` ..."""

TIMEOUT_SECONDS = 90.0
"""Braze gives a webhook 90 seconds (Create a webhook, 2026-09-02)."""
CONNECT_SECONDS = 10.0
"""A server that does not even take the connection is given up earlier."""
MAX_BODY = 16 * 2**20
"""Bytes of an answer's body that are kept; what follows is not read."""

_sending: ContextVar[bool] = ContextVar("b2bkit_sending", default=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a server answered.

    Args:
        status: HTTP status.
        headers: Its headers, repeated ones joined by commas.
        body: Its body, at most `MAX_BODY` bytes.
        truncated: Whether the body was longer.
        elapsed: Seconds from the start of sending to the end of the answer.
    """

    status: int
    headers: Headers
    body: bytes
    truncated: bool
    elapsed: float


class Transport:
    """Send requests over kept connections; close it, or use it in `with`, to let go of them.

    Args:
        http: Stands in for the network, for tests and for a sandbox in the same process.
        timeout: Seconds to wait for the answer once connected.
        timer: Gives seconds that only ever grow, to measure `Answer.elapsed`.
    """

    def __init__(
        self,
        http: HttpTransport | None = None,
        *,
        timeout: float = TIMEOUT_SECONDS,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        if http is not None and not isinstance(http, HttpTransport):
            raise TypeError("transport must be async, such as httpx.MockTransport or ASGITransport")
        self._http = http
        self._timeout = timeout
        self._timer = timer
        self._door = Door()
        self._clients: dict[bool, httpx.AsyncClient] = {}
        logging.getLogger("httpx").addFilter(_keep_out_of_the_log)

    async def asend(
        self, method: str, url: str, headers: Mapping[str, str], body: str | None
    ) -> Answer:
        """Send, and give the answer whatever its status, from whichever asyncio loop is running.

        Raises:
            NotSent: If nothing reached the server.
            OutcomeUnknown: If sending had begun and no whole answer came.
        """
        return await self._door.run(self._exchange(method, url, headers, body))

    def send(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Answer:
        """Send like `asend`, and wait; this also works in a notebook, where a loop is running."""
        return self.wait_for(self._exchange(method, url, headers, body))

    def wait_for(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine that sends through this transport, and wait for its result."""
        return self._door.call(coroutine)

    def close(self) -> None:
        """Let go of all connections; sending again opens new ones."""
        self._door.close()
        self._clients.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: str | None
    ) -> Answer:
        address = Address.read(url)
        content, ready = encoded(body, headers)
        client = await self._client(direct=address.is_loopback)
        started = self._timer()
        quiet = _sending.set(True)
        try:
            async with (
                asyncio.timeout(CONNECT_SECONDS + self._timeout),
                client.stream(method, url, headers=ready, content=content) as response,
            ):
                received, truncated = await read(response, address.origin)
        except (httpx.TransportError, httpx.InvalidURL, TimeoutError) as error:
            # without the frames of httpx, whose variables hold the key
            ours = from_httpx(error, address.origin, self._timeout)
            raise ours from error.with_traceback(None)
        finally:
            _sending.reset(quiet)
        elapsed = self._timer() - started
        answered = Headers(response.headers.multi_items())
        return Answer(response.status_code, answered, received, truncated, elapsed)

    async def _client(self, *, direct: bool) -> httpx.AsyncClient:
        """Give the kept client; `direct` is one that knows no proxies of the environment."""
        if direct not in self._clients:
            client = httpx.AsyncClient(
                transport=self._http,
                trust_env=not direct,
                timeout=httpx.Timeout(self._timeout, connect=min(CONNECT_SECONDS, self._timeout)),
                headers={"User-Agent": "b2bkit"},
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                follow_redirects=False,
            )
            self._clients[direct] = client
            await self._door.closing.enter_async_context(client)
        return self._clients[direct]


def encoded(body: str | None, headers: Mapping[str, str]) -> tuple[bytes | None, httpx.Headers]:
    """Write body and headers as bytes.

    Raises:
        NotSent: If UTF-8, or for a header's name ASCII, cannot write them.
    """
    try:
        content = None if body is None else body.encode()
        raw = [(name.encode("ascii"), text.encode()) for name, text in headers.items()]
    except UnicodeEncodeError:
        raise NotSent(
            "Nothing was sent: the request holds half a character (a lone surrogate), which UTF-8 "
            "cannot write. Look for a text that was cut in the middle of an emoji."
        ) from None
    return content, httpx.Headers(raw)


async def read(response: httpx.Response, origin: str) -> tuple[bytes, bool]:
    """Read the body of an answer, and tell whether it was longer than `MAX_BODY`.

    Raises:
        OutcomeUnknown: If it broke off.
    """
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MAX_BODY:
                return bytes(body[:MAX_BODY]), True
    except httpx.RequestError as error:
        raise broke_off(origin, response.status_code) from error
    return bytes(body), False


def _keep_out_of_the_log(_: logging.LogRecord) -> bool:
    """Drop httpx's own log lines of our requests: an address may hold personal values."""
    return not _sending.get()
