"""What can go wrong on the way, sorted by the one question that matters: may it have arrived?"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from collections.abc import Iterator


class TransportError(B2bkitError):
    """Raised when no usable answer came back."""


class NotSent(TransportError):  # noqa: N818 - one of the words for outcomes
    """Raised when nothing reached the server: sending again repeats nothing."""


class OutcomeUnknown(TransportError):  # noqa: N818 - one of the words for outcomes
    """Raised when sending had begun: the request may have been applied.

    Args:
        message: The sentence for a person.
        status: The HTTP status, when it arrived and only the rest of the answer is missing.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


LOOK_FIRST = "It may have been applied: look at the profile before you send it again."

_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


def from_httpx(error: Exception, origin: str, seconds: float) -> TransportError:
    """Turn an error of httpx into ours. `origin` is scheme, host and port; `seconds` the limit."""
    if isinstance(error, _NOTHING_SENT):
        return NotSent(f"Nothing was sent: {_why_not_sent(error, origin)}")
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return OutcomeUnknown(
            f"{origin} took the request and gave no answer within {seconds:g} s. {LOOK_FIRST}"
        )
    return OutcomeUnknown(
        f"The connection to {origin} broke after sending had begun, and no answer came. "
        f"{LOOK_FIRST}"
    )


def broke_off(origin: str, status: int) -> OutcomeUnknown:
    """Say that an answer began and did not end."""
    return OutcomeUnknown(
        f"{origin} answered {status}, but the answer broke off, so its errors cannot be seen. "
        f"{LOOK_FIRST}",
        status,
    )


def _why_not_sent(error: Exception, origin: str) -> str:
    causes = tuple(_causes(error))
    host = origin.partition("://")[2]
    if isinstance(error, httpx.LocalProtocolError):
        return f"HTTP does not allow a request like this one ({error})."
    if isinstance(error, httpx.ProxyError):
        return f"the proxy between here and {host} refused ({error}). Check HTTPS_PROXY."
    if isinstance(error, httpx.TimeoutException):
        return f"{origin} did not take the connection in time. Is it the right address?"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"the name {host} does not resolve. Check its spelling, and this machine's network."
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"{host} showed a certificate that could not be verified. Is a proxy in between?"
    if isinstance(error, httpx.ConnectError):
        return f"no server answers at {origin}. Is it running, and is the port right?"
    return f"{origin} could not be reached ({type(error).__name__})."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _causes(one)
        error = error.__cause__ or error.__context__
