"""The door of the sandbox: key, permission, media type, size, JSON; then the endpoint.

Which endpoint does what lives in the modules that `registry` lists; `/_sandbox` in `control`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route

from b2bkit.braze import answers
from b2bkit.sandbox.bodies import TooLarge, json_response, parse, read_body
from b2bkit.sandbox.control import control_routes
from b2bkit.sandbox.endpoint import Reply, refuse
from b2bkit.sandbox.registry import find

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.sandbox.workspace import Workspace


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
        """Answer one request."""
        request = Request(scope, receive)
        reply = await self._answer(request)
        await json_response(reply.body, reply.status)(scope, receive, send)

    async def _answer(self, request: Request) -> Reply:
        method, path = request.method, request.scope["path"]
        found = find(method, path)
        if found is None:
            return self._refused(request, refuse(answers.INVALID_URL, 404))
        endpoint, handler = found
        reply = self._check_key(request, endpoint) or _check_media_type(request)
        if reply:
            return self._refused(request, reply)
        try:
            body = None if method == "GET" else parse(await read_body(request))
        except TooLarge:
            return self._refused(request, refuse(answers.TOO_LARGE, 413))
        except ValueError:
            return self._refused(request, Reply(400, {"error": answers.UNPARSABLE.text}))
        reply = self._workspace.answer(
            method, path, handler, body, query=dict(request.query_params)
        )
        self._apply_later()
        return reply

    def _refused(self, request: Request, reply: Reply) -> Reply:
        self._workspace.record(request.method, request.scope["path"], reply)
        return reply

    def _check_key(self, request: Request, endpoint: Endpoint) -> Reply | None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        permissions = None
        if scheme.lower() == "bearer":
            permissions = self._workspace.keys.permissions(key.strip(" "))
        if permissions is None:
            return refuse(answers.INVALID_API_KEY, 401)
        if endpoint.permission not in permissions:
            return refuse(answers.ACCESS_DENIED, 403)
        return None

    def _apply_later(self) -> None:
        """Have what was queued applied when it is due, whether or not anybody asks."""
        if len(self._workspace.queue):
            delay = self._workspace.queue.delay.total_seconds()
            asyncio.get_running_loop().call_later(delay + 0.001, self._workspace.settle)


def _check_media_type(request: Request) -> Reply | None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET" or media_type == "application/json":
        return None
    return refuse(answers.UNSUPPORTED_MEDIA_TYPE, 415)
