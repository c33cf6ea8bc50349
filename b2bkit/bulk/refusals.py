"""The rows of a plan that will not be sent, and why: on disk, few bytes each, no cell in it."""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING, NamedTuple

from b2bkit.bulk.scratch import scratch_file
from b2bkit.bulk.survey import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from b2bkit.bulk.values import Problem

_RECORD = struct.Struct("<qii")
_AT_A_TIME = 4096

MOST_NAMED = 3
"""Further columns that are named beside the first one at fault."""


class RefusedRow(NamedTuple):
    """Say why a row will not be sent.

    Args:
        row: Its number, from 1.
        column: The column at fault; `None` where it is the row as a whole.
        reason: The reason, without the cell.
    """

    row: int
    column: str | None
    reason: str


class Refusals:
    """List rows that will not be sent, each once, by number; noted first, then only read."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._texts: dict[str | None, int] = {None: 0}
        self._count = 0
        self._last = 0
        self._unsorted = False

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RefusedRow]:
        texts = tuple(self._texts)
        for row, column, reason in self._records():
            yield RefusedRow(row, texts[column], texts[reason] or "")

    def __repr__(self) -> str:
        return f"<Refusals of {self._count:,} rows>"

    def note(self, refused: Iterable[RefusedRow]) -> None:
        """Note rows; no row may be noted twice."""
        file = self._file = self._file or scratch_file(self)
        file.seek(0, 2)
        for row, column, reason in refused:
            file.write(_RECORD.pack(row, self._code(column), self._code(reason)))
            self._count += 1
            self._unsorted = self._unsorted or row < self._last
            self._last = row

    def first(self, count: int) -> list[RefusedRow]:
        """Give the first of them."""
        return [row for row, _ in zip(self, range(count), strict=False)]

    def frame(self) -> pd.DataFrame:
        """Give a table with the columns `row`, `column` and `reason`."""
        import pandas as pd

        return pd.DataFrame(iter(self), columns=list(RefusedRow._fields))

    def _code(self, text: str | None) -> int:
        return self._texts.setdefault(text, len(self._texts))

    def _records(self) -> Iterator[tuple[int, int, int]]:
        file = self._file
        if file is None:
            return
        if self._unsorted:
            self._sort(file)
        place = 0
        while True:
            file.seek(place)
            data = file.read(_RECORD.size * _AT_A_TIME)
            if not data:
                return
            place += len(data)
            yield from _RECORD.iter_unpack(data)

    def _sort(self, file: IO[bytes]) -> None:
        """Bring the records into the order of their rows."""
        import numpy as np

        file.seek(0)
        kinds = [("row", "<i8"), ("column", "<i4"), ("reason", "<i4")]
        records = np.frombuffer(file.read(), kinds)
        file.seek(0)
        file.write(records[np.argsort(records["row"], kind="stable")].tobytes())
        self._unsorted = False


class Conflicts:
    """Count, for each column, the cells that are not of its type, and name the first rows."""

    def __init__(self) -> None:
        self.count: dict[str, int] = {}
        self.rows: dict[str, list[tuple[int, str]]] = {}

    def note(self, row: int, column: str, problem: Problem) -> None:
        """Note a problem, if it is a conflict of types."""
        if problem.found:
            self.count[column] = self.count.get(column, 0) + 1
            rows = self.rows.setdefault(column, [])
            if len(rows) < EXAMPLES:
                rows.append((row, problem.found))


def by_row(problems: Iterable[tuple[int, str, Problem]]) -> list[RefusedRow]:
    """Give each row once, with its first problem, and say how many more it has."""
    found: dict[int, list[tuple[str, Problem]]] = {}
    for row, column, problem in problems:
        found.setdefault(row, []).append((column, problem))
    return [_refused(row, found[row]) for row in sorted(found)]


def _refused(row: int, problems: list[tuple[str, Problem]]) -> RefusedRow:
    (column, problem), *others = problems
    if not others:
        return RefusedRow(row, column or None, problem.reason)
    named = ", ".join(name for name, _ in others[:MOST_NAMED])
    more = " ..." if len(others) > MOST_NAMED else ""
    return RefusedRow(row, column, f"{problem.reason.rstrip('.')}; also {named}{more}")
