"""The face of the sandbox: start it, look into it, end it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from b2bkit.braze.limits import TRACK_OBJECTS_LEGACY
from b2bkit.profiles import Identifier, TrackLimits
from b2bkit.sandbox.disk import Disk
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.keys import ALL, Keys
from b2bkit.sandbox.queue import Queue
from b2bkit.sandbox.rest import make_app
from b2bkit.sandbox.seeds import read_users
from b2bkit.sandbox.server import Server
from b2bkit.sandbox.views import profile_view
from b2bkit.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

_LEGACY = TrackLimits(together=None, each=TRACK_OBJECTS_LEGACY)


def _now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A Braze to practise on: its REST API on this machine, with made-up keys and users.

    Args:
        seed: Users to begin with: `{"users": [...]}` in the shape of `/users/export/ids`, or the
            path of a JSON file that holds it.
            Users that `db` brings along already stay as they are.
        db: Path of an SQLite file to keep the state in; in memory without it.
        keys: Key name -> permissions. The key `all`, with every permission, is always there.
        port: The port on 127.0.0.1; 0 takes a free one.
        processing_delay: Milliseconds between a 201 and its application; 0 applies at once.
        unordered: Seed of the order in which delayed requests are applied; `None` keeps theirs.
        legacy_limits: Whether `/users/track` takes 75 objects per array instead of 75 together.
        clock: Gives the current time, with a zone.

    Raises:
        SandboxError: If one of these cannot be used; the message says which, and what to do.

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
        processing_delay: float = 0,
        unordered: int | None = None,
        legacy_limits: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._workspace = Workspace(
            keys=Keys(keys),
            queue=Queue(processing_delay, unordered),
            limits=_LEGACY if legacy_limits else TrackLimits(),
            clock=clock,
        )
        self._port = port
        self._server: Server | None = None
        self.app = make_app(self._workspace)
        self._is_open = False
        self._db = None if db is None else Path(db)
        users = read_users(seed)
        self._open()
        for user in users:
            self._put(user, keep_known=True)

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
            self._open()
            self._server = Server(self.app, self._port)
        return self

    def stop(self) -> None:
        """End the server and let go of `db`; the state stays readable."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        with self._workspace.lock:
            self._workspace.store.let_go()
        self._is_open = False

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
            self._workspace.settle()
            store = self._workspace.store
            found = store.find(Identifier("external_id", external_id))
            return profile_view(store, found) if found else None

    def profiles(self) -> list[dict[str, Any]]:
        """Give all profiles, in order of creation."""
        with self._workspace.lock:
            self._workspace.settle()
            store = self._workspace.store
            return [profile_view(store, each) for each in store]

    def put_user(self, user: Mapping[str, Any]) -> None:
        """Add a user in the shape of `/users/export/ids`, or replace the one with its identifier.

        Raises:
            SandboxError: If it has not that shape.
        """
        self._put(user)

    def reset(self) -> None:
        """Empty profiles and log; keys stay."""
        self._workspace.reset()

    def _put(self, user: Mapping[str, Any], *, keep_known: bool = False) -> None:
        try:
            self._workspace.put_user(user, keep_known=keep_known)
        except ValueError as error:
            raise SandboxError(f"This user cannot be put into the sandbox: {error}") from error

    def _open(self) -> None:
        if self._db is not None and not self._is_open:
            with self._workspace.lock:
                self._workspace.store.keep_in(Disk(self._db))
            self._is_open = True

    def __repr__(self) -> str:
        state = self._server.url if self._server else "not running"
        return f"<Sandbox {state}, {len(self._workspace.store)} profiles>"
