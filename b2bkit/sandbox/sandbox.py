"""The face of the sandbox: start it, look into it, end it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from b2bkit.braze.limits import TRACK_OBJECTS_LEGACY
from b2bkit.profiles import Identifier, TrackLimits
from b2bkit.sandbox.calls import Incoming
from b2bkit.sandbox.disk import Disk
from b2bkit.sandbox.endpoints.track import track
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.flows import Flows
from b2bkit.sandbox.inside import Inside
from b2bkit.sandbox.keys import ALL, Keys
from b2bkit.sandbox.limiter import Dialect, Limiter, Rate
from b2bkit.sandbox.queue import Queue
from b2bkit.sandbox.rest import make_app
from b2bkit.sandbox.seeds import Source, read_seed
from b2bkit.sandbox.server import HOST, Server
from b2bkit.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from b2bkit.profiles import Event, Profile, Purchase, Type
    from b2bkit.sandbox.faults import Fault
    from b2bkit.sandbox.feed import Feed

_LEGACY = TrackLimits(together=None, each=TRACK_OBJECTS_LEGACY)


def _now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A Braze to practise on: its REST API on this machine, with made-up keys and users.

    Args:
        seed: Users to begin with: `{"users": [...]}` in the shape of `/users/export/ids`, the path
            of a JSON file that holds it, or of a folder of JSON and CSV files. Users that `db`
            brings along stay as they are.
        db: Path of an SQLite file to keep the state in; in memory without it.
        keys: Key name -> permissions. The key `all`, with every permission, is always there.
        port: The port; 0 takes a free one.
        host: The address to serve on. Any other than the default can be reached from outside this
            machine, by anybody who can reach it.
        processing_delay: Milliseconds between a 201 and its application; 0 applies at once.
        unordered: Seed of the order in which delayed requests are applied; `None` keeps theirs.
        rate_limit: Limit of `/users/track`, such as `3000/3` (requests/seconds); the other
            endpoints then have their documented limits. Off without it.
        rate_dialect: `epoch` or `seconds`: how the rate limit headers say when a window ends.
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
        seed: Source = None,
        db: str | Path | None = None,
        keys: Mapping[str, Iterable[str]] | None = None,
        port: int = 0,
        host: str = HOST,
        processing_delay: float = 0,
        unordered: int | None = None,
        rate_limit: str | None = None,
        rate_dialect: Dialect = "epoch",
        legacy_limits: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._workspace = Workspace(
            keys=Keys(keys),
            queue=Queue(processing_delay, unordered),
            limits=_LEGACY if legacy_limits else TrackLimits(),
            limiter=Limiter(Rate.read(rate_limit), rate_dialect) if rate_limit else None,
            clock=clock,
        )
        self._inside = Inside(self._workspace)
        self._address = host, port
        self._server: Server | None = None
        self.app = make_app(self._workspace)
        self._db = None if db is None else Path(db)
        self._is_open = False
        read = read_seed(seed)
        self._open()
        self._inside.put_catalogs(read.catalogs, keep_known=True)
        for user in read.users:
            self._inside.put_user(user, keep_known=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = self._server.url if self._server else "not running"
        return f"<Sandbox {state}, {len(self._workspace.store)} profiles>"

    def start(self) -> Self:
        """Begin to serve; does nothing while it is running.

        Raises:
            SandboxError: If the port is taken, or `db` is in use.
        """
        if self._server is None:
            self._open()
            self._server = Server(self.app, *self._address)
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
        return self._inside.read_log()

    @property
    def clock(self) -> Callable[[], datetime]:
        """Give the clock; another one can be set, which then rules everything."""
        return self._workspace.clock

    @clock.setter
    def clock(self, clock: Callable[[], datetime]) -> None:
        self._workspace.clock = clock

    @property
    def feed(self) -> Feed:
        """Give the feed of what was applied and triggered."""
        return self._workspace.feed

    def profile(self, external_id: str) -> dict[str, Any] | None:
        """Give a profile as `GET /_sandbox/profiles/{external_id}` does; `None` if unknown."""
        return self._inside.view(external_id)

    def profiles(self) -> list[dict[str, Any]]:
        """Give all profiles, in order of creation."""
        return self._inside.views()

    def find(
        self, *, external_id: str | None = None, braze_id: str | None = None
    ) -> Profile | None:
        """Find a profile as a value, by its external id or its Braze id."""
        identifier = (
            Identifier("external_id", external_id)
            if external_id is not None
            else Identifier("braze_id", braze_id or "")
        )
        with self._workspace.lock:
            self._workspace.settle()
            return self._workspace.store.find(identifier)

    def find_all(self) -> list[Profile]:
        """Give all profiles as values, in order of creation."""
        with self._workspace.lock:
            self._workspace.settle()
            return list(self._workspace.store)

    def events(self, profile: Profile) -> tuple[Event, ...]:
        """Give the single events of a profile, oldest first."""
        return self._workspace.store.events(profile)

    def purchases(self, profile: Profile) -> tuple[Purchase, ...]:
        """Give the single purchases of a profile, oldest first."""
        return self._workspace.store.purchases(profile)

    def track(self, body: Mapping[str, Any], *, cause: str = "") -> Mapping[str, Any]:
        """Apply the body of a `/users/track` request at once, without HTTP, key and dials.

        This is how what happens in an app arrives, and what a Canvas' User Update step writes.

        Args:
            body: The body.
            cause: A token that what it leads to carries in the feed.

        Returns:
            The body of the answer.
        """
        incoming = Incoming("POST", "/users/track", body, cause=cause)
        return self._workspace.answer(incoming, track, at_once=True).body

    def expect_flows(
        self, *, campaigns: Iterable[str] | None = None, canvases: Iterable[str] | None = None
    ) -> None:
        """Say which campaigns and Canvases there are; triggers of others are then refused.

        Args:
            campaigns: Campaign ids; `None` takes any.
            canvases: Canvas ids; `None` takes any.
        """
        self._workspace.flows = Flows(
            None if campaigns is None else frozenset(campaigns),
            None if canvases is None else frozenset(canvases),
        )

    def put_user(self, user: Mapping[str, Any]) -> None:
        """Add a user in the shape of `/users/export/ids`, or replace the one with its identifier.

        Raises:
            SandboxError: If it has not that shape.
        """
        self._inside.put_user(user)

    def put_catalog(self, name: str, items: Iterable[Mapping[str, Any]]) -> None:
        """Add or replace a catalog; its fields are those of the items.

        Raises:
            SandboxError: If an item has no text `id`.
        """
        self._inside.put_catalogs({name: list(items)})

    def catalog(self, name: str) -> list[dict[str, Any]] | None:
        """Give the items of a catalog; `None` if there is none of that name."""
        return self._inside.catalogs().get(name)

    def force_types(self, types: Mapping[str, Type]) -> None:
        """Force types of custom attributes, as Braze's dashboard can.

        Raises:
            SandboxError: If one is no type of Braze's.
        """
        self._inside.force_types(types)

    def set_faults(self, faults: Sequence[Fault | Mapping[str, Any]]) -> None:
        """Replace all faults, as `PUT /_sandbox/faults` does; an empty list ends them.

        Raises:
            SandboxError: If one is no fault; the faults are then as they were.
        """
        self._workspace.faults.set(faults)

    def next_due(self) -> datetime | None:
        """Say when queued work is due next; `None` when there is none."""
        return self._workspace.queue.next_due

    def settle(self) -> None:
        """Apply what is due by the clock; a running server does so by itself."""
        self._workspace.settle()

    def snapshot(self) -> dict[str, Any]:
        """Take the state of profiles, catalogs and types, as JSON."""
        return self._inside.snapshot()

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Bring back a state that `snapshot` took.

        Raises:
            SandboxError: If it is none; the state is then as it was.
        """
        self._inside.restore(snapshot)

    def reset(self) -> None:
        """Empty profiles, faults, log and limits; keys and forced types stay."""
        self._workspace.reset()

    def _open(self) -> None:
        if self._db is not None and not self._is_open:
            self._workspace.keep_in(Disk(self._db))
            self._is_open = True
