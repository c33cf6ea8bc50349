"""Try once to send a webhook: where it goes, what is put in, and what came of it.

What follows from the answer is ruled in `delivery` and done in `engine`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from b2bkit.addresses import Address
from b2bkit.braze.instances import Instance, not_the_rest_host
from b2bkit.client.rate_limit import RateLimit
from b2bkit.messaging.delivery import (
    CONNECTION_ERROR,
    HOST_UNHEALTHY,
    HostHealth,
    is_received,
    is_retried,
)
from b2bkit.secrets import put_in
from b2bkit.transport import NotSent, OutcomeUnknown, Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from b2bkit.webhook import Request

CAUSE = "X-B2bkit-Cause"
"""The header by which the sandbox tells what a request led to. Only the sandbox gets it."""

_PORTS = {None, 80, 443}

Outcome = Literal[
    "accepted", "accepted with errors", "refused", "failed", "unknown", "halted", "not sent",
    "would be sent", "aborted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attempt:
    """Write down one attempt to send a webhook.

    Args:
        time: When.
        user: The user.
        campaign: The campaign or Canvas.
        step: The step.
        attempt: Which attempt it was, from 1.
        method: HTTP method; blank when there was no request.
        host: The host that the webhook names.
        path: The path, without the query.
        status: What was answered, or what Braze makes up (598, 599); `None` when nothing was sent.
        outcome: `accepted`, `accepted with errors` (201 with `errors`, which Braze counts as
            received), `refused`, `failed` (may be tried again), `unknown` (sent, no whole answer),
            `halted` (598), `not sent`, `would be sent` or `aborted`.
        errors: How many errors an accepted answer names.
        next_attempt: When it is tried again; `None` for never.
        test: Whether it was a test send.
        note: Why, as a sentence.
        body: The text of the answer.
        request: What was sent, without the key.
    """

    time: datetime
    user: str
    campaign: str
    step: str
    attempt: int
    method: str = ""
    host: str = ""
    path: str = ""
    status: int | None = None
    outcome: Outcome = "not sent"
    errors: int = 0
    next_attempt: datetime | None = None
    test: bool = False
    note: str = ""
    body: str = field(default="", repr=False)
    request: Request | None = field(default=None, repr=False)

    @property
    def received(self) -> bool:
        """Tell whether Braze counts it as received."""
        return self.status is not None and is_received(self.status)


@dataclass(frozen=True, slots=True)
class Result:
    """Say what came of one attempt: the parts of an `Attempt` that the answer decides."""

    outcome: Outcome
    status: int | None = None
    errors: int = 0
    note: str = ""
    body: str = ""
    wait: float = 0.0
    halts: bool = False


class Sender:
    """Send webhooks to the sandbox, and to nothing else.

    Args:
        transport: The way out.
        home: Gives the sandbox's address.
        health: Counts failures.
        clock: The clock that is shared with the sandbox.
    """

    def __init__(
        self,
        transport: Transport,
        home: Callable[[], str],
        health: HostHealth,
        clock: Callable[[], datetime],
    ) -> None:
        self._transport = transport
        self._home = home
        self._health = health
        self._clock = clock

    def send(self, request: Request, key: str, cause: str) -> Result:
        """Try once. `key` is put where the request says `YOUR_API_KEY`."""
        address = Address.read(request.url)
        home = Address.read(self._home())
        elsewhere = _not_here(address, home)
        if elsewhere:
            return elsewhere
        if self._health.is_halted(address.host, self._clock()):
            return Result("halted", HOST_UNHEALTHY, note="Requests to this host are halted.")
        result = self._exchange(request, home.origin + address.target, key, cause)
        halts = result.status is not None and self._health.note(
            address.host, result.status, self._clock()
        )
        return replace(result, halts=True) if halts else result

    def close(self) -> None:
        """Let go of connections."""
        self._transport.close()

    def _exchange(self, request: Request, url: str, key: str, cause: str) -> Result:
        headers = {
            name: put_in(value, key) if name.lower() == "authorization" else value
            for name, value in request.headers.items()
        }
        headers = {**_inferred_type(request), **headers, CAUSE: cause}
        try:
            answer = self._transport.send(request.method, url, headers, request.body)
        except NotSent:
            return Result("failed", CONNECTION_ERROR, note="No connection to the host.")
        except OutcomeUnknown as error:
            status = error.status or CONNECTION_ERROR
            return Result("unknown", status, note="No whole answer came: it may be applied.")
        wait = RateLimit.read(answer.headers, self._clock())
        text = answer.body.decode("utf-8", "replace")
        return _judged(answer.status, text, wait.wait if wait else 0.0)


def _not_here(address: Address, home: Address) -> Result | None:
    """Say why nothing is sent; `None` where the request is for the sandbox."""
    if address.origin == home.origin:
        return None
    if address.port not in _PORTS:
        return Result("not sent", note="Braze's webhooks reach the ports 80 and 443 only.")
    if Instance.of_host(address.host) is None:
        hint = not_the_rest_host(address.host) or f"{address.host} is not contacted from here."
        return Result("would be sent", note=hint)
    if address.scheme != "https":
        return Result("not sent", note="Braze's REST API is reached by https only.")
    return None


def _inferred_type(request: Request) -> dict[str, str]:
    if request.body is None or "Content-Type" in request.headers:
        return {}
    return {"Content-Type": "application/json" if request.json_error is None else "text/plain"}


def _judged(status: int, text: str, wait: float) -> Result:
    if is_received(status):
        errors = _errors_in(text)
        note = "Braze counts it as received all the same." if errors else ""
        outcome: Outcome = "accepted with errors" if errors else "accepted"
        return Result(outcome, status, errors, note, text)
    outcome = "failed" if is_retried(status) else "refused"
    return Result(outcome, status, note=_message_in(text), body=text, wait=wait)


def _errors_in(text: str) -> int:
    found = _object_in(text).get("errors")
    return len(found) if isinstance(found, list) else 0


def _message_in(text: str) -> str:
    found = _object_in(text)
    message = found.get("message") or found.get("error")
    return message if isinstance(message, str) else ""


def _object_in(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
