"""`Run`: a bulk update under way, seen and steered from outside its own event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from b2bkit.bulk.run.control import CANCELLED
from b2bkit.bulk.run.records import Records
from b2bkit.transport import Door

if TYPE_CHECKING:
    from collections.abc import Generator

    import pandas as pd

    from b2bkit.bulk.run.canary import Canary
    from b2bkit.bulk.run.folder import Folder
    from b2bkit.bulk.run.report import Report
    from b2bkit.bulk.run.states import Word
    from b2bkit.bulk.run.work import Work

_LOOK_EVERY = 0.05
"""Seconds between two looks at a run that is waited for; between them Ctrl-C is heard."""


class Run:
    """A bulk update under way: `plan.start(client, run_dir=...)` begins one.

    It goes on in the background, whether or not anybody waits for it, until it is done, stopped or
    its process ends; `b2bkit bulk resume` takes it up again then.

    Args:
        work: What is to be done.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._door = Door()
        self._future = self._door.start(work.run())
        self._future.add_done_callback(lambda _: self._door.close())

    def wait(self, timeout: float | None = None) -> Report:
        """Wait until it has ended, or its canary waits for a decision; give the report.

        Args:
            timeout: Seconds to wait at most; the report then says how far it is.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while not self._rests() and (until is None or time.monotonic() < until):
            time.sleep(_LOOK_EVERY)
        return self.report

    def __await__(self) -> Generator[None, None, Report]:
        """Wait like `wait`, and let others go on meanwhile: `report = await run`."""
        return self._wait().__await__()

    def pause(self) -> None:
        """Let nothing more leave until `resume`; what is on its way is answered still."""
        self._work.control.paused = True

    def resume(self) -> None:
        """Go on after a pause, or after looking at the canary."""
        self._work.control.paused = False
        self._work.control.decided = self._work.control.waiting

    def cancel(self) -> None:
        """Let nothing more leave, and end when what is on its way has been answered."""
        self._work.control.stop(CANCELLED)

    def abandon(self) -> None:
        """Cancel, and do not even wait for answers: what is on its way ends as unknown."""
        self.cancel()
        self._work.control.abandoned = True

    @property
    def report(self) -> Report:
        """Say how far it is, or how it ended.

        Raises:
            Exception: What broke in the run itself, if anything did.
        """
        if self._future.done():
            self._future.result()
        return self._work.report()

    @property
    def counts(self) -> dict[Word, int]:
        """Count the rows in each of the four states; the sum is always the file's."""
        report = self._work.report()
        return {
            "accepted": report.accepted,
            "refused": report.refused,
            "unknown": report.unknown,
            "not sent": report.not_sent,
        }

    @property
    def canary(self) -> Canary | None:
        """Give what the first rows did; `None` before that is known, or without a canary."""
        return self._work.canary

    @property
    def folder(self) -> Folder:
        """Name the files of the run."""
        return self._work.folder

    def results(
        self, state: Word | None = None, offset: int = 0, limit: int = 10_000
    ) -> pd.DataFrame:
        """Give a slice of the rows as a table, in the order of the file.

        Columns: `row` (from 1), `state`, `reason`, `request` (number of the batch in the plan),
        `time` (UTC). No cell of the file is in it.

        Args:
            state: Only rows in this state; `None` for all.
            offset: How many of them to leave out.
            limit: How many to give at most.
        """
        records = Records(self.folder.ledger)
        return records.frame(self._work.counts.rows, state, offset, limit)

    def _rests(self) -> bool:
        control = self._work.control
        return self._future.done() or (control.waiting and not control.decided)

    async def _wait(self) -> Report:
        while not self._rests():  # noqa: ASYNC110 - it goes on on another loop
            await asyncio.sleep(_LOOK_EVERY)
        return self.report

    def __repr__(self) -> str:
        return f"<Run {self._work.report()}>"

    def _repr_html_(self) -> str:
        return self._work.report()._repr_html_()
