"""The door of the sandbox: faults, key, permission, rate limit, media type, size, JSON.

What gets through is answered by the endpoints that `registry` lists; `/_sandbox` by `control`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route

from b2bkit.braze import answers
from b2bkit.sandbox.bodies import TooLarge, parse, read_body
from b2bkit.sandbox.calls import Incoming, Reply, refuse
from b2bkit.sandbox.control import control_routes
from b2bkit.sandbox.endpoints.registry import find
from b2bkit.sandbox.faults import Fault
from b2bkit.sandbox.wire import hang_up, json_response, send_half, spoil

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.sandbox.calls import Handler
    from b2bkit.sandbox.workspace import Workspace

_NO_FAULT = Fault()
CAUSE = "X-B2bkit-Cause"
"""The header with the token by which the messaging side knows again what a webhook led to."""

_NO_ANSWER = 0
"""The status in the log of a request whose connection was cut before it was read."""


def make_app(workspace: Workspace) -> Starlette:
    """Make the ASGI application that serves one workspace."""
    control = Mount("/_sandbox", routes=control_routes(workspace))
    return Starlette(routes=[control, Route("/{path:path}", Door(workspace))])


class Door:
    """Serve Braze's REST API, as an ASGI application.

    Args:
        workspace: What answers.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or fail at it as a fault says."""
        fault = self._workspace.faults.pick(scope["path"]) or _NO_FAULT
        if fault.delay_ms:
            await asyncio.sleep(fault.delay_ms / 1000)
        if fault.drop == "before":
            self._record(scope, Reply(_NO_ANSWER, {}, note="fault: cut before it was applied"))
            await hang_up(scope, receive)
            return
        reply = await self._answer(Request(scope, receive), fault)
        if fault.drop == "after":
            await hang_up(scope, receive)
            return
        response = json_response(reply.body, reply.status, reply.headers)
        if fault.body == "truncated":
            await send_half(response, scope, send)
            return
        response = spoil(response) if fault.body else response
        await response(scope, receive, send)

    async def _answer(self, request: Request, fault: Fault) -> Reply:
        try:
            body = await read_body(request)
        except TooLarge:
            body = None
        if fault.status is not None and not fault.apply:
            return self._record(request.scope, _alter(Reply(fault.status, {}), fault))
        found = find(request.method, request.scope["path"])
        if found is None:
            return self._record(request.scope, _alter(refuse(answers.INVALID_URL, 404), fault))
        endpoint, handler = found
        headers, reply = self._admit(request, endpoint)
        if reply is None:
            reply = self._read_and_answer(request, body, endpoint, handler, fault)
        else:
            reply = self._record(request.scope, _alter(reply, fault))
        return replace(reply, headers=headers)

    def _admit(self, request: Request, endpoint: Endpoint) -> tuple[dict[str, str], Reply | None]:
        """Check the key and the rate limit; give the headers, and the reply of a refusal."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        keys = self._workspace.keys
        permissions = keys.permissions(key.strip(" ")) if scheme.lower() == "bearer" else None
        if permissions is None:
            return {}, refuse(answers.INVALID_API_KEY, 401)
        if endpoint.permission not in permissions:
            return {}, refuse(answers.ACCESS_DENIED, 403)
        if self._workspace.limiter is None:
            return {}, None
        verdict = self._workspace.limiter.take(endpoint, self._workspace.clock())
        return verdict.headers, None if verdict.allowed else refuse(answers.RATE_LIMITED, 429)

    def _read_and_answer(
        self,
        request: Request,
        body: bytes | None,
        endpoint: Endpoint,
        handler: Handler,
        fault: Fault,
    ) -> Reply:
        path = request.scope["path"]
        reply = _check_body(request, body)
        if reply:
            return self._record(request.scope, _alter(reply, fault))
        try:
            parsed = parse(body) if body else None
        except ValueError:
            unparsable = Reply(400, {"error": answers.UNPARSABLE.text})
            return self._record(request.scope, _alter(unparsable, fault))
        incoming = Incoming(
            request.method, path, parsed, len(body or b""), endpoint.parts(path),
            dict(request.query_params), request.headers.get(CAUSE, ""),
        )  # fmt: skip
        reply = self._workspace.answer(incoming, lambda call: _alter(handler(call), fault))
        self._apply_later()
        return reply

    def _record(self, scope: Scope, reply: Reply) -> Reply:
        self._workspace.record(scope["method"], scope["path"], reply)
        return reply

    def _apply_later(self) -> None:
        """Have what was queued applied when it is due, whether or not anybody asks."""
        if len(self._workspace.queue):
            delay = self._workspace.queue.delay.total_seconds()
            asyncio.get_running_loop().call_later(delay + 0.001, self._workspace.settle)


def _check_body(request: Request, body: bytes | None) -> Reply | None:
    """Check media type and size; GET and DELETE may come without a body."""
    if body is None:
        return refuse(answers.TOO_LARGE, 413)
    if not body and request.method in {"GET", "DELETE"}:
        return None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        return refuse(answers.UNSUPPORTED_MEDIA_TYPE, 415)
    return None if body else Reply(400, {"error": answers.UNPARSABLE.text})


def _alter(reply: Reply, fault: Fault) -> Reply:
    """Give a reply the status that a fault asks for, and say in the log that it did."""
    notes = [reply.note] if reply.note else []
    if fault.drop == "after":
        notes.append("fault: cut after it was applied")
    if fault.body:
        notes.append(f"fault: body {fault.body}")
    if fault.status is None:
        return replace(reply, note="; ".join(notes))
    phrase = HTTPStatus(fault.status).phrase if fault.status in _STATUSES else "Error"
    notes.append(f"fault: status {fault.status}")
    return replace(reply, status=fault.status, body={"message": phrase}, note="; ".join(notes))


_STATUSES = frozenset(status.value for status in HTTPStatus)
