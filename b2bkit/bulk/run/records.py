"""Read a ledger for people: every row with its state, also the rows that it does not hold.

It is read beside a run that goes on, and of a run that died.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from b2bkit.bulk.errors import RunProblem
from b2bkit.bulk.run import schema
from b2bkit.bulk.run.states import IN_FLIGHT, NEVER_SENT, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from b2bkit.bulk.run.states import Word


class Span(NamedTuple):
    """Say what is known of rows that follow each other.

    Args:
        first: The first row.
        last: The last row.
        state: Their state.
        reason: Why; blank where there is nothing to say.
        request: The number of their batch in the plan, from 0; `None` where they are in none yet,
            or never will be.
        time: When that was written down, in epoch seconds; `None` where nothing was.
    """

    first: int
    last: int
    state: Word
    reason: str
    request: int | None
    time: float | None


class Records:
    """Read the ledger at a path.

    Args:
        path: The file.

    Raises:
        RunProblem: If there is no ledger.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise RunProblem(f"There is no run in {path.parent}: it has no ledger.")
        self._path = path

    def facts(self) -> dict[str, Any]:
        """Give the facts about the run; none if it never began.

        Raises:
            RunProblem: If the ledger cannot be read.
        """
        try:
            with closing(self._open()) as disk:
                if not disk.execute(schema.HAS_TABLES).fetchone()[0]:
                    return {}
                return {name: json.loads(value) for name, value in disk.execute(schema.FACTS)}
        except sqlite3.Error as error:
            raise RunProblem(f"The ledger {self._path} cannot be read: {error}.") from error

    def spans(self, rows: int, first: int = 1) -> Iterator[Span]:
        """Give all rows, from `first` to `rows`, as spans."""
        after = first
        with closing(self._open()) as disk:
            for start, last, state, reason, batch, time in disk.execute(schema.SPANS, (first,)):
                if start > after:
                    yield Span(after, start - 1, "not sent", NEVER_SENT, None, None)
                word, request = State(state).word, None if batch < 0 else batch
                yield Span(max(start, after), last, word, reason or _DEFAULT[state], request, time)
                after = last + 1
        if after <= rows:
            yield Span(after, rows, "not sent", NEVER_SENT, None, None)

    def frame(
        self, rows: int, state: Word | None = None, offset: int = 0, limit: int = 10_000
    ) -> pd.DataFrame:
        """Give a slice of the rows, or of those in one state, as a table.

        Columns: `row`, `state`, `reason`, `request`, `time` (UTC).
        """
        import pandas as pd

        found = list(islice(self._rows(rows, state, offset), limit))
        table = pd.DataFrame(found, columns=["row", "state", "reason", "request", "time"])
        table["time"] = pd.to_datetime(table["time"].astype("float64"), unit="s", utc=True)
        return table.astype({"row": "int64", "request": "Int64"})

    def _rows(self, rows: int, state: Word | None, offset: int) -> Iterator[tuple[Any, ...]]:
        """Give single rows, after leaving out `offset` of them span by span."""
        first = offset + 1 if state is None else 1
        skip = 0 if state is None else offset
        for span in self.spans(rows, first):
            if state not in (None, span.state):
                continue
            count = span.last - span.first + 1
            for row in range(span.first + min(skip, count), span.last + 1):
                yield row, span.state, span.reason, span.request, span.time
            skip = max(0, skip - count)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)


_DEFAULT = {
    State.ACCEPTED: "",
    State.SENDING: IN_FLIGHT,
    State.WAITING: NEVER_SENT,
    State.NOT_SENT: NEVER_SENT,
    State.REFUSED: "",
    State.UNKNOWN: "",
}
