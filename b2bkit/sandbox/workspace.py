"""One workspace of the sandbox: profiles, keys, log, clock, queue, feed, and what follows what.

What an endpoint does is its own matter; here its reply is logged and its work done, at once or
later. HTTP is in `rest`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING

from b2bkit.profiles import TrackLimits
from b2bkit.profiles.dates import write_moment
from b2bkit.sandbox.calls import Call, Handler, Incoming, Outcome, Reply
from b2bkit.sandbox.endpoints.groups import Groups
from b2bkit.sandbox.endpoints.registry import find
from b2bkit.sandbox.faults import Faults
from b2bkit.sandbox.feed import Feed, Replaced
from b2bkit.sandbox.flows import Flows
from b2bkit.sandbox.keys import Keys
from b2bkit.sandbox.log import Entry, Log
from b2bkit.sandbox.queue import Queue
from b2bkit.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.sandbox.disk import Disk
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
            reply = handler(self._call(request, now))
            entry = self.record(request.method, request.path, reply, now)
            if reply.done:
                self._close(entry, reply.done, request.cause)
            if reply.work and at_once:
                self._close(entry, reply.work(self.store, now), request.cause)
            elif reply.work:
                kept = self.store.keep_request(request) if self.queue.delay else 0
                self.queue.put(now, reply.work, entry, cause=request.cause, kept=kept)
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
                if job.kept:
                    self.store.forget_request(job.kept)
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
            self.feed.tell([Replaced(self.clock())])

    def keep_in(self, disk: Disk) -> None:
        """Hold what a file holds instead, keep it there, and go on with what was not applied."""
        with self.lock:
            self.store.keep_in(disk)
            for number, request in disk.requests():
                self._take_up(request, number)
            self.settle()

    def _take_up(self, request: Incoming, number: int) -> None:
        """Queue the work of a request that was answered before the process ended."""
        found = find(request.method, request.path)
        now = self.clock()
        if found is None:
            return
        reply = replace(found[1](self._call(request, now)), note="taken up after a restart")
        if reply.work:
            entry = self.record(request.method, request.path, reply, now)
            self.queue.put(now, reply.work, entry, cause=request.cause, kept=number)

    def _call(self, request: Incoming, now: datetime) -> Call:
        return Call(request, now, self.store, self.limits, self.groups, self.flows)

    def _close(self, entry: Entry, outcome: Outcome, cause: str) -> None:
        self.store.commit()
        entry.applied += outcome.applied
        entry.dropped += tuple(outcome.dropped)
        self.feed.tell(outcome.happenings, cause)
