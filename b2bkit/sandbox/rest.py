"""The door of the sandbox: key, permission, media type, size, JSON; then the endpoint.

Which endpoint does what lives in the modules that `registry` lists.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route

from b2bkit.braze import answers
from b2bkit.profiles.dates import write_moment
from b2bkit.sandbox.bodies import TooLarge, parse, read_body
from b2bkit.sandbox.control import control_routes
from b2bkit.sandbox.endpoint import Call, Reply, refuse
from b2bkit.sandbox.log import Entry
from b2bkit.sandbox.registry import find

if TYPE_CHECKING:
    from starlette.requests import Request

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.sandbox.workspace import Workspace

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def make_app(workspace: Workspace) -> Starlette:
    """Make the ASGI application that serves one workspace."""

    async def endpoint(request: Request) -> Response:
        reply = await _answer(workspace, request)
        _record(workspace, request, reply)
        return json_response(reply.body, reply.status)

    return Starlette(
        routes=[
            Mount("/_sandbox", routes=control_routes(workspace)),
            Route("/{path:path}", endpoint, methods=_METHODS),
        ]
    )


def json_response(body: Any, status: int = 200) -> Response:
    """Write a JSON answer."""
    return Response(json.dumps(body), status, media_type="application/json")


async def _answer(workspace: Workspace, request: Request) -> Reply:
    found = find(request.method, request.url.path)
    if found is None:
        return refuse(answers.INVALID_URL, 404)
    endpoint, handler = found
    refused = _check_key(workspace, request, endpoint) or _check_media_type(request)
    if refused:
        return refused
    try:
        raw = await read_body(request)
        body = parse(raw) if request.method != "GET" else None
    except TooLarge:
        return refuse(answers.TOO_LARGE, 413)
    except ValueError:
        return Reply(400, {"error": answers.UNPARSABLE.text})
    return handler(Call(workspace, body, query=dict(request.query_params)))


def _check_key(workspace: Workspace, request: Request, endpoint: Endpoint) -> Reply | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    permissions = workspace.keys.permissions(key) if scheme.lower() == "bearer" else None
    if permissions is None:
        return refuse(answers.INVALID_API_KEY, 401)
    if endpoint.permission not in permissions:
        return refuse(answers.ACCESS_DENIED, 403)
    return None


def _check_media_type(request: Request) -> Reply | None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET" or media_type == "application/json":
        return None
    return refuse(answers.UNSUPPORTED_MEDIA_TYPE, 415)


def _record(workspace: Workspace, request: Request, reply: Reply) -> None:
    workspace.log.add(
        Entry(
            write_moment(workspace.clock()),
            request.method,
            request.url.path,
            reply.status,
            reply.applied,
            reply.dropped,
            reply.note,
        )
    )
