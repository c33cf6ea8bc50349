"""What is known of every row, on disk: an SQLite file without any value or key in it.

A request is written down before its bytes leave, all that leave together in one transaction. That
survives the death of the process at any moment; that of the machine is out of scope, so nothing
waits for the disk. Each range of rows belongs to exactly one request; rows that no request has yet
are not in the file. Reading it for people lives in `records`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from b2bkit.bulk.errors import LedgerProblem
from b2bkit.bulk.run import schema
from b2bkit.bulk.run.spans import packed, without
from b2bkit.bulk.run.states import ENDED_IN_FLIGHT, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from b2bkit.bulk.run.parcel import Parcel

_Change = tuple[str, tuple[Any, ...]]


RuledOut = tuple[State, str, int, int]
"""State, reason, first row and last row."""


class Known(NamedTuple):
    """Say what the ledger knows of a part of a batch.

    Args:
        id: Its number in the ledger.
        first: Its first unit in the whole batch.
        last: The unit after its last.
        is_open: Whether it may still be sent.
        doubtful: Whether an earlier try may have been applied.
    """

    id: int
    first: int
    last: int
    is_open: bool
    doubtful: bool


class Ledger:
    """Write down what happens; changes are gathered, and written together by `commit`.

    Args:
        path: The file; it is made when it is not there.
        clock: Gives epoch seconds.
        max_pages: Pages the file may have at most, to try out a full disk.

    Raises:
        LedgerProblem: If it cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        max_pages: int | None = None,
    ) -> None:
        self._path, self._clock = path, clock
        self._settled: list[_Change] = []
        self._leaving: list[_Change] = []
        self._new: list[Parcel] = []
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = OFF")
            if max_pages is not None:
                self._db.execute(f"PRAGMA max_page_count = {max_pages}")
            if not self._number(schema.HAS_TABLES):
                self._db.executescript(schema.TABLES)
                self._db.execute(schema.FILL_RESERVE, (schema.RESERVE,))
            self._last_id = self._number(schema.LAST_ID)
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def facts(self) -> dict[str, Any]:
        """Give the facts about the run."""
        return {name: json.loads(value) for name, value in self._db.execute(schema.FACTS)}

    def note(self, **facts: Any) -> None:
        """Note facts about the run, as JSON."""
        for name, value in facts.items():
            self._settle(schema.NOTE_FACT, name, json.dumps(value))

    def begin_run(self, ruled_out: Iterable[RuledOut], **facts: Any) -> None:
        """Write down what is known before anything is sent, all of it or nothing.

        Args:
            ruled_out: Rows that will never be sent, each once.
            facts: Facts about the run.
        """
        requests: dict[tuple[State, str], int] = {}
        self.note(**facts)
        with self._transaction():
            for state, reason, first, last in ruled_out:
                if (state, reason) not in requests:
                    requests[state, reason] = request = self._new_id()
                    entry = (request, schema.RULED_OUT, None, None, 0, state, reason, self._clock())
                    self._db.execute(schema.ADD_REQUEST, entry)
                self._db.execute(schema.ADD_SPAN, (first, last, requests[state, reason]))
            for statement, values in self._settled:
                self._db.execute(statement, values)
        self._settled = []

    def plan_to_send(self, parcel: Parcel) -> None:
        """Note a parcel that will be sent, but not yet."""
        self._settled += self._first_entries(parcel, State.WAITING)

    def send(self, parcel: Parcel) -> None:
        """Note that a parcel is about to leave: it may do so after the next `commit`."""
        if parcel.id is None:
            self._new.append(parcel)
            self._leaving += self._first_entries(parcel, State.SENDING)
        else:
            self._leaving.append(
                (schema.CHANGE_REQUEST, (State.SENDING, None, self._clock(), parcel.id))
            )

    def end(self, parcel: Parcel, state: State, reason: str | None = None) -> None:
        """Note what became of a parcel that was sent."""
        self._settle(schema.CHANGE_REQUEST, state, reason, self._clock(), parcel.id)

    def refuse(self, parcel: Parcel, rows: Sequence[int], reason: str) -> None:
        """Note that some rows of an accepted parcel were refused."""
        self._move_spans(parcel, without(parcel.ranges, rows))
        request = self._new_id()
        entry = (request, parcel.batch.number, None, None, 0, State.REFUSED, reason, self._clock())
        self._settle(schema.ADD_REQUEST, *entry)
        self._settled += [(schema.ADD_SPAN, (*ends, request)) for ends in packed(rows)]

    def halve(self, parcel: Parcel, halves: Iterable[Parcel]) -> None:
        """Note that a parcel is replaced by its halves."""
        self.end(parcel, State.HALVED)
        self._move_spans(parcel, ())
        for half in halves:
            self.plan_to_send(half)

    def commit(self) -> None:
        """Write what was noted, all of it or nothing.

        Raises:
            LedgerProblem: If it cannot be written; it is kept for the next time.
        """
        if not self._settled and not self._leaving:
            return
        with self._transaction():
            for statement, values in (*self._settled, *self._leaving):
                self._db.execute(statement, values)
        self._settled, self._leaving, self._new = [], [], []

    def take_back(self) -> None:
        """Forget what was about to leave and could not be written: it does not leave."""
        for parcel in self._new:
            parcel.id = None
        self._leaving, self._new = [], []

    def make_room(self) -> None:
        """Give up the room that was kept for the case that the disk is full."""
        with suppress(sqlite3.Error):
            self._db.execute(schema.FREE_RESERVE)

    def settle_in_flight(self) -> None:
        """Call what was on its way when the process died unknown; for the next process."""
        self._settle(schema.SETTLE_IN_FLIGHT, ENDED_IN_FLIGHT)

    def first_open_batch(self) -> int:
        """Give the number of the first batch of which something may still be sent."""
        return self._number(schema.FIRST_OPEN_BATCH)

    def last_batch(self) -> int:
        """Give the number of the last batch that it knows; -1 if it knows none."""
        return self._number(schema.LAST_BATCH)

    def known(self, batch: int) -> list[Known]:
        """Give the parts of a batch that were sent or planned to be; none for a fresh batch."""
        return [
            Known(request, first, last, bool(is_open), bool(is_doubtful))
            for request, first, last, is_open, is_doubtful in self._db.execute(
                schema.PARTS_OF_BATCH, (batch,)
            )
        ]

    def rows(self) -> dict[State, int]:
        """Count the rows in each state; rows that are not in the file are in none."""
        return {State(state): rows for state, rows in self._db.execute(schema.ROWS_BY_STATE)}

    def close(self) -> None:
        """Close the file; what was noted and not committed is lost."""
        with suppress(sqlite3.Error):
            self._db.close()

    def _first_entries(self, parcel: Parcel, state: State) -> list[_Change]:
        parcel.id = self._new_id()
        number, adds, now = parcel.batch.number, parcel.adds, self._clock()
        return [
            (schema.ADD_REQUEST, (parcel.id, number, *parcel.units, adds, state, None, now)),
            *((schema.ADD_SPAN, (*ends, parcel.id)) for ends in parcel.ranges),
        ]

    def _move_spans(self, parcel: Parcel, ranges: tuple[tuple[int, int], ...]) -> None:
        self._settled += [(schema.REMOVE_SPAN, (first,)) for first, _ in parcel.ranges]
        self._settled += [(schema.ADD_SPAN, (*ends, parcel.id)) for ends in ranges]
        parcel.ranges = ranges

    def _number(self, question: str) -> int:
        ((answer,),) = self._db.execute(question)
        return int(answer)

    def _settle(self, statement: str, *values: Any) -> None:
        self._settled.append((statement, values))

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except sqlite3.Error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def _problem(self, error: sqlite3.Error) -> LedgerProblem:
        return LedgerProblem(
            f"The ledger {self._path} cannot be written: {error}. Nothing is sent that it does not "
            "know of. See that there is space on the disk, then resume the run."
        )
