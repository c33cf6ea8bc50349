"""Send a request to the chosen instance, under its host rules, with its key."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from b2bkit.addresses import Address, AddressError
from b2bkit.braze.instances import Instance
from b2bkit.client import history
from b2bkit.client.credentials import (
    check_home,
    checked_key,
    find_key,
    redacted,
    wants_key,
    with_key,
)
from b2bkit.client.errors import ClientError, HostRefused
from b2bkit.client.hosts import HostRules
from b2bkit.client.outgoing import Outgoing
from b2bkit.client.response import Response
from b2bkit.headers import Headers
from b2bkit.transport import TIMEOUT_SECONDS, OutcomeUnknown, Transport, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import pandas as pd

    from b2bkit.client.hosts import Target
    from b2bkit.client.response import Outcome
    from b2bkit.secrets import Secret
    from b2bkit.transport import Answer, HttpTransport
    from b2bkit.transport.lanes import Lanes
    from b2bkit.webhook import Request


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """Send requests to one Braze: the sandbox, or a live instance when told so.

    A documented REST host of Braze in a request means the client's instance. Close the client, or
    use it in `with`, to let go of its connections.

    Args:
        instance: An `Instance`, the name of one (`"US-06"`), or an address.
        key: The API key. Without one, `BRAZE_API_KEY` is read when it is needed, then the OS
            keyring (service `b2bkit`, user name the instance's name).
        live: Whether anything but this machine may be contacted.
        allow_host: Hosts beside Braze's that may be contacted; they never get the key, unless
            one is the instance itself.
        transport: Stands in for the network, such as `httpx.MockTransport` or `ASGITransport`.
        timeout: Seconds to wait for an answer. Braze gives its webhooks 90 (Create a webhook,
            2026-09-02).
        clock: Gives the time of day, with a time zone.
        timer: Gives seconds that only ever grow.

    Raises:
        UnknownInstance: If there is no such instance.
        KeyMissing: If `key` is given and is not one.
    """

    def __init__(
        self,
        instance: Instance | str,
        *,
        key: str | Secret | None = None,
        live: bool = False,
        allow_host: Collection[str] = (),
        transport: HttpTransport | None = None,
        timeout: float = TIMEOUT_SECONDS,
        clock: Callable[[], datetime] = _utc_now,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        if isinstance(instance, str):
            instance = Instance.at(instance) if "://" in instance else Instance.named(instance)
        self.instance = instance
        self._rules = HostRules(instance, live, allow_host)
        self._key = checked_key(key) if key else None
        self._transport = Transport(transport, timeout=timeout, timer=timer)
        self._stand_in, self._timeout = transport, timeout
        self._clock, self._timer = clock, timer
        self._sent: list[history.Sent] = []

    def send(self, request: Request) -> Response:
        """Send like `asend`, and wait; this also works in a notebook, where a loop is running."""
        return self._transport.wait_for(self.asend(request))

    async def asend(self, request: Request) -> Response:
        """Send a request and give the answer, whatever its status.

        Raises:
            HostRefused: If the request may not go where it points; nothing was sent.
            KeyMissing: If there is no key; nothing was sent.
            NotSent: If nothing reached the server.
            OutcomeUnknown: If sending had begun and no whole answer came.
        """
        started = self._clock()
        try:
            response = await self._exchange(request)
        except (ClientError, TransportError, asyncio.CancelledError) as error:
            self._note(request, started, *_failed(error))
            raise
        elapsed_ms = round(response.elapsed * 1000, 1)
        self._note(
            request, started, response.status, response.outcome, len(response.errors), elapsed_ms
        )
        return response

    @property
    def history(self) -> pd.DataFrame:
        """Give what was sent, oldest first, a row for each send, also for those that failed.

        Columns: `time` (UTC), `method`, `path`, `status` (missing when no answer came), `outcome`
        (`accepted`, `accepted with errors`, `refused`, `unknown`, `not sent`), `errors` (how many),
        `elapsed_ms`.
        """
        return history.frame(self._sent)

    @property
    def live(self) -> bool:
        """Tell whether anything but this machine may be contacted."""
        return self._rules.live

    @property
    def allow_host(self) -> Collection[str]:
        """Give the hosts beside Braze's that may be contacted."""
        return self._rules.allow_host

    def outgoing(self, method: str, url: str, headers: Mapping[str, str]) -> Outgoing:
        """Apply the host rules to a request, and put the key in; nothing is sent.

        This is for those who send themselves, such as a bulk run over `lanes`.

        Raises:
            HostRefused: If the request may not go where it points.
            KeyMissing: If there is no key.
        """
        target = self._rules.target(url)
        return Outgoing(method, target.url, self._keyed(Headers(headers), target), target.path)

    def response(self, outgoing: Outgoing, answer: Answer) -> Response:
        """Make the response of an answer; a key that the server repeated becomes unreadable."""
        return Response(
            method=outgoing.method,
            path=redacted(outgoing.path, self._key),
            status=answer.status,
            headers=Headers((name, redacted(it, self._key)) for name, it in answer.headers.items()),
            body=redacted(answer.body.decode(errors="replace"), self._key),
            elapsed=answer.elapsed,
            received=self._clock(),
            truncated=answer.truncated,
        )

    def lanes(self) -> Lanes:
        """Open lanes to send many requests side by side, with this client's time-outs.

        What is sent over them is not in `history`.
        """
        from b2bkit.transport.lanes import Lanes

        return Lanes(self._stand_in, timeout=self._timeout, timer=self._timer)

    def close(self) -> None:
        """Let go of all connections; sending again opens new ones."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        real = "may send for real" if self.live else "sends to this machine only"
        return f"<Client {self.instance.name} at {self.instance.rest_url}, {real}>"

    async def _exchange(self, request: Request) -> Response:
        outgoing = self.outgoing(request.method, request.url, request.headers)
        answer = await self._transport.asend(
            request.method, outgoing.url, outgoing.headers, request.body
        )
        return self.response(outgoing, answer)

    def _keyed(self, headers: Headers, target: Target) -> Headers:
        """Put the key in where it belongs, and only at home."""
        if "Host" in headers:
            raise HostRefused("The request has a header Host, which could lead it astray.")
        if not target.is_home:
            if wants_key(headers):
                raise HostRefused(
                    f"The key of {self.instance.name} is not sent to another host. Make a client "
                    "for that host, with its own key."
                )
            return headers
        if "Authorization" in headers and not wants_key(headers):
            return headers
        self._key = self._key or find_key(self.instance)
        check_home(self._key, self.instance)
        return with_key(headers, self._key)

    def _note(
        self,
        request: Request,
        started: datetime,
        status: int | None,
        outcome: Outcome,
        errors: int = 0,
        elapsed_ms: float | None = None,
    ) -> None:
        path = redacted(_path(request.url), self._key)
        self._sent.append(
            history.Sent(started, request.method, path, status, outcome, errors, elapsed_ms)
        )


def _failed(error: BaseException) -> tuple[int | None, Outcome]:
    if isinstance(error, OutcomeUnknown):
        return error.status, "unknown"
    return None, "unknown" if isinstance(error, asyncio.CancelledError) else "not sent"


def _path(url: str) -> str:
    try:
        return Address.read(url).path
    except AddressError:
        return ""
