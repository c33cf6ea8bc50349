"""`/_sandbox/...`: look into the sandbox and reset it. No key is needed; loopback only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from b2bkit.profiles import Identifier
from b2bkit.sandbox.bodies import json_response
from b2bkit.sandbox.views import profile_view

if TYPE_CHECKING:
    from b2bkit.sandbox.workspace import Workspace

NOT_LOOPBACK = "Control paths answer on the loopback interface only."
NO_SUCH_PROFILE = "There is no profile with this external_id."


def control_routes(workspace: Workspace) -> list[Route]:
    """Make the control paths of a workspace."""

    async def profiles(_: Request) -> Response:
        with workspace.lock:
            workspace.settle()
            views = [profile_view(workspace.store, profile) for profile in workspace.store]
        return json_response(views)

    async def profile(request: Request) -> Response:
        external_id = request.path_params["external_id"]
        with workspace.lock:
            workspace.settle()
            found = workspace.store.find(Identifier("external_id", external_id))
            view = profile_view(workspace.store, found) if found else None
        return json_response(view) if view else json_response({"message": NO_SUCH_PROFILE}, 404)

    async def log(_: Request) -> Response:
        workspace.settle()
        return json_response(workspace.log.as_json())

    async def reset(_: Request) -> Response:
        workspace.reset()
        return json_response({"message": "success"})

    return [
        Route("/profiles", _loopback_only(profiles), methods=["GET"]),
        Route("/profiles/{external_id:path}", _loopback_only(profile), methods=["GET"]),
        Route("/log", _loopback_only(log), methods=["GET"]),
        Route("/reset", _loopback_only(reset), methods=["POST"]),
    ]


Endpoint = Callable[[Request], Awaitable[Response]]


def _loopback_only(endpoint: Endpoint) -> Endpoint:
    async def guarded(request: Request) -> Response:
        if not _is_loopback(request):
            return json_response({"message": NOT_LOOPBACK}, 403)
        return await endpoint(request)

    return guarded


def _is_loopback(request: Request) -> bool:
    """Tell whether both the caller and the name it called are this machine.

    The name matters because a page in a browser may point a name of its own here.
    """
    name = request.url.hostname or ""
    return _is_local(name) and request.client is not None and _is_local(request.client.host)


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
