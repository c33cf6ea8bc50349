"""`/_sandbox/...`: look into the sandbox and set it up. No key is needed; loopback only.

| method and path | what it does |
| --- | --- |
| `GET /_sandbox/profiles` | all profiles, in order of creation |
| `GET /_sandbox/profiles/{external_id}` | one profile; 404 when unknown |
| `PUT /_sandbox/users` | add or replace users and catalogs, as a seed has them |
| `GET /_sandbox/catalogs` | all catalogs with their items |
| `GET /_sandbox/log` | what each request did |
| `PUT /_sandbox/faults` | replace all faults |
| `PUT /_sandbox/types` | force types of attributes: `{"visits": "number"}` |
| `GET /_sandbox/snapshot`, `PUT /_sandbox/snapshot` | take the state, bring it back |
| `POST /_sandbox/reset` | empty profiles, faults, log and limits |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from b2bkit.braze import answers
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.inside import Inside
from b2bkit.sandbox.wire import json_response

if TYPE_CHECKING:
    from b2bkit.sandbox.workspace import Workspace

NOT_LOOPBACK = "Control paths answer on the loopback interface only."
NO_SUCH_PROFILE = "There is no profile with this external_id."
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
NOT_JSON = "The body is not JSON."

Endpoint = Callable[[Request], Awaitable[Response]]


def control_routes(workspace: Workspace) -> list[Route]:
    """Make the control paths of a workspace."""
    inside = Inside(workspace)

    async def profile(request: Request) -> Response:
        view = inside.view(request.path_params["external_id"])
        return json_response(view) if view else _message(NO_SUCH_PROFILE, 404)

    def reading(read: Callable[[], Any]) -> Endpoint:
        async def endpoint(_: Request) -> Response:
            return json_response(read())

        return endpoint

    def writing(write: Callable[[Any], None]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            try:
                write(await request.json())
            except SandboxError as error:
                return _message(str(error), 400)
            except ValueError:
                return _message(NOT_JSON, 400)
            return _message("success")

        return endpoint

    async def reset(_: Request) -> Response:
        workspace.reset()
        return _message("success")

    routes: list[tuple[str, str, Endpoint]] = [
        ("GET", "/profiles", reading(inside.views)),
        ("GET", "/profiles/{external_id:path}", profile),
        ("PUT", "/users", writing(inside.put_users)),
        ("GET", "/catalogs", reading(inside.catalogs)),
        ("GET", "/log", reading(inside.read_log)),
        ("PUT", "/faults", writing(workspace.faults.set)),
        ("PUT", "/types", writing(inside.force_types)),
        ("GET", "/snapshot", reading(inside.snapshot)),
        ("PUT", "/snapshot", writing(inside.restore)),
        ("POST", "/reset", reset),
    ]
    methods = {
        path: ", ".join(sorted(method for method, other, _ in routes if other == path))
        for _, path, _ in routes
    }
    return [
        *(Route(path, _loopback_only(does), methods=[method]) for method, path, does in routes),
        *(_refusing(path, allowed) for path, allowed in methods.items()),
        Route("/{path:path}", _loopback_only(_not_found), methods=_METHODS),
    ]


def _refusing(path: str, allowed: str) -> Route:
    """Make the route that answers the methods that a path does not have."""

    async def refuse(request: Request) -> Response:
        text = f"{request.url.path} takes {allowed}, not {request.method}."
        return json_response({"message": text}, 405, {"Allow": allowed})

    return Route(path, _loopback_only(refuse), methods=_METHODS)


async def _not_found(_: Request) -> Response:
    return _message(str(answers.INVALID_URL), 404)


def _loopback_only(endpoint: Endpoint) -> Endpoint:
    async def guarded(request: Request) -> Response:
        return await endpoint(request) if _is_loopback(request) else _message(NOT_LOOPBACK, 403)

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


def _message(text: str, status: int = 200) -> Response:
    return json_response({"message": text}, status)
