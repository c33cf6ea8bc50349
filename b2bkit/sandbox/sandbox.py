"""The face of the sandbox: start it, look into it, end it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from b2bkit.profiles import Identifier
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.keys import ALL
from b2bkit.sandbox.rest import make_app
from b2bkit.sandbox.server import Server
from b2bkit.sandbox.views import profile_view
from b2bkit.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType


class Sandbox:
    """A Braze to practise on: its REST API on this machine, with made-up keys and users.

    Args:
        seed: Users to begin with: `{"users": [...]}` in the shape of `/users/export/ids`, or the
            path of a JSON file that holds it.
        db: Path of an SQLite file to keep the state in; in memory without it.
        keys: Key name -> permissions. The key `all`, with every permission, is always there.
        port: The port on 127.0.0.1; 0 takes a free one.

    Example:
        >>> with Sandbox(seed={"users": [{"external_id": "ada"}]}) as braze:
        ...     braze.profile("ada")["external_id"]
        'ada'
    """

    def __init__(
        self,
        *,
        seed: Mapping[str, Any] | str | Path | None = None,
        db: str | Path | None = None,
        keys: Mapping[str, Iterable[str]] | None = None,
        port: int = 0,
    ) -> None:
        if db is not None:
            raise SandboxError("db is not there yet")
        self._workspace = Workspace(keys)
        self._port = port
        self._server: Server | None = None
        self.app = make_app(self._workspace)
        for user in _users(seed):
            self.put_user(user)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Serve on loopback; does nothing while it is running."""
        if self._server is None:
            self._server = Server(self.app, self._port)
        return self

    def stop(self) -> None:
        """End the server; the state stays readable."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def url(self) -> str:
        """Give the address, such as `http://127.0.0.1:54321`.

        Raises:
            SandboxError: If it is not running.
        """
        if self._server is None:
            raise SandboxError("The sandbox is not running: call start(), or use it in a with.")
        return self._server.url

    @property
    def key(self) -> str:
        """Give the key that has every permission."""
        return self.keys[ALL]

    @property
    def keys(self) -> dict[str, str]:
        """Give the keys by name."""
        return dict(self._workspace.keys.texts)

    @property
    def log(self) -> list[dict[str, Any]]:
        """Give the log, oldest first, as `GET /_sandbox/log` does."""
        return self._workspace.log.as_json()

    def profile(self, external_id: str) -> dict[str, Any] | None:
        """Give a profile as `GET /_sandbox/profiles/{external_id}` does; `None` if unknown."""
        with self._workspace.lock:
            store = self._workspace.store
            found = store.find(Identifier("external_id", external_id))
            return profile_view(store, found) if found else None

    def profiles(self) -> list[dict[str, Any]]:
        """Give all profiles, in order of creation."""
        with self._workspace.lock:
            store = self._workspace.store
            return [profile_view(store, each) for each in store]

    def put_user(self, user: Mapping[str, Any]) -> None:
        """Add a user in the shape of `/users/export/ids`, or replace the one with its identifier.

        Raises:
            SandboxError: If it has not that shape.
        """
        try:
            self._workspace.put_user(user)
        except ValueError as error:
            raise SandboxError(f"This user cannot be put into the sandbox. {error}") from error

    def reset(self) -> None:
        """Empty profiles and log; keys stay."""
        self._workspace.reset()

    def __repr__(self) -> str:
        state = self._server.url if self._server else "not running"
        return f"<Sandbox {state}, {len(self._workspace.store)} profiles>"


def _users(seed: Mapping[str, Any] | str | Path | None) -> list[Mapping[str, Any]]:
    if seed is None:
        return []
    if isinstance(seed, (str, Path)):
        try:
            seed = json.loads(Path(seed).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SandboxError(f"The seed {seed} cannot be read: {error}") from error
    users = seed.get("users") if isinstance(seed, dict) else None
    if not isinstance(users, list) or not all(isinstance(each, dict) for each in users):
        raise SandboxError('A seed is an object {"users": [...]} of users as Braze exports them.')
    return users
