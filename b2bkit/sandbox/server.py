"""Serve an ASGI application from a daemon thread: quiet, no signals, gone at exit."""

from __future__ import annotations

import atexit
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.wire import HANG_UP

if TYPE_CHECKING:
    import asyncio

    from starlette.applications import Starlette
    from starlette.types import Receive, Scope, Send

HOST = "127.0.0.1"
_PATIENCE = 10.0
"""Seconds that start and stop may take before something is wrong."""


class _Protocol(H11Protocol):
    """HTTP/1.1 that lets the application cut a connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        served = self.app

        def cut(at_once: bool) -> None:
            if at_once:
                transport.abort()
            else:
                transport.close()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope[HANG_UP] = cut
            await served(scope, receive, send)

        self.app = app


class _Uvicorn(uvicorn.Server):
    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="none",
                log_config=None,
                log_level="critical",
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=1,
                server_header=False,
            )
        )
        self.is_up = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


class Server:
    """Run an application in the background.

    Args:
        app: The ASGI application.
        host: The address to listen on.
        port: The port; 0 takes a free one.

    Raises:
        SandboxError: If the address cannot be used, or the port is taken.
    """

    def __init__(self, app: Starlette, host: str = HOST, port: int = 0) -> None:
        self._host = host
        self._socket = _bind(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._uvicorn = _Uvicorn(app)
        self._thread = Thread(
            target=self._uvicorn.run,
            kwargs={"sockets": [self._socket]},
            name=f"b2bkit sandbox {self.port}",
            daemon=True,
        )
        self._thread.start()
        if not self._uvicorn.is_up.wait(_PATIENCE):
            raise SandboxError(f"The sandbox did not come up on port {self.port}.")
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        """Give the address, without a slash at the end."""
        host = HOST if self._host == "0.0.0.0" else self._host  # noqa: S104 - not bound here, only read
        return f"http://{host}:{self.port}"

    @property
    def is_running(self) -> bool:
        """Tell whether it still answers."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """End it; ending it twice does nothing."""
        atexit.unregister(self.stop)
        self._uvicorn.should_exit = True
        self._thread.join(_PATIENCE)
        self._socket.close()


def _bind(host: str, port: int) -> socket.socket:
    # Only of a socket that names its protocol does asyncio switch off the delay of small packets,
    # without which each answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise SandboxError(
            f"Port {port} on {host} cannot be used ({error}). Choose another, or 0 for a free one."
        ) from error
    return listener
