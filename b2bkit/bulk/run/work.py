"""One process's work on a run, from the first open batch to the files at the end.

It lives on an event loop of its own; `Run` is its face to the outside.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from b2bkit.bulk.errors import LedgerProblem
from b2bkit.bulk.run.canary import Canary, Watch
from b2bkit.bulk.run.control import Control
from b2bkit.bulk.run.counts import Counts
from b2bkit.bulk.run.courier import Courier
from b2bkit.bulk.run.dispatch import TURN, Dispatch
from b2bkit.bulk.run.failed import write_failed
from b2bkit.bulk.run.flight import Flight
from b2bkit.bulk.run.folder import replace_file
from b2bkit.bulk.run.pacing import Pace
from b2bkit.bulk.run.records import Records
from b2bkit.bulk.run.report import Report, Speed
from b2bkit.bulk.run.settling import Settling
from b2bkit.bulk.run.supply import Supply
from b2bkit.bulk.run.traffic import Traffic
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from b2bkit.bulk.batch import Batch
    from b2bkit.bulk.planned import Plan
    from b2bkit.bulk.run.folder import Folder, Lock
    from b2bkit.bulk.run.ledger import Ledger
    from b2bkit.bulk.run.report import Phase
    from b2bkit.bulk.run.settings import Settings
    from b2bkit.client import Client

_REPORT_EVERY = 1.0
"""Seconds between two reports."""
_LISTEN_EVERY = 0.02
"""Seconds between two looks whether somebody has decided about the canary."""
_UNKNOWN_RATE = 250_000, 3_600
"""Where Braze names no rate: that of its default pool, which most endpoints share."""


class Work:
    """Work on a run.

    Args:
        plan: What to send.
        client: Where to, and with which key.
        folder: Where everything is kept.
        lock: Keeps others out of the folder; released at the end.
        ledger: What is known of every row; closed at the end.
        settings: How it is to go.
    """

    def __init__(
        self,
        plan: Plan,
        client: Client,
        folder: Folder,
        lock: Lock,
        ledger: Ledger,
        settings: Settings,
    ) -> None:
        self._plan, self._client, self.folder = plan, client, folder
        self._lock, self._ledger, self._settings = lock, ledger, settings
        self._times, patience = settings.times, settings.patience
        facts = ledger.facts()
        requests, self._seconds_before = (
            int(facts.get("requests", 0)),
            float(facts.get("seconds", 0)),
        )
        self.counts = Counts.of(plan.rows, plan.unchanged, ledger.rows(), requests)
        self.control = Control()
        self.canary: Canary | None = None
        self._ended = False
        self._speed = Speed()
        self._began, self._rows_per_second = self._times.timer(), 0.0
        self._lanes = client.lanes()
        self._courier = Courier(client, self._lanes)
        self._supply = Supply(plan.batches(ledger.first_open_batch()), ledger)
        pace, flight = _pace(plan, settings), Flight(settings.max_in_flight, TURN)
        self._traffic = Traffic(pace, flight, patience, self._times)
        settling = Settling(
            ledger, self.counts, patience, self._times,
            on_accepted=self._remember, on_ended=self._supply.ended,
        )  # fmt: skip
        self._dispatch = Dispatch(
            client, self._supply, self._courier, settling, self._traffic, ledger, self._times,
            self.control, settings.stop_at,
        )  # fmt: skip

    async def run(self) -> Report:
        """Send all that is open, write the files, and say how it ended."""
        keeper = asyncio.get_running_loop().create_task(self._keep_report())
        try:
            if self._settings.canary:
                await self._send_canary()
            await self._dispatch.run()
        except BaseException as error:
            self.control.stop(f"Something broke here: {type(error).__name__}.")
            raise
        finally:
            keeper.cancel()
            await self._dispatch.abandon()
            await self._supply.aclose()
            await self._lanes.aclose()
            await asyncio.to_thread(self._finish)
        return self.report()

    def report(self) -> Report:
        """Say how far it is; may be asked from any thread."""
        counts, speed = self.counts, self._rows_per_second
        phase = self._phase()
        going = phase == "running" and speed > 0
        return Report(
            state=phase,
            rows=counts.rows,
            accepted=counts.accepted,
            refused=counts.refused,
            unknown=counts.unknown,
            not_sent=counts.not_sent,
            in_flight=counts.in_flight,
            requests=counts.requests,
            seconds=round(self._seconds(), 3),
            rows_per_second=round(speed, 1),
            eta=round(counts.left / speed, 1) if going else None,
            limit=self._traffic.limit,
            note=self._note(),
        )

    async def _send_canary(self) -> None:
        """Send the first rows, and wait until somebody has looked at what they did."""
        watch = Watch(self._client, self._settings.canary, self._times.sleep)
        self._supply.only_first(watch.rows)
        try:
            await watch.look_before(self._plan.batches())
            await self._dispatch.run()
            self.canary = await watch.look_after(self.counts.accepted)
        except B2bkitError as error:
            self.control.stop(str(error))
            return
        self.control.waiting = True
        while not (self.control.decided or self.control.stopped):
            await self._times.sleep(_LISTEN_EVERY)
        self.control.waiting = False
        self._supply.only_first(None)

    async def _keep_report(self) -> None:
        while True:
            self._rows_per_second = self._speed.note(self._times.timer(), self.counts)
            self._ledger.note(requests=self.counts.requests, seconds=self._seconds())
            await asyncio.to_thread(self._write_report)
            await self._times.sleep(_REPORT_EVERY)

    def _finish(self) -> None:
        """Close everything, and write the files that a person looks at."""
        if not self.control.stopped and self.counts.left:
            left = f"{self.counts.left:,} rows could not be sent"
            self.control.stop(f"{left}. Resume the run to try them again.")
        self._ended, is_done = True, not self.control.stopped
        self._ledger.note(requests=self.counts.requests, seconds=self._seconds(), done=is_done)
        with suppress(LedgerProblem):
            self._ledger.commit()
        self._ledger.close()
        if self._plan.changes is not None and is_done:
            with suppress(sqlite3.Error):  # what is not remembered is sent again, no more
                self._plan.changes.finish()
        try:
            records, plan = Records(self.folder.ledger), self._plan
            write_failed(self.folder, records, plan.source, plan.rows, {plan.UNCHANGED})
        except (B2bkitError, OSError) as error:
            self.control.stopped += f" The rows that failed could not be written: {error}"
        self._write_report()
        self._lock.release()

    def _write_report(self) -> None:
        written = json.dumps(self.report().as_json(), indent=1).encode()
        with suppress(OSError):  # a full disk is the ledger's to tell
            replace_file(self.folder.report, [written, b"\n"])

    def _remember(self, batch: Batch) -> None:
        if self._plan.changes is not None:
            self._plan.changes.note(batch)

    def _phase(self) -> Phase:
        if self._ended:
            return "stopped" if self.control.stopped else "done"
        if self.control.waiting:
            return "canary"
        return "paused" if self.control.paused else "running"

    def _note(self) -> str:
        if self.control.stopped:
            return self.control.stopped
        return "" if self._ended else self._traffic.waits_for

    def _seconds(self) -> float:
        return self._seconds_before + self._times.timer() - self._began


def _pace(plan: Plan, settings: Settings) -> Pace:
    times = settings.times
    if settings.rate:
        return Pace(*settings.rate, at_most=True, timer=times.timer, clock=times.clock)
    rate = plan.rate
    known = rate is not None and rate.requests and rate.seconds
    requests, seconds = (rate.requests, rate.seconds) if rate and known else _UNKNOWN_RATE
    return Pace(requests or 1, seconds or 1, timer=times.timer, clock=times.clock)
