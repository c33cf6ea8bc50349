"""One workspace of the sandbox: profiles, keys, log, clock, queue, feed, and what follows what.

What an endpoint does is its own matter; here its reply is logged and its work done, at once or
later. HTTP is in `rest`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Identifier, Profile, TrackLimits, type_of
from b2bkit.profiles.dates import write_moment
from b2bkit.profiles.types import TYPES
from b2bkit.sandbox.calls import Call, Handler, Incoming, Outcome, Reply
from b2bkit.sandbox.catalogs import read_catalogs, write_catalogs
from b2bkit.sandbox.endpoints.groups import Groups
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.faults import Faults
from b2bkit.sandbox.feed import Feed, Replaced
from b2bkit.sandbox.flows import Flows
from b2bkit.sandbox.keys import Keys
from b2bkit.sandbox.log import Entry, Log
from b2bkit.sandbox.queue import Queue
from b2bkit.sandbox.seeds import read_seed
from b2bkit.sandbox.state import restore_state, write_state
from b2bkit.sandbox.store import Store
from b2bkit.sandbox.views import profile_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.sandbox.limiter import Limiter


class Workspace:
    """Hold what one sandbox knows.

    Args:
        keys: The API keys.
        queue: What is accepted and not applied yet.
        limits: How many objects `/users/track` takes.
        limiter: Counts requests against rate limits; nobody does without it.
        clock: Gives the current time, with a zone.
    """

    def __init__(
        self,
        *,
        keys: Keys | None = None,
        queue: Queue | None = None,
        limits: TrackLimits | None = None,
        limiter: Limiter | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.keys = keys or Keys()
        self.store = Store()
        self.queue = Queue() if queue is None else queue
        self.limits = limits or TrackLimits()
        self.clock = clock
        self.limiter = limiter
        self.faults = Faults()
        self.groups = Groups()
        self.flows = Flows()
        self.log = Log()
        self.feed = Feed()
        self.lock = RLock()

    def answer(self, request: Incoming, handler: Handler, *, at_once: bool = False) -> Reply:
        """Have an endpoint answer a request, log it, and queue the work, or do it at once."""
        with self.lock:
            self.settle()
            now = self.clock()
            reply = handler(Call(request, now, self.store, self.limits, self.groups, self.flows))
            entry = self.record(request.method, request.path, reply, now)
            if reply.done:
                self._close(entry, reply.done, request.cause)
            if reply.work and at_once:
                self._close(entry, reply.work(self.store, now), request.cause)
            elif reply.work:
                self.queue.put(now, reply.work, entry, request.cause)
                self.settle()
        return reply

    def record(self, method: str, path: str, reply: Reply, now: datetime | None = None) -> Entry:
        """Write a reply into the log."""
        time = write_moment(now or self.clock())
        entry = Entry(time, method, path, reply.status, note=reply.note)
        self.log.add(entry)
        return entry

    def settle(self) -> None:
        """Apply what is due."""
        with self.lock:
            now = self.clock()
            for job in self.queue.take_due(now):
                self._close(job.entry, job.work(self.store, now), job.cause)

    def reset(self) -> None:
        """Empty profiles, queue, faults, log, and begin the windows of rate limits anew."""
        with self.lock:
            self.queue.clear()
            self.groups.clear()
            self.faults.set([])
            if self.limiter:
                self.limiter.clear()
            self.store.clear()
            self.store.commit()
            self.log.clear()
            self._tell_replaced()

    def view(self, external_id: str) -> dict[str, Any] | None:
        """Show a profile; `None` if there is none with this external id."""
        with self.lock:
            self.settle()
            found = self.store.find(Identifier("external_id", external_id))
            return profile_view(self.store, found) if found else None

    def views(self) -> list[dict[str, Any]]:
        """Show all profiles, in order of creation."""
        with self.lock:
            self.settle()
            return [profile_view(self.store, profile) for profile in self.store]

    def read_log(self) -> list[dict[str, Any]]:
        """Show the log, oldest first."""
        with self.lock:
            self.settle()
            return self.log.as_json()

    def snapshot(self) -> dict[str, Any]:
        """Take the state of profiles and types, as JSON."""
        with self.lock:
            self.settle()
            return write_state(self.store)

    def restore(self, state: Any) -> None:
        """Bring back a state that `snapshot` took; what is queued is forgotten.

        Raises:
            SandboxError: If it is none; the state is then as it was.
        """
        with self.lock:
            self.queue.clear()
            restore_state(self.store, state)
            self._tell_replaced()

    def force_types(self, types: Any) -> None:
        """Force types of attributes, as the dashboard can.

        Raises:
            SandboxError: If it is no object of attribute names and types.
        """
        if not isinstance(types, Mapping) or not all(each in TYPES for each in types.values()):
            raise SandboxError(
                'Types are an object such as {"visits": "number"}; the types are '
                f"{', '.join(TYPES)}."
            )
        with self.lock:
            self.store.force(types)
            self.store.commit()

    def put_users(self, seed: Any) -> None:
        """Add or replace users: `{"users": [...]}` in the shape of an export; catalogs too.

        Raises:
            SandboxError: If it has not that shape; users before the one at fault are put.
        """
        read = read_seed(seed if isinstance(seed, Mapping) else {})
        self.put_catalogs(read.catalogs)
        for user in read.users:
            self.put_user(user)

    def put_catalogs(self, catalogs: Any, *, keep_known: bool = False) -> None:
        """Add or replace catalogs: `{"name": [item, ...]}`.

        With `keep_known` a catalog that is there already stays as it is.

        Raises:
            SandboxError: If one has not that shape; nothing is put then.
        """
        made = read_catalogs(catalogs)
        with self.lock:
            known = self.store.catalogs if keep_known else {}
            self.store.put_catalogs(
                {name: catalog for name, catalog in made.items() if name not in known}
            )
            self.store.commit()

    def catalogs(self) -> dict[str, list[dict[str, Any]]]:
        """Show all catalogs."""
        with self.lock:
            self.settle()
            return write_catalogs(self.store.catalogs)

    def put_user(self, exported: Mapping[str, Any], *, keep_known: bool = False) -> None:
        """Add a user in the shape of an export, or replace the one with the same identifier.

        With `keep_known` a user who is there already stays as it is.

        This is a hand on the state, not a request: no rule of Braze's is applied, and the types of
        the custom attributes become those of the values given.

        Raises:
            SandboxError: If it has not that shape.
        """
        try:
            profile = Profile.from_export(exported)
        except ValueError as error:
            raise SandboxError(f"This user cannot be put into the sandbox: {error}") from error
        with self.lock:
            known = self._known(profile)
            if known and keep_known:
                return
            profile = replace(
                profile,
                braze_id=profile.braze_id
                or (known.braze_id if known else self.store.new_braze_id()),
                created_at=profile.created_at or write_moment(self.clock()),
            )
            if known:
                self.store.remove(known)
            self.store.put(profile)
            custom = profile.custom_attributes.items()
            self.store.learn({name: type_of(value) for name, value in custom})
            self.store.commit()
            self._tell_replaced(profile.braze_id)

    def _close(self, entry: Entry, outcome: Outcome, cause: str) -> None:
        self.store.commit()
        entry.applied += outcome.applied
        entry.dropped += tuple(outcome.dropped)
        self.feed.tell(outcome.happenings, cause)

    def _tell_replaced(self, braze_id: str | None = None) -> None:
        self.feed.tell([Replaced(self.clock(), braze_id)])

    def _known(self, profile: Profile) -> Profile | None:
        identifiers = [Identifier("braze_id", profile.braze_id)]
        if profile.external_id is not None:
            identifiers.append(Identifier("external_id", profile.external_id))
        identifiers += [Identifier("user_alias", n, label) for label, n in profile.aliases.items()]
        return next(filter(None, map(self.store.find, identifiers)), None)
