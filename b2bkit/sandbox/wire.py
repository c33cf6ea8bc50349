"""How a reply goes onto the wire: whole, damaged, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send


HANG_UP = "b2bkit.hang_up"
"""Key of a scope under which the server puts the way to cut the connection."""

_WITHOUT_BODY = frozenset({204, 205, 304})
"""Statuses whose answers have no body. Source: RFC 9110, sections 15.3.5, 15.3.6, 15.4.5."""

NOT_JSON = b"<html><body><h1>Something went wrong on the way</h1></body></html>"


class LineDied(ConnectionError):  # noqa: N818 - named for what happened
    """Raised where there is no connection to cut, because client and server share a process."""


def json_response(
    body: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Write a JSON answer; without a body where HTTP allows none."""
    if status in _WITHOUT_BODY:
        return Response(None, status, headers)
    return Response(json.dumps(body), status, headers, media_type="application/json")


def spoil(response: Response) -> Response:
    """Put something that is no JSON in place of the body, if there is one."""
    if not response.body:
        return response
    headers = {
        name: value for name, value in response.headers.items() if not name.startswith("content-")
    }
    return Response(NOT_JSON, response.status_code, headers, media_type="text/html")


async def send_half(response: Response, scope: Scope, send: Send) -> None:
    """Send the head and half of the body, and cut the connection."""
    await send(
        {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
    )
    half = bytes(response.body[: len(response.body) // 2])
    await send({"type": "http.response.body", "body": half, "more_body": True})
    _cut(scope, at_once=False)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Cut the connection without an answer.

    Raises:
        LineDied: If there is no connection, because the client calls the application directly.
    """
    _cut(scope, at_once=True)
    while (await receive())["type"] != "http.disconnect":
        pass


def _cut(scope: Scope, *, at_once: bool) -> None:
    cut = scope.get(HANG_UP)
    if cut is None:
        raise LineDied("The sandbox cut the connection, as a fault asked it to.")
    cut(at_once)
