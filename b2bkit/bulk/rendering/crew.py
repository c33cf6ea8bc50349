"""Workers that render blocks side by side, and hand them back in order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from itertools import chain, cycle, islice
from typing import IO, TYPE_CHECKING, cast

from b2bkit.bulk.errors import BulkError
from b2bkit.bulk.rendering.block import Job, Rendered, render_block
from b2bkit.bulk.rendering.row import RowRenderer
from b2bkit.bulk.rendering.worker import receive, send

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bkit.bulk.rendering.setup import Setup

MOST_WORKERS = 2
"""Workers at most: each takes some 45 MB."""


def render_all(setup: Setup, jobs: Iterable[Job], workers: int | None = None) -> Iterator[Rendered]:
    """Render jobs, in order: here if there is only one, else by workers.

    Args:
        setup: What all rows have in common.
        jobs: The rows.
        workers: How many workers; `None` for as many as there are processors, 0 for none.

    Raises:
        BulkError: If a worker ends before its time.
    """
    jobs = iter(jobs)
    first = list(islice(jobs, 2))
    workers = min(MOST_WORKERS, _processors()) if workers is None else workers
    if len(first) < 2 or not workers:
        renderer = RowRenderer(setup)
        yield from (render_block(renderer, job) for job in chain(first, jobs))
        return
    crew = [_Worker(setup) for _ in range(workers)]
    try:
        yield from _in_turn(crew, chain(first, jobs))
    finally:
        for worker in crew:
            worker.end()


def _in_turn(crew: list[_Worker], jobs: Iterable[Job]) -> Iterator[Rendered]:
    """Give each worker one job at a time, and take the results in the order of the jobs."""
    busy: deque[_Worker] = deque()
    for worker, job in zip(cycle(crew), jobs, strict=False):
        done = busy.popleft().take() if len(busy) == len(crew) else None
        worker.give(job)
        busy.append(worker)
        if done is not None:
            yield done
    while busy:
        yield busy.popleft().take()


class _Worker:
    """A process that renders.

    Args:
        setup: What all rows have in common.
    """

    def __init__(self, setup: Setup) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "b2bkit.bulk.rendering.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could show cells
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                "PYTHONHASHSEED": "0",  # all workers give a profile the same number
            },
        )
        self._jobs = cast("IO[bytes]", self._process.stdin)
        self._results = cast("IO[bytes]", self._process.stdout)
        self._send(setup)

    def give(self, job: Job) -> None:
        """Give it a job; it must not have one."""
        self._send(job)

    def take(self) -> Rendered:
        """Wait for what its job became.

        Raises:
            BulkError: If it failed.
        """
        try:
            found = receive(self._results)
        except EOFError:
            raise BulkError(_GONE) from None
        if isinstance(found, Rendered):
            return found
        raise BulkError(f"Rendering failed in a way it should not ({found}). {_REPORT}")

    def end(self) -> None:
        """Let it end, and wait until it has."""
        for pipe in (self._jobs, self._results):
            try:
                pipe.close()
            except OSError:  # what was not yet written is not wanted any more
                continue
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, message: object) -> None:
        try:
            send(self._jobs, message)
        except OSError:
            raise BulkError(_GONE) from None


_REPORT = "Please report it with the webhook and one made-up row."
_GONE = "A process that rendered rows ended before its time; it may have run out of memory."


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
