"""One workspace of the sandbox: profiles, keys, log, clock, queue, feed, and what follows what.

What an endpoint does is its own matter; here its reply is logged and its work done, at once or
later. HTTP is in `rest`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Identifier, Profile, TrackLimits, type_of
from b2bkit.profiles.dates import write_moment
from b2bkit.sandbox.applying import new_braze_id
from b2bkit.sandbox.endpoint import Call, Handler, Outcome, Reply
from b2bkit.sandbox.feed import Feed
from b2bkit.sandbox.keys import Keys
from b2bkit.sandbox.log import Entry, Log
from b2bkit.sandbox.queue import Queue
from b2bkit.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Workspace:
    """Hold what one sandbox knows.

    Args:
        keys: The API keys.
        store: The profiles.
        queue: What is accepted and not applied yet.
        limits: How many objects `/users/track` takes.
        clock: Gives the current time, with a zone.
    """

    def __init__(
        self,
        *,
        keys: Keys | None = None,
        store: Store | None = None,
        queue: Queue | None = None,
        limits: TrackLimits | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.keys = keys or Keys()
        self.store = store or Store()
        self.queue = queue or Queue()
        self.limits = limits or TrackLimits()
        self.clock = clock
        self.log = Log()
        self.feed = Feed()
        self.lock = RLock()

    def answer(
        self,
        method: str,
        path: str,
        handler: Handler,
        body: Any,
        *,
        parts: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Reply:
        """Have an endpoint answer a request, log it, and do or queue the work."""
        with self.lock:
            self.settle()
            now = self.clock()
            call = Call(self.store, now, body, parts or {}, query or {}, self.limits)
            reply = handler(call)
            entry = self.record(method, path, reply, now)
            if reply.done:
                self._close(entry, reply.done)
            if reply.work:
                self.queue.put(now, reply.work, entry)
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
                self._close(job.entry, job.work(self.store, now))

    def reset(self) -> None:
        """Empty profiles, queue and log."""
        with self.lock:
            self.queue.clear()
            self.store.clear()
            self.store.commit()
            self.log.clear()

    def put_user(self, exported: Mapping[str, Any], *, keep_known: bool = False) -> None:
        """Add a user in the shape of an export, or replace the one with the same identifier.

        With `keep_known` a user who is there already stays as it is.

        This is a hand on the state, not a request: no rule of Braze's is applied, and the types of
        the custom attributes become those of the values given.

        Raises:
            ValueError: If it has not that shape.
        """
        profile = Profile.from_export(exported)
        with self.lock:
            known = self._known(profile)
            if known and keep_known:
                return
            profile = replace(
                profile,
                braze_id=profile.braze_id or (known.braze_id if known else new_braze_id()),
                created_at=profile.created_at or write_moment(self.clock()),
            )
            if known:
                self.store.remove(known)
            self.store.put(profile)
            custom = profile.custom_attributes.items()
            self.store.learn({name: type_of(value) for name, value in custom})
            self.store.commit()

    def _close(self, entry: Entry, outcome: Outcome) -> None:
        self.store.commit()
        entry.applied += outcome.applied
        entry.dropped += tuple(outcome.dropped)
        for happening in outcome.happenings:
            self.feed.tell(happening)

    def _known(self, profile: Profile) -> Profile | None:
        identifiers = [Identifier("braze_id", profile.braze_id)]
        if profile.external_id is not None:
            identifiers.append(Identifier("external_id", profile.external_id))
        identifiers += [Identifier("user_alias", n, label) for label, n in profile.aliases.items()]
        return next(filter(None, map(self.store.find, identifiers)), None)
